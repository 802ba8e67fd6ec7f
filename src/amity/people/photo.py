"""A face small enough to keep: 256 px, JPEG, up to 36 KB (what a vCard can carry and a phone accepts)."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256
MOST_BYTES = 36 * 1024
MOST_PIXELS = 16_000_000  # 64 MB while it is open
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# What Pillow's readers raise for data that is not what its first bytes promise.
BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
)


def face(data: bytes) -> bytes | None:
    """Give the picture as a small JPEG; None when it is no picture, or too large to open safely."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is looked at here
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is made smaller while it is read
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), (SIDE, SIDE))
    except BROKEN:
        return None
    sizes = (_jpeg(square, quality) for quality in (85, 70, 50, 30))
    return next((small for small in sizes if len(small) <= MOST_BYTES), None)


def is_face(data: bytes) -> bool:
    """Tell whether this is already as small as a face is kept."""
    return data.startswith(b"\xff\xd8") and len(data) <= MOST_BYTES


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()

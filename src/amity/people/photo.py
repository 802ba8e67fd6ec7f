"""A face small enough to keep: 256 px, JPEG, up to 36 KB (what a vCard can carry and a phone accepts)."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256
MOST_BYTES = 36 * 1024
MOST_PIXELS = 40_000_000


def face(data: bytes) -> bytes | None:
    """Give the picture as a small JPEG; None when it is no picture, or too large to open safely."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.draft("RGB", (SIDE, SIDE))
                square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), (SIDE, SIDE))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
    return next(
        (small for quality in (85, 70, 50, 30) if len(small := _jpeg(square, quality)) <= MOST_BYTES), None
    )


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()

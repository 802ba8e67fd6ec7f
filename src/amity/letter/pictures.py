"""Pictures of a letter, made small and without what the camera wrote into them."""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from amity.letter.models import Picture
from amity.owner.actions import NotPossible
from amity.owner.models import Owner

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
EDGE = 1200


def add(owner: Owner, raw: bytes) -> Picture:
    """Keep a picture as a JPEG of at most 1,200 pixels.

    Raises:
        NotPossible: when it is too large, or no picture.
    """
    if len(raw) > MOST_BYTES:
        raise NotPossible(_("A picture may have up to 8 MB; make this one smaller first."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(raw), formats=["JPEG", "PNG", "WEBP", "GIF"])
            if opened.width * opened.height > MOST_PIXELS:
                raise NotPossible(_("This picture has too many pixels; make it smaller first."))
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NotPossible(_("That is no picture Amity can read; JPEG, PNG, WebP and GIF are.")) from error
    image.thumbnail((EDGE, EDGE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True)
    return Picture.objects.create(owner=owner, image=out.getvalue(), width=image.width, height=image.height)

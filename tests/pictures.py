"""Pictures for tests, drawn on the spot."""

from __future__ import annotations

import io

from PIL import Image


def a_picture(colour: str, *, side: int = 300, form: str = "PNG") -> bytes:
    """Draw a square of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, form)
    return out.getvalue()

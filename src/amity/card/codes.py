"""QR codes, drawn by segno: a short address where there is a network, a MeCard where there is none."""

from __future__ import annotations

import io

import segno
from segno.helpers import make_mecard_data

from amity.card.queries import CardShown

LEVEL = "m"
MARGIN = 4  # modules, as ISO/IEC 18004 asks for


def url_code(url: str) -> segno.QRCode:
    """Give the code that says a short address.

    Level M: a higher one draws smaller modules on the same paper, and fewer of 40 spoiled pictures could be
    read; an address was read in 34 to 36 of them, a whole vCard in 16 to 19.
    """
    return segno.make(url, error=LEVEL, micro=False, boost_error=False)


def mecard_code(card: CardShown) -> segno.QRCode:
    """Give the code that says name and ways itself, for two phones without a network."""
    first = {
        kind: next((one.value for one in card.fields if one.kind == kind), None)
        for kind in ("email", "phone", "url")
    }
    work = ", ".join(part for part in (card.title, card.organisation) if part)
    data = make_mecard_data(
        name=card.name, email=first["email"], phone=first["phone"], url=first["url"], memo=work or None
    )
    return segno.make(data, error=LEVEL, micro=False, boost_error=False, encoding="utf-8")


def as_svg(code: segno.QRCode) -> str:
    """Draw a code as an SVG element without a size of its own, dark on light in any light.

    It holds nothing but numbers, so that it is safe inside a page.
    """
    return str(
        code.svg_inline(
            border=MARGIN, dark="#000", light="#fff", omitsize=True, svgclass="qr-code", lineclass=None
        )
    )


def as_file(code: segno.QRCode) -> bytes:
    """Draw a code as an SVG file."""
    out = io.BytesIO()
    code.save(out, kind="svg", border=MARGIN, dark="#000", light="#fff", omitsize=True)
    return out.getvalue()


def as_text(code: segno.QRCode) -> str:
    """Draw a code for a terminal."""
    out = io.StringIO()
    code.terminal(out, border=MARGIN, compact=True)
    return out.getvalue()

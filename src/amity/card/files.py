"""A card as files: the vCard a phone saves, and a folder to put on any host."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from base64 import b64encode

from amity.card.queries import CardShown
from amity.formats.records import Contact, Remark, Way
from amity.formats.vcard_writer import write_card

_KINDS = {"email", "phone", "url", "handle"}
_THEN = (1980, 1, 1, 0, 0, 0)  # one time for every member, so that equal cards are equal files


def vcard(card: CardShown, photo: bytes | None) -> str:
    """Write a card as a vCard 3.0, which every phone reads; the photo is a JPEG up to 36 KB."""
    ways = tuple(Way(one.kind, one.value, one.label) for one in card.fields if one.kind in _KINDS)  # type: ignore[arg-type]
    contact = Contact(
        where="",
        key=card.uid,
        name=card.name,
        ways=ways,
        organisation=card.organisation,
        title=card.title,
        remarks=(Remark("", card.about),) if card.about else (),
        photo=photo,
    )
    return write_card(contact, "3.0")


def data_uri(jpeg: bytes | None) -> str:
    """Give a picture as an address that holds it, '' for none."""
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}" if jpeg else ""


def file_name(card: CardShown) -> str:
    """Give a file name that every system takes: the name in plain letters, with hyphens."""
    plain = unicodedata.normalize("NFKD", card.name).encode("ascii", "ignore").decode()
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "-".join(words)[:60] or "card"


def static_zip(page: str, vcf: str, code: bytes, name: str) -> bytes:
    """Give a folder with one page, one vCard and one QR code as a ZIP; equal cards give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in (("index.html", page), (f"{name}.vcf", vcf), ("code.svg", code)):
            archive.writestr(zipfile.ZipInfo(f"{name}/{member}", _THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

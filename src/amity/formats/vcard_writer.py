"""A contact as one vCard, 3.0 (RFC 2426) or 4.0 (RFC 6350), that the reader takes back as the same contact.

A day without its year is written ``--12-10`` or ``--1210``: a made-up year, as Apple writes, would come
back as a real one elsewhere.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Literal

from amity.formats.records import Contact, Dated, Remark, Way
from amity.formats.vcard_properties import ALSO, REMEMBERED, becomes_remark, one_line

Version = Literal["3.0", "4.0"]

_LONGEST_LINE = 75  # octets without the line end (RFC 6350, 3.2)
_INSIDE_A_CHARACTER = range(0b1000_0000, 0b1100_0000)  # the octets of UTF-8 that start none
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PROPERTY_NAME = re.compile(r"[A-Z][A-Z0-9-]*")
_LABELLED = re.compile(r"(\w+(?: \w+)*): (\S.*)", re.DOTALL)  # as the reader puts a label before a remark
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TYPES = {
    *("home", "work", "other", "main", "cell", "iphone", "fax", "pager", "video", "car", "school"),
    *("facebook", "flickr", "github", "linkedin", "mastodon", "twitter"),
}
_DATES = {
    "birthday": {"3.0": "BDAY", "4.0": "BDAY"},
    "anniversary": {"3.0": "X-ANNIVERSARY", "4.0": "ANNIVERSARY"},
    "died": {"3.0": "X-DEATHDATE", "4.0": "DEATHDATE"},
}
# What a card may say once (RFC 6350, 6.2.7; RFC 6474); of its days ``_dates`` takes care.
_ONCE = {"GENDER", "BIRTHPLACE", "DEATHPLACE"}
_PICTURES = {b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}

Labelled = tuple[str, str, str]  # property with parameters, written value, label


def write_card(contact: Contact, version: Version) -> str:
    """Write one card: CRLF lines of at most 75 octets, folded between characters.

    Control characters are left out. Remarks become the property they are labelled with, else notes.
    """
    lines = ["BEGIN:VCARD", f"VERSION:{version}", *_who(contact)]
    lines += _with_labels(_details(contact, version))
    if contact.photo:
        lines.append(_picture(contact.photo, version))
    return "".join(map(_folded, [*lines, "END:VCARD"]))


def _who(contact: Contact) -> Iterator[str]:
    if contact.key:
        yield f"UID:{_escaped(contact.key)}"
    name = one_line(contact.name)
    given, _, family = name.rpartition(" ")
    yield f"FN:{_escaped(name)}"
    yield f"N:{_escaped(family)};{_escaped(given)};;;" if given else f"N:;{_escaped(name)};;;"
    if contact.also_named:
        yield f"NICKNAME:{_list(contact.also_named)}"
    if contact.organisation:
        departments = [remark.text for remark in contact.remarks if remark.label == "Department"][:1]
        yield "ORG:" + ";".join(map(_escaped, [contact.organisation, *departments]))
    if contact.title:
        yield f"TITLE:{_escaped(contact.title)}"
    if contact.circles:
        yield f"CATEGORIES:{_list(contact.circles)}"
    if contact.remembered and all(dated.kind != "died" for dated in contact.dates):
        yield f"{REMEMBERED}:true"  # the day says it where it is known


def _details(contact: Contact, version: Version) -> Iterator[Labelled]:
    yield from map(_way, contact.ways)
    yield from _dates(contact.dates, version)
    if contact.met:
        yield "X-ABDATE", contact.met.isoformat(), "met"
    for mention in contact.mentions:
        yield "X-ABRELATEDNAMES", _escaped(mention.name), mention.kind
    beside_organisation, there = bool(contact.organisation), set[str]()
    for remark in contact.remarks:
        if remark.label == "Department" and beside_organisation:
            beside_organisation = False  # the first one stands in ORG
        else:
            yield _remark(remark, version, again=remark.label in there & _ONCE)
            there.add(remark.label)


def _way(way: Way) -> Labelled:
    if way.kind == "url":
        return "URL", _UNWRITABLE.sub("", one_line(way.value)).replace("\\", "\\\\"), way.label
    if way.kind == "address":
        return "ADR", f";;{_escaped(way.value)};;;;", way.label
    if way.kind == "handle":
        name = "IMPP" if _SCHEME.match(way.value) else "X-SOCIALPROFILE"
        return name, _escaped(way.value), way.label
    return {"email": "EMAIL", "phone": "TEL"}[way.kind], _escaped(way.value), way.label


def _dates(dates: Iterable[Dated], version: Version) -> Iterator[Labelled]:
    """Write each day.

    A card has one birthday at most (RFC 6350, 6.2.5): where another is said too, the first is written as
    such, and the other as a day with a label, which comes back as what it was.
    """
    there: set[str] = set()
    for dated in dates:
        yield _date(dated, version, again=dated.kind in there)
        there.add(dated.kind)


def _date(dated: Dated, version: Version, *, again: bool) -> Labelled:
    if again or dated.kind not in _DATES:
        return "X-ABDATE", dated.value, dated.kind
    name = _DATES[dated.kind][version]
    if version == "4.0" and dated.value.count("-") > 1:  # of a day, 4.0 knows the basic form only
        return name, dated.value.replace("-", "").rjust(6, "-"), ""
    return name, dated.value, ""


def _remark(remark: Remark, version: Version, *, again: bool) -> Labelled:
    text = f"{remark.text} ({remark.day.isoformat()})" if remark.day else remark.text
    if remark.label == "RELATED":
        if version == "4.0":
            return "RELATED;VALUE=text", _escaped(text), ""
        labelled = _LABELLED.fullmatch(text)
        label, related = labelled.groups() if labelled else ("", text)
        return "X-ABRELATEDNAMES", _escaped(related), label
    if _PROPERTY_NAME.fullmatch(remark.label) and becomes_remark(remark.label):
        return f"{ALSO if again else ''}{remark.label}", _escaped(text), ""
    return "NOTE", _escaped(f"{remark.label}: {text}" if remark.label else text), ""


def _with_labels(details: Iterable[Labelled]) -> Iterator[str]:
    """Write a label as TYPE where it is one, else as Apple's X-ABLabel in a group of its own."""
    for number, (name, value, label) in enumerate(details, start=1):
        types = label.split(" ")
        if not label:
            yield f"{name}:{value}"
        elif _TYPES.issuperset(types) and len(set(types)) == len(types) and name != "X-ABDATE":
            yield f"{name};TYPE={','.join(types)}:{value}"
        else:
            yield f"item{number}.{name}:{value}"
            yield f"item{number}.X-ABLabel:{_escaped(label)}"


def _picture(photo: bytes, version: Version) -> str:
    kind = _PICTURES.get(photo[:4], "jpeg")
    encoded = b64encode(photo).decode("ascii")
    if version == "4.0":
        return f"PHOTO:data:image/{kind};base64,{encoded}"
    return f"PHOTO;ENCODING=b;TYPE={kind.upper()}:{encoded}"


def _list(values: Iterable[str]) -> str:
    return ",".join(map(_escaped, values))


def _escaped(text: str) -> str:
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> str:
    octets, pieces, start, room = line.encode(), [], 0, _LONGEST_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] in _INSIDE_A_CHARACTER:
            end -= 1
        pieces.append(octets[start:end].decode())
        start, room = end, _LONGEST_LINE - 1
    pieces.append(octets[start:].decode())
    return "\r\n ".join(pieces) + "\r\n"

"""Labelled sets, whatever their columns are called.

A CSV with a column ``identity`` says who each record is; one with a column ``match`` holds two records a
row, told apart by a mark at either end of a column's name (``name_1``, ``name_2``; ``left_email``,
``right_email``).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from amity.duplicates.likeness import Record
from amity.duplicates.likeness.record import Ints
from amity.formats.identities import normal_phone, normal_url

Row = dict[str, list[str]]
CALLED: dict[str, str] = {
    "identity": "identity|cluster|cluster ?id|entity ?id|person ?id|true ?id|label ?id",
    "match": "match|is ?match|matched|label|gold|same|is ?same|is ?duplicate|duplicate",
    "": "(unique |record |rec |row |source |l |r )?id|rec ?id|unique ?id|source( dataset)?|#|index|no",
    "given": "given( names?)?|fore ?names?|first( names?)?|f ?name|christian name",
    "middle": "middle( names?| initial)?|second name|mi",
    "family": "family( names?)?|sur ?names?|last( names?)?|l ?name|s ?name",
    "suffix": "suffix|name suffix|generation",
    "name": "(full|whole|display|person|contact|author|native|latin|original|commit)? ?names?|alias(es)?|fn|"
    "person|contact",
    "email": "(e ?mail)( address(es)?| value)?|mail|e ?mails",
    "phone": "(tele)?phones?( number| no| value)?|tel|mobile( phone| number)?|cell( phone)?|home phone",
    "employer": "company( name)?|employer|organi[sz]ations?( name)?|org|affiliations?|firm|work(place)?",
    "born": "dob|d o b|(date of |day of )?birth( ?day| ?date)?|born|birth ?date|birthday",
    "number": "soc ?sec ?id|ssn|social security( number| no)?|nin|national id|passport( number)?|tax id",
    "house": "(street|house)( ?number| ?no)|number",
    "street": "street( name| address)?|address( line)?( ?1)?|addr(ess)?|postal address|home address|location",
    "town": "town|city|suburb|locality|place|town or city|residence",
    "postcode": "post ?code|zip( ?code)?|postal ?code|pc",
    "region": "state|region|county|province|country",
    "url": "url|web ?site|homepage|web|linked ?in( url)?|profile( url)?|linkedin profile",
    "handle": "handle|user ?name|login|nick ?name|github|twitter|screen name|user|account|mastodon",
    "moment": "moments?|meetings?|shared moments?|events?",
}
_CALLED = {kind: re.compile(pattern) for kind, pattern in CALLED.items()}
_PLAIN = re.compile(r"[^a-z0-9#]+")
_COUNTED = re.compile(r" ?[1-9](?= |$)")
_SIDES = (
    ("1", "2"), ("a", "b"), ("l", "r"), ("left", "right"), ("x", "y"), ("ltable", "rtable"), ("one", "two"),
    ("here", "there"), ("first", "second"), ("source", "target"),
)  # fmt: skip
_DAYS = (
    "%Y-%m-%d",
    "%Y%m%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%d %B %Y",
)


@dataclass(slots=True)
class Labelled:
    """Records, who each of them is (`identity`), or for given `pairs` whether they are one (`match`)."""

    name: str
    rows: list[Row]
    records: list[Record]
    identity: list[str] = field(default_factory=list)
    pairs: Ints | None = None
    match: list[bool] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)


def read(path: Path) -> Labelled:
    """Read a labelled CSV, its columns recognised by their names, or a .mailmap."""
    if path.suffix == ".mailmap" or path.name == ".mailmap":
        return mailmap(path)
    text = path.read_bytes().decode("utf-8-sig", "replace")
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text.partition("\n")[0]))
    header = [_PLAIN.sub(" ", _spaced(one).lower()).strip() for one in next(lines)]
    table = [line for line in lines if any(cell.strip() for cell in line)]
    who = _febrl(header, table)
    if not who and "identity" not in header and any(kind_of(one) == "match" for one in header):
        return _pairs(path.name, header, table)
    columns = {one: kind_of(one) for one in header}
    if not who and "identity" not in header and "identity" not in columns.values():
        raise SystemExit(f"{path}: no column says `identity`, nor `match`.")
    if "identity" in header:
        columns |= {one: "" for one, kind in columns.items() if kind == "identity" and one != "identity"}
    rows = [_row(header, columns, line) for line in table]
    for row, one in zip(rows, who, strict=False):
        row["identity"] = [one]
    return of_rows(path.name, rows, columns)


def _delimiter(line: str) -> str:
    return max(",;\t|", key=line.count)


def _spaced(header: str) -> str:
    """Part words written together: *givenName*."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)


def kind_of(header: str) -> str:
    """Say what a column holds, or '' where it is not known."""
    for one in (header, _COUNTED.sub("", header), header.removeprefix("person ").removeprefix("contact ")):
        for kind, pattern in _CALLED.items():
            if pattern.fullmatch(one):
                return kind
    return ""


def of_rows(name: str, rows: list[Row], columns: dict[str, str] | None = None) -> Labelled:
    """Make a set of rows that say who they are."""
    identity = ["".join(row.pop("identity", [])) for row in rows]
    return Labelled(name, rows, [record(row) for row in rows], identity, columns=columns or {})


def _row(header: list[str], columns: dict[str, str], line: list[str]) -> Row:
    row: Row = {}
    for one, cell in zip(header, line, strict=False):
        if (
            (kind := columns[one])
            and cell.strip()
            and cell.strip().lower() not in {"nan", "none", "null", "n/a"}
        ):
            row.setdefault(kind, []).append(cell.strip())
    return row


def _pairs(name: str, header: list[str], table: list[list[str]]) -> Labelled:
    sides = max((_sided(header, marks) for marks in _SIDES), key=lambda found: len(found[0]) + len(found[1]))
    if not sides[0] or not sides[1]:
        raise SystemExit(f"{name}: its columns do not say which of two records they belong to.")
    label = next(place for place, one in enumerate(header) if kind_of(one) == "match")
    seen: dict[tuple[int, str], int] = {}
    rows: list[Row] = []
    pairs, match = [], []
    for line in table:
        both = []
        for number, side in enumerate(sides):
            row = _row(
                list(side),
                side,
                [line[header.index(one)] if header.index(one) < len(line) else "" for one in side],
            )
            key = (number, repr(row))
            if key not in seen:
                seen[key] = len(rows)
                rows.append(row)
            both.append(seen[key])
        pairs.append(both)
        match.append(line[label].strip().lower() in {"1", "1.0", "true", "yes", "y", "match", "t", "same"})
    columns = {**sides[0], **sides[1]}
    return Labelled(name, rows, [record(row) for row in rows], [], np.array(pairs, np.int64), match, columns)


def _sided(header: list[str], marks: tuple[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Tell which columns are of the one record and which of the other."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for one in header:
        for number, mark in enumerate(marks):
            bare = re.sub(rf"^{mark} | {mark}$|(?<=[a-z]{{3}}){mark if mark.isdigit() else ' '}$", "", one)
            if bare != one:
                found[number][one] = kind_of(bare)
    return found


def record(row: Row) -> Record:
    """Bring a row into the normal form of a record."""
    said = {
        kind: tuple(row[kind])
        for kind in ("employer", "town", "postcode", "region", "handle", "number", "moment")
        if kind in row
    }
    said["email"] = tuple(
        part.lower() for one in row.get("email", ()) for part in re.split(r"[;, ]+| ::: ", one) if part
    )
    said["phone"] = tuple(number for one in row.get("phone", ()) if (number := _phone(one)))
    said["url"] = tuple(normal_url(one) for one in row.get("url", ()))
    said["born"] = tuple(_day(one) for one in row.get("born", ()))
    street = [" ".join([*row.get("house", ()), *row.get("street", ())[:1]])]
    said["street"] = tuple(one for one in street if one)
    given = " ".join([*row.get("given", ()), *row.get("middle", ())])
    family = " ".join([*row.get("family", ()), *row.get("suffix", ())])
    whole = tuple(one for one in row.get("name", ()) if one)
    return Record(whole, given, family, {kind: values for kind, values in said.items() if values})


def _phone(number: str) -> str:
    digits = "".join(sign for sign in number if sign.isdigit())
    return normal_phone(number) or (digits if len(digits) >= 7 else "")


def _day(said: str) -> str:
    for shape in _DAYS:
        try:
            return datetime.strptime(said[:10] if shape == "%Y-%m-%d" else said, shape).strftime("%Y%m%d")  # noqa: DTZ007
        except ValueError:
            continue
    return said


_FEBRL = re.compile(r"rec-(\d+)-(?:org|dup-\d+)")
_ALIAS = re.compile(r"([^<]*)<([^>]*)>")


def mailmap(path: Path) -> Labelled:
    """Read a .mailmap: each line's proper name and address, and the alias of the same person."""
    seen: dict[tuple[str, str], str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        found = [(name.strip(), address.strip()) for name, address in _ALIAS.findall(line.split("#")[0])]
        for name, address in found:
            seen.setdefault((name or found[0][0], address), found[0][1].lower())
    return of_rows(
        path.name,
        [{"identity": [who], "name": [name], "email": [address]} for (name, address), who in seen.items()],
    )


def _febrl(header: list[str], table: list[list[str]]) -> list[str]:
    """Tell who each record of FEBRL's sets is: ``rec-12-dup-0`` is a duplicate of ``rec-12-org``."""
    if "rec id" not in header:
        return []
    said = [_FEBRL.fullmatch(line[header.index("rec id")].strip()) for line in table]
    return [found[1] for found in said if found] if all(said) else []


def known(folder: Path) -> list[Path]:
    """Give the public labelled sets that are at hand."""
    names = ("splink/fake_1000.csv", *(f"febrl/dataset{number}.csv" for number in "123"), "sympy.mailmap")
    return [path for name in names if (path := folder / name).exists()]

"""How fast, and in how much memory, files become records, and 10,000 people of a table a book.

``python -m benchmarks.readers [--rows N] [--people N] [--file FILE] [--json]``

Invented people in tables (Google's 40 columns, Outlook's 30, a German one with 12) and as vCards without
photos, and a LinkedIn export with a quarter as many messages, are read by Amity and by what gives their plain
content: Python's csv.DictReader, which puts no names together and reads no days or addresses, and vobject,
where it is installed. Each in a process of its own; memory is the largest resident set. Then one table is
imported into a new book.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.mbox_import import run

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,"
    "Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Website 1 - Label,"
    "Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value,"
    "Relation 1 - Label,Relation 1 - Value"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
    "Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,"
    "Business Fax,Business Phone,Home Phone,Mobile Phone,Anniversary,Birthday,Categories,Children,"
    "E-mail Address,E-mail Type,Nickname,Notes,Referred By,Spouse,Web Page"
)
GERMAN = "Vorname;Nachname;E-Mail;Mobil;Telefon privat;Firma;Position;Straße;PLZ;Ort;Geburtstag;Notizen"
CELLS = {
    **dict.fromkeys(("First Name", "Vorname"), "Zoë Nr{n}"),
    **dict.fromkeys(("Last Name", "Nachname"), "Müller"),
    **dict.fromkeys(("E-mail 1 - Value", "E-mail Address", "E-Mail"), "zoe{n}@loom.example"),
    **dict.fromkeys(("Phone 1 - Value", "Mobile Phone", "Mobil"), "+44 20 7{n:07}"),
    **dict.fromkeys(("Organization Name", "Company", "Firma"), "Looms {n}"),
    **dict.fromkeys(("Organization Title", "Job Title", "Position"), "Weaver"),
    **dict.fromkeys(("Address 1 - City", "Business City", "Ort"), "Threadham"),
    **dict.fromkeys(("Notes", "Notizen"), "Met at the looms; prefers tea."),
    "Labels": "Weavers ::: * myContacts",
    "Categories": "Friends;Weavers",
    "E-mail 1 - Label": "* Home",
    "Birthday": "12/28/19{two:02}",
    "Geburtstag": "28.12.19{two:02}",
    "Phone 1 - Label": "Mobile",
}
CARD = """BEGIN:VCARD
VERSION:3.0
UID:{n}
N:Müller;Zoë Nr{n};;;
FN:Zoë Nr{n} Müller
ORG:Looms {n};Weaving
TITLE:Weaver
EMAIL;TYPE=HOME:zoe{n}@loom.example
TEL;TYPE=CELL:+44 20 7{n:07}
TEL;TYPE=WORK:+44 20 8{n:07}
ADR;TYPE=WORK:;;1 Mill Lane;Threadham;;AB1 2CD;United Kingdom
BDAY:19{two:02}-12-28
CATEGORIES:Weavers,Friends
NOTE:Met at the looms\\; prefers tea.
END:VCARD
"""
READ = """
import sys
from amity.formats.records import Contact, Message
from amity.formats.registry import recognise
with open(sys.argv[1], "rb") as file:
    print(sum(isinstance(one, (Contact, Message)) for one in recognise(file, sys.argv[1]).read(file)))
"""
TABLE_PEER = """
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    delimiter = ";" if ";" in file.readline() else ","
    file.seek(0)
    print(sum(1 for row in csv.DictReader(file, delimiter=delimiter)))
"""
CARDS_PEER = """
import sys, vobject
with open(sys.argv[1], encoding="utf-8") as file:
    print(sum(1 for card in vobject.readComponents(file)))
"""
EXPORT_PEER = """
import csv, io, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    names = [name for name in archive.namelist() if name.endswith(("Connections.csv", "messages.csv"))]
    opened = (io.TextIOWrapper(archive.open(name), "utf-8", newline="") for name in names)
    print(sum(1 for file in opened for row in csv.DictReader(file)))
"""


def a_table(path: Path, header: str, rows: int) -> Path:
    """Write a table of invented people."""
    delimiter = ";" if ";" in header else ","
    columns = header.split(delimiter)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter=delimiter)
        table.writerow(columns)
        for n in range(rows):
            table.writerow([CELLS.get(column, "").format(n=n, two=n % 100) for column in columns])
    return path


def some_cards(path: Path, cards: int) -> Path:
    """Write vCards of invented people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for n in range(cards):
            file.write(CARD.format(n=n, two=n % 100).replace("\n", "\r\n"))
    return path


def an_export(path: Path, messages: int) -> Path:
    """Write a LinkedIn export with so many messages, a tenth as many connections."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "formats"))
    from linkedin_sample import Connection, linkedin_zip, monthly_talk

    names = [f"Friend Nr{n}" for n in range(messages // 10)]
    people = [Connection(name, date(2023, 6, 5), "Looms", "Weaver") for name in names]
    talks = (monthly_talk(name, last=date(2026, 6, 1), months=5) for name in names)
    return linkedin_zip(path, connections=people, messages=[one for talk in talks for one in talk])


@dataclass(frozen=True)
class Kind:
    """A kind of file: how one of so many rows is written, and the program that reads it plainly."""

    write: Callable[[Path, int], Path]
    ending: str
    peer: str
    called: str


def _table(header: str) -> Kind:
    return Kind(lambda path, rows: a_table(path, header, rows), ".csv", TABLE_PEER, "csv.DictReader")


LEAST = 100  # rows of a file
KINDS = {
    "table of Google": _table(GOOGLE),
    "table of Outlook": _table(OUTLOOK),
    "table in German": _table(GERMAN),
    "vCards": Kind(some_cards, ".vcf", CARDS_PEER if find_spec("vobject") else "", "vobject"),
    "LinkedIn": Kind(lambda path, rows: an_export(path, rows // 4), ".zip", EXPORT_PEER, "csv.DictReader"),
}


def measured(program: str, path: Path) -> dict[str, Any]:
    """Run a program over a file: rows it told of, seconds of the whole process, and its peak memory."""
    peak = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program + peak, str(path)], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - started
    rows, kib = map(int, done.stdout.split())
    speed = round(rows / seconds)
    return {"rows": rows, "seconds": round(seconds, 2), "a_second": speed, "peak_mib": kib // 1024}


def imported(path: Path, folder: Path) -> dict[str, Any]:
    """Import a table into a new book by the command, and once more."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("AMITY_")}
    env |= {"BENCH_PEAK": str(folder / "peak"), "AMITY_HOME": str(folder / "home")}
    amity = [sys.executable, "-m", "amity"]
    subprocess.run([*amity, "people", "--json"], env=env, check=True, capture_output=True)
    first = run([*amity, "import", str(path), "--json"], env)
    people = json.loads(first.pop("out"))["people"]
    again = run([*amity, "import", str(path), "--json"], env)
    again.pop("out")
    return {"people": people["new"], "first": first, "again": again}


def _read(folder: Path, rows: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Read every kind by Amity, so many rows and a hundredth of them, and by its peer."""
    for what, kind in KINDS.items():
        path = kind.write(folder / f"many{kind.ending}", rows)
        few = measured(READ, kind.write(folder / f"few{kind.ending}", max(rows // 100, LEAST)))
        yield what, "Amity", measured(READ, path) | {"few_mib": few["peak_mib"]}
        if kind.peer:
            yield what, kind.called, measured(kind.peer, path)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.file:
            read = [(asked.file.name, "Amity", measured(READ, asked.file))]
        else:
            read = list(_read(folder, asked.rows))
        book = imported(asked.file or a_table(folder / "book.csv", GOOGLE, asked.people), folder)
    if asked.json:
        print(json.dumps({"read": read, "book": book}, indent=1))
        return
    print(
        "| what | reader | rows | seconds | rows a second | peak MiB | of a hundredth |\n"
        + "| --- " * 7
        + "|"
    )
    for what, reader, one in read:
        figures = f"{one['rows']:,} | {one['seconds']} | {one['a_second']:,} | {one['peak_mib']}"
        print(f"| {what} | {reader} | {figures} | {one.get('few_mib', '')} |")
    print(
        f"\n{book['people']:,} people\n\n| what | seconds | processor s | peak MiB |\n" + "| --- " * 4 + "|"
    )
    for what, row in {"amity import": book["first"], "the same file again": book["again"]}.items():
        print(f"| {what} | {row['seconds']} | {row['cpu']} | {row['peak_mib']} |")


if __name__ == "__main__":
    main()

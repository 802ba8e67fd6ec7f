"""How fast, and in how much memory, a table of people becomes records, and 10,000 of them a book.

``python -m benchmarks.csv_reader [--rows N] [--people N] [--file TABLE.csv] [--json]``

Tables of invented people (Google's 40 columns, Outlook's 30, a German one with 12) are read by Amity and by
Python's csv.DictReader, which gives cells and nothing else: no names put together, no days, no addresses.
Each in a process of its own; memory is the largest resident set. Then one is imported into a new book.
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
READ = """
import sys
from amity.formats.records import Contact
from amity.formats.registry import recognise
with open(sys.argv[1], "rb") as file:
    print(sum(isinstance(one, Contact) for one in recognise(file, "a.csv").read(file)))
"""
PEER = """
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    delimiter = ";" if ";" in file.readline() else ","
    file.seek(0)
    print(sum(1 for row in csv.DictReader(file, delimiter=delimiter)))
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
        kinds = {"Google": GOOGLE, "Outlook": OUTLOOK, "any (German)": GERMAN}
        tables = {what: a_table(folder / f"{what}.csv", header, asked.rows) for what, header in kinds.items()}
        tables = {asked.file.name: asked.file} if asked.file else tables
        read = {what: (measured(READ, path), measured(PEER, path)) for what, path in tables.items()}
        few = {
            what: measured(READ, a_table(folder / "few.csv", header, 1000)) for what, header in kinds.items()
        }
        book = imported(asked.file or a_table(folder / "book.csv", GOOGLE, asked.people), folder)
    if asked.json:
        print(json.dumps({"read": read, "few": few, "book": book}, indent=1))
        return
    print("| table | reader | rows | seconds | rows a second | peak MiB |\n" + "| --- " * 6 + "|")
    for what, rows in read.items():
        for reader, one in zip(("amity", "csv.DictReader"), rows, strict=True):
            figures = f"{one['rows']:,} | {one['seconds']} | {one['a_second']:,} | {one['peak_mib']}"
            print(f"| {what} | {reader} | {figures} |")
    peaks = ", ".join(f"{what} {one['peak_mib']} MiB" for what, one in few.items())
    print(f"\nPeak for 1,000 rows: {peaks}.\n")
    print(
        f"{book['people']:,} people\n\n| what | seconds | processor s | peak MiB |\n| --- | --- | --- | --- |"
    )
    for what, row in {"amity import": book["first"], "the same file again": book["again"]}.items():
        print(f"| {what} | {row['seconds']} | {row['cpu']} | {row['peak_mib']} |")


if __name__ == "__main__":
    main()

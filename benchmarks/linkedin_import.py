"""A LinkedIn export of 2,000 connections and 20,000 messages into a new book, beside the plainest loader.

``python -m benchmarks.linkedin_import [--file EXPORT.zip] [--json]``

Without a file an invented export of that size is built. The peer reads the same two CSV files with Python's
csv module and inserts their cells into two SQLite tables: no persons, no matching, no undo. Whole processes;
memory is the largest resident set.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from benchmarks.mbox_import import run

LOADER = """
import csv, io, sqlite3, sys, zipfile
book = sqlite3.connect(sys.argv[2])
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in ("Connections.csv", "messages.csv"):
        member = next(one for one in archive.namelist() if one.endswith(name))
        rows = csv.reader(io.TextIOWrapper(archive.open(member), "utf-8"))
        rows = [row for row in rows if len(row) > 4]
        width = len(rows[0])
        table = name[:-4]
        book.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(width))})")
        marks = ", ".join("?" * width)
        book.executemany(f"INSERT INTO {table} VALUES ({marks})", [row for row in rows if len(row) == width])
book.commit()
"""


def an_export(path: Path) -> Path:
    """Build an invented export of the size the claim is about."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "formats"))
    from linkedin_sample import Connection, linkedin_zip, monthly_talk

    today = date(2026, 6, 1)
    people = [f"Friend Nr{number}" for number in range(2000)]
    connections = [
        Connection(name, date(2023, 6, 5), f"House {number % 90}", "Weaver")
        for number, name in enumerate(people)
    ]
    talk = [
        written
        for number, name in enumerate(people[:500])
        for written in monthly_talk(name, last=today - timedelta(days=number % 90), months=20)
    ]
    return linkedin_zip(path, connections=connections, messages=talk)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {k: v for k, v in os.environ.items() if not k.startswith("AMITY_")}
        env |= {"BENCH_PEAK": str(folder / "peak"), "AMITY_HOME": str(folder / "home")}
        file = asked.file or an_export(folder / "export.zip")
        amity = [sys.executable, "-m", "amity"]
        subprocess.run([*amity, "people", "--json"], env=env, check=True, capture_output=True)
        ours = run([*amity, "import", str(file), "--json"], env)
        answer = json.loads(ours.pop("out"))
        again = run([*amity, "import", str(file), "--json"], env)
        again.pop("out")
        plain = run([sys.executable, "-c", LOADER, str(file), str(folder / "plain.sqlite3")], env)
        plain.pop("out")
    rows = {"amity import": ours, "amity import, the same file again": again, "csv into SQLite": plain}
    counts = {"people": answer["people"]["new"], "moments": answer["moments"]["new"]}
    if asked.json:
        print(json.dumps({"counts": counts, "rows": rows}, indent=1))
        return
    print(f"{counts['people']:,} people, {counts['moments']:,} moments\n")
    print("| what | seconds | processor s | peak MiB |\n| --- | --- | --- | --- |")
    for what, row in rows.items():
        print(f"| {what} | {row['seconds']} | {row['cpu']} | {row['peak_mib']} |")


if __name__ == "__main__":
    main()

"""Big files end to end into a new book: seconds, records a second and peak memory, small beside large.

``python -m benchmarks.big_inputs [--size 1.0] [--only KIND] [--json]``

At size 1: an mbox of 60 MB, 4,000 vCards with a photo each, a Monica export of 40 MB, a chat of 40,000
messages; at size 33 a mailbox of 2 GB, 130,000 vCards and 1,300,000 moments. All invented. A tenth of each
is imported first into a book of its own: memory that stays the same is flat. The peers read the same file
and save nothing: mailbox.mbox, a plain loop over lines, json.load. The mailbox is imported once more into a
third book, killed half-way, and begun again.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.mbox_import import OWNER

AMITY = [sys.executable, "-m", "amity"]
_PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(done.stdout + done.stderr[-500:] if done.returncode else print(done.stdout))
"""
_MAILBOX = "import mailbox, sys; print(sum(1 for m in mailbox.mbox(sys.argv[1]) if m['from']))"
_LINES = "import sys; print(sum(1 for line in open(sys.argv[1], 'rb') if line.strip()))"
_JSON = "import json, sys; print(len(json.load(open(sys.argv[1], encoding='utf-8'))))"
DAY = datetime(2015, 1, 1)  # noqa: DTZ001  (a chat's own clock)


def a_photo(draw: Random) -> str:
    """Make bytes that look like a photo of 20 kB and are none that opens, in base 64."""
    return base64.b64encode(b"\xff\xd8\xff\xe0" + draw.randbytes(20_000)).decode()


def a_mailbox(path: Path, size: float) -> None:
    """Write a mailbox of 60 MB times the size, from 4,000 people; each mail carries 6 kB of words."""
    words = "Looms and shuttles and threads, and supper at the mill.\n" * 110
    draw, start = Random(7), datetime(2015, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="ascii") as out:
        for number in range(round(9_600 * size)):
            friend = int(4_000 * draw.random() ** 2)
            ends = [f"Friend Nr{friend} <friend{friend}@example.net>", f"Maya Lind <{OWNER}>"]
            sender, to = ends if number % 5 else reversed(ends)
            out.write(
                f"From - Thu Jan  1 00:00:00 2026\nFrom: {sender}\nTo: {to}\nSubject: Loom {number}\n"
                f"Date: {format_datetime(start + timedelta(minutes=20 * number))}\n"
                f"Message-ID: <{number}@example.net>\n\n{words}\n"
            )


def some_cards(path: Path, size: float) -> None:
    """Write vCards with a photo each."""
    draw = Random(7)
    with path.open("w", encoding="utf-8", newline="") as out:
        for number in range(round(4_000 * size)):
            out.write(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{number}\r\nFN:Zoë Nr{number}\r\n"
                f"EMAIL:zoe{number}@loom.example\r\nPHOTO;ENCODING=b;TYPE=JPEG:{a_photo(draw)}\r\nEND:VCARD\r\n"
            )


def a_monica_export(path: Path, size: float) -> None:
    """Write a Monica export whose every other contact has a photo, a note and a walk."""
    draw, count = Random(7), round(2_800 * size)
    with path.open("w", encoding="utf-8") as out:
        out.write('{"app_version":"4.1.2","exported_by":"m@lind.example","account":{"data":[')
        for kind, make in {"contact": _contact, "activity": _walk, "photo": _picture}.items():
            separator = "" if kind == "contact" else ","
            out.write(f'{separator}{{"count":{count},"type":"{kind}","values":[')
            step = 2 if kind == "photo" else 1
            for number in range(0, count, step):
                out.write(("," if number else "") + json.dumps(make(number, draw)))
            out.write("]}")
        out.write("]}}")


def _contact(number: int, _draw: Random) -> dict[str, Any]:
    at = "2021-06-01T12:00:00Z"
    note = {"uuid": f"n-{number}", "created_at": at, "properties": {"body": f"Loom {number}"}}
    held = {"note": [note], "activity": [f"a-{number}"], "photo": [f"p-{number}"]}
    said = {"first_name": "Zoë", "last_name": f"Nr{number}"}
    blocks = [{"type": kind, "values": values} for kind, values in held.items()]
    return {"uuid": f"c-{number}", "properties": said, "data": blocks}


def _walk(number: int, _draw: Random) -> dict[str, Any]:
    said = {"summary": "A walk", "happened_at": "2021-10-10T00:00:00Z"}
    return {"uuid": f"a-{number}", "properties": said}


def _picture(number: int, draw: Random) -> dict[str, Any]:
    return {"uuid": f"p-{number}", "properties": {"dataUrl": f"data:image/jpeg;base64,{a_photo(draw)}"}}


def a_chat(path: Path, size: float) -> None:
    """Write a chat of 40,000 messages times the size."""
    with path.open("w", encoding="utf-8") as out:
        for number in range(round(40_000 * size)):
            at = DAY + timedelta(minutes=4 * number)
            out.write(f"{at:%d/%m/%Y, %H:%M} - {'Ilse' if number % 3 else 'Maya Lind'}: Loom {number}\n")


@dataclass(frozen=True)
class Kind:
    """One kind of file: how it is written, what its name is, and the peer that reads it."""

    write: Callable[[Path, float], None]
    name: str
    peer: str
    called: str


KINDS = {
    "mbox": Kind(a_mailbox, "all.mbox", _MAILBOX, "mailbox.mbox"),
    "vcards": Kind(some_cards, "cards.vcf", _LINES, "a loop over lines"),
    "monica": Kind(a_monica_export, "monica.json", _JSON, "json.load"),
    "chat": Kind(a_chat, "chat.txt", _LINES, "a loop over lines"),
}


def measured(command: list[str], env: dict[str, str]) -> dict[str, Any]:
    """Run a command; give seconds, its peak memory in MiB, and what it said."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *command], env=env, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{command[-1]} failed: {done.stderr[-800:]}")
    peak, _, said = done.stdout.partition("\n")
    return {"seconds": round(seconds, 1), "peak_mib": int(peak), "said": said}


def a_book(home: Path) -> dict[str, str]:
    """Make a book whose owner is known."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("AMITY_")} | {"AMITY_HOME": str(home)}
    measured([*AMITY, "me", "--name", "Maya Lind", "--address", OWNER, "--json"], env)
    return env


def imported(path: Path, env: dict[str, str]) -> dict[str, Any]:
    """Import a file; give what it took and what came of it."""
    row = measured([*AMITY, "import", str(path), "--json"], env)
    said = json.loads(row.pop("said"))
    records = sum(file["records"] for file in said["files"])
    came = {"people": said["people"]["new"], "moments": said["moments"]["new"]}
    return row | came | {"records": records, "a_second": round(records / row["seconds"])}


def killed_and_begun_again(path: Path, folder: Path, whole: dict[str, Any]) -> dict[str, Any]:
    """Kill an import half-way, begin it again, and give what the book holds then."""
    env = a_book(folder / "killed")
    child = subprocess.Popen([*AMITY, "import", str(path), "--json"], env=env, stdout=subprocess.DEVNULL)
    time.sleep(whole["seconds"] * 0.7)
    child.send_signal(signal.SIGKILL)
    child.wait()
    again = imported(path, env)
    repeat = measured([*AMITY, "import", str(path), "--json"], env)
    return again | {"same": json.loads(repeat["said"])["moments"]["same"]}


def one_kind(kind: Kind, size: float, folder: Path) -> dict[str, Any]:
    """Measure one kind: a tenth, the whole, the peer."""
    rows = {}
    for what, share in {"a tenth": 0.1, "the whole": 1.0}.items():
        path = folder / kind.name
        kind.write(path, size * share)
        rows[what] = {"mb": path.stat().st_size >> 20} | imported(
            path, a_book(folder / f"{kind.name} {share}")
        )
    peer = measured([sys.executable, "-c", kind.peer, str(path)], dict(os.environ))
    rows[kind.called] = {"mb": path.stat().st_size >> 20, **peer, "records": int(peer.pop("said"))}
    if kind.name == "all.mbox":
        rows["killed, begun again"] = killed_and_begun_again(path, folder, rows["the whole"])
    path.unlink()
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told = {}
    for name, kind in KINDS.items():
        if asked.only in {None, name}:
            with tempfile.TemporaryDirectory() as folder:
                told[name] = one_kind(kind, asked.size, Path(folder))
    if asked.json:
        print(json.dumps(told, indent=1))
        return
    columns = ("mb", "records", "people", "moments", "seconds", "a_second", "peak_mib", "same")
    print(f"| file | what | {' | '.join(columns)} |\n{'| --- ' * (len(columns) + 2)}|")
    for name, rows in told.items():
        for what, row in rows.items():
            print(f"| {name} | {what} | {' | '.join(str(row.get(one, '')) for one in columns)} |")


if __name__ == "__main__":
    main()

"""Damaged files for every format of the registry: nothing may crash, hang, fill the memory or vanish unsaid.

``python scripts/fuzz.py [COUNT] [--only FORMAT]``

The seeds are the golden samples of tests/formats, so a new format takes part as soon as it has some. Input
number 17 of a format is the same on every machine; what fails is told by format and number, and
``--only FORMAT --number 17`` reads that one again. A ZIP is damaged in its members and as a whole.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from amity.formats.records import Record, Refused, Skipped
from amity.formats.registry import FORMATS, Format

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "formats"
TODAY = date(2026, 5, 10)
SECONDS, MEBIBYTES = 1.0, 512  # for one input; the memory is what a process may have beyond its start
_HUGE = 50_000
_TOKENS = (
    *(
        b'"',
        b'""',
        b"'",
        b",",
        b";",
        b"\t",
        b"|",
        b"\0",
        b"\r",
        b"\n\n",
        b"=",
        b":",
        b"\\",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(
        b"-1",
        b"0",
        b"99999999999999999999",
        b"2026-02-30",
        b"00000101T000000Z",
        b"=?utf-8?q?=?=",
        b"=?x?b?////?=",
    ),
    *(
        b"BEGIN:VCARD\r\n",
        b"END:VCARD\r\n",
        b"BEGIN:VEVENT\r\n",
        b"END:VEVENT\r\n",
        b"RRULE:FREQ=SECONDLY\r\n",
    ),
    *(b"From x\n", b"Content-Type: multipart/mixed; boundary=x\n", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xae"),
)
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "utf-7", "cp037")

# In three inputs of ten one byte is wrong, which may make so many records vanish unsaid: two that became one,
# and what hung on them.
_ONE_BYTE, _MOST_LOST = 0.3, 3
# A document of JSON is one sentence: behind a lost bracket nothing can be found again, which is reported as
# one place.
_WHOLE = {"monica"}

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def _flip(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    damaged = bytearray(data or b" ")
    for _ in range(chance.randrange(1, 9)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut_off(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _cut_out(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _lines(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    """Leave out, repeat or exchange lines."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    for _ in range(chance.randrange(1, 4)):
        one, two = (chance.randrange(len(lines)) for _ in range(2))
        deed = chance.randrange(3)
        if deed == 0 and len(lines) > 1:
            del lines[one]
        elif deed == 1:
            lines[one:one] = [lines[min(two, len(lines) - 1)]] * chance.choice((1, 2, 50))
        else:
            two = min(two, len(lines) - 1)
            one = min(one, len(lines) - 1)
            lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _put_in(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_TOKENS) + data[at:]
    return data


def _huge(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    """Make one place of it very long."""
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.choice((1, 3, 40))] or b"x"
    return data[:at] + piece * (chance.randrange(1, _HUGE) // len(piece)) + data[at:]


def _recode(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "replace")


def _splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut_off, _cut_out, _lines, _put_in, _huge, _recode, _splice)


@dataclass(frozen=True)
class Seed:
    """One sample: its bytes, or the members of a ZIP."""

    data: bytes = b""
    members: tuple[tuple[str, bytes], ...] = ()

    def whole(self) -> bytes:
        """The file itself."""
        return _packed(self.members) if self.members else self.data


def _packed(members: tuple[tuple[str, bytes], ...]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def seeds_of(form: Format) -> list[Seed]:
    """Give the golden samples of a format; a folder of files is a ZIP, one of a Maildir's mails each mail."""
    found: list[Seed] = []
    for sample in sorted((SAMPLES / form.name).iterdir()):
        if sample.suffix == ".json" and (sample.with_suffix("") != sample):
            continue
        files = sorted(one for one in sample.rglob("*") if one.is_file()) if sample.is_dir() else [sample]
        if sample.is_dir() and not form.folder:
            found.append(
                Seed(members=tuple((one.relative_to(sample).as_posix(), one.read_bytes()) for one in files))
            )
        elif zipfile.is_zipfile(sample):
            with zipfile.ZipFile(sample) as archive:
                found.append(Seed(members=tuple((name, archive.read(name)) for name in archive.namelist())))
        else:
            found += [Seed(one.read_bytes()) for one in files]
    return found


def damaged(form: Format, seeds: list[Seed], number: int) -> bytes:
    """Make one input: a sample with one to three mutations."""
    chance = random.Random(f"{form.name} {number}")
    seed, other = chance.choice(seeds), chance.choice(seeds)
    times = chance.choice((1, 1, 2, 3))
    if not seed.members or chance.random() < 0.2:  # noqa: PLR2004  (a ZIP is seldom damaged as a whole)
        data = seed.whole()
        for _ in range(times):
            data = chance.choice(MUTATIONS)(chance, data, other.whole())
        return data
    members = list(seed.members)
    others = other.members or (("a", other.data),)
    for _ in range(times):
        place = chance.randrange(len(members))
        name, data = members[place]
        members[place] = (name, chance.choice(MUTATIONS)(chance, data, chance.choice(others)[1]))
    return _packed(tuple(members))


class TooSlow(Exception):
    """A reader took more of the processor's time than one input may."""


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Let a block use so much of the processor, whatever else this machine does."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def one_byte_wrong(form: Format, seeds: list[Seed], number: int) -> tuple[int, bytes] | None:
    """Change one byte of a sample in three inputs of ten; give the sample's place too."""
    chance = random.Random(f"{form.name} {number} byte")
    place = chance.randrange(len(seeds))
    if seeds[place].members or not seeds[place].data or chance.random() > _ONE_BYTE:
        return None
    data = bytearray(seeds[place].data)
    data[chance.randrange(len(data))] = chance.randrange(256)
    return place, bytes(data)


@dataclass
class Count:
    """What became of a format's inputs."""

    name: str
    inputs: int = 0
    refused: int = 0
    records: int = 0
    skipped: int = 0
    slowest: float = 0.0
    peak: int = 0
    wrong: list[str] = field(default_factory=list)


def outcome(form: Format, data: bytes, folder: Path) -> list[Record]:
    """Read one input to its end, as an import would; raises Refused as a reader does."""
    if form.folder:
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(exist_ok=True)
        (folder / "cur" / "1.loom:2,S").write_bytes(data)
        return list(form.read(folder))
    return list(form.read(io.BytesIO(data), **({"today": TODAY} if form.dated else {})))


def try_one(form: Format, seeds: list[Seed], number: int, folder: Path, count: Count) -> None:
    """Read one input, and note what became of it."""
    wrong_byte = one_byte_wrong(form, seeds, number)
    data = wrong_byte[1] if wrong_byte else damaged(form, seeds, number)
    started = time.process_time()
    count.inputs += 1
    try:
        with in_time(SECONDS):
            found = outcome(form, data, folder)
    except Refused:
        count.refused += 1
    except (Exception, TooSlow) as wrong:  # noqa: BLE001  (whatever it is, it is what this looks for)
        count.wrong.append(f"{form.name} {number}: {type(wrong).__name__} {str(wrong)[:120]}")
    else:
        count.skipped += sum(isinstance(one, Skipped) for one in found)
        count.records += sum(not isinstance(one, Skipped) for one in found)
        if not found and says_something(form, data):
            count.wrong.append(f"{form.name} {number}: nothing arrives and nothing is reported")
        if (
            wrong_byte
            and form.name not in _WHOLE
            and places(found) + _MOST_LOST < whole(form, seeds[wrong_byte[0]], folder)
        ):
            count.wrong.append(f"{form.name} {number}: one wrong byte makes records vanish")
    count.slowest = max(count.slowest, time.process_time() - started)


def says_something(form: Format, data: bytes) -> bool:
    """Tell whether a file holds more than blanks, marks, and what may stand there without a record."""
    if form.folder or form.name == "linkedin":
        return False  # a folder's foreign files are passed over, and a sheet may be empty
    if form.name == "ics":
        unfolded = data.replace(b"\r", b"").replace(b"\n ", b"").replace(b"\n\t", b"")
        in_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # of which these bytes spell nothing
        return not in_utf_16 and b"\nBEGIN:VEVENT\n" in unfolded
    return bool(data.replace(b"\0", b"").strip(b" \t\r\n\v\f\xef\xbb\xbf\xff\xfe"))


def places(found: list[Record]) -> int:
    """Count the places of a file of which something is told."""
    return len({one.where for one in found})


@lru_cache(maxsize=1000)
def whole(form: Format, seed: Seed, folder: Path) -> int:
    """Count the places of a sample that nobody damaged."""
    try:
        return places(outcome(form, seed.data, folder))
    except Refused:
        return 0


def try_all(form: Format, numbers: range) -> Count:
    """Read so many inputs of one format."""
    count, seeds = Count(form.name), seeds_of(form)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as name:
        for number in numbers:
            try_one(form, seeds, number, Path(name), count)
    count.peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    return count


def _bounded() -> None:
    """Give a process of its own a limit that a reader without bounds would meet."""
    size = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limit = size + MEBIBYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def main() -> int:
    """Read them all; print a line for each format, and 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--only", choices=[form.name for form in FORMATS])
    parser.add_argument("--number", type=int)
    asked = parser.parse_args()
    forms = [form for form in FORMATS if asked.only in {None, form.name}]
    numbers = range(asked.count) if asked.number is None else range(asked.number, asked.number + 1)
    with ProcessPoolExecutor(max_workers=2, max_tasks_per_child=1, initializer=_bounded) as pool:
        counts = list(pool.map(partial(_try_named, numbers), [form.name for form in forms]))
    print(
        f"{len(numbers):,} damaged inputs for each format, at most {SECONDS:g} s and {MEBIBYTES} MiB each\n"
    )
    print("| format | refused | records | reported | slowest s | more MiB | wrong |\n" + "| --- " * 7 + "|")
    for one in counts:
        told = (one.refused, one.records, one.skipped)
        figures = " | ".join(f"{number:,}" for number in told)
        print(f"| {one.name} | {figures} | {one.slowest:.2f} | {one.peak} | {len(one.wrong)} |")
    wrong = [line for one in counts for line in one.wrong]
    print("\n".join(["", *wrong[:200]]) if wrong else "")
    return 1 if wrong else 0


def _try_named(numbers: range, name: str) -> Count:
    return try_all(next(form for form in FORMATS if form.name == name), numbers)


if __name__ == "__main__":
    sys.exit(main())

"""A mailbox end to end into moments, beside two mail indexers on the same messages.

``python -m benchmarks.mbox_import [--messages 100000] [--from FOLDER] [--json]``

The messages are those of a folder (one a file; invented ones without it), each used as often as needed with
sender, recipient, date and Message-ID of its own: 4,000 correspondents over four years, nine in ten written
from person to person, the rest left as the list mail they are. Amity reads one mbox; ``notmuch new`` and
``mu index`` index the same messages as a Maildir. Whole processes, one after the other; memory is the
largest resident set of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from benchmarks.mail_reader import found, invented

OWNER = "maya.lind@example.org"
CORRESPONDENTS = 4000
LISTS = re.compile(
    rb"(?im)^(list-[a-z]+|precedence|mailing-list|x-mailman[^:]*|errors-to|x-loop|sender|return-path|"
    rb"delivered-to|auto-submitted|x-beenthere):[^\n]*\n(?:[ \t][^\n]*\n)*"
)
OURS = re.compile(
    rb"(?im)^(from|to|cc|date|message-id|reply-to|received|in-reply-to|references):[^\n]*\n(?:[ \t][^\n]*\n)*"
)


def messages(count: int, folder: Path | None) -> Iterator[bytes]:
    """Give so many messages, each unlike the others."""
    draw = random.Random(11)
    source = found(folder, count) if folder else invented(count)
    for number, raw in enumerate(source):
        yield varied(raw.replace(b"\r\n", b"\n"), number, draw)


def varied(raw: bytes, number: int, draw: random.Random) -> bytes:
    """Give a message its own correspondents, day and Message-ID; nine in ten lose the marks of lists."""
    raw = raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw
    header, _, body = raw.partition(b"\n\n")
    header = OURS.sub(b"", header + b"\n")
    if number % 10:
        header = LISTS.sub(b"", header)
    friend = f"Friend Nr{int(CORRESPONDENTS * draw.random() ** 2)} <friend%d@example.net>"
    them = friend % int(re.search(r"Nr(\d+)", friend)[1])  # type: ignore[index]
    sender, to = (f"Maya Lind <{OWNER}>", them) if draw.random() < 0.4 else (them, f"Maya Lind <{OWNER}>")
    when = datetime(2022, 11, 1, tzinfo=UTC) + timedelta(minutes=number * 2_100_000 // 100_000)
    key = f"<{number}.{draw.getrandbits(40)}@example.net>"
    own = f"From: {sender}\nTo: {to}\nDate: {format_datetime(when)}\nMessage-ID: {key}\n"
    return own.encode() + header.rstrip(b"\n") + b"\n\n" + body


def write(folder: Path, count: int, source: Path | None) -> tuple[Path, Path]:
    """Write the same messages as one mbox and as a Maildir."""
    mbox, maildir = folder / "all.mbox", folder / "Maildir"
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    with mbox.open("wb") as out:
        for number, mail in enumerate(messages(count, source)):
            out.write(
                b"From - Thu Jan  1 00:00:00 2026\n" + re.sub(rb"(?m)^From ", b">From ", mail) + b"\n\n"
            )
            (maildir / "cur" / f"{number}.bench:2,S").write_bytes(mail)
    return mbox, maildir


def run(command: list[str], env: dict[str, str]) -> dict[str, Any]:
    """Run one command to its end; give wall and processor seconds and its own peak memory in MiB."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    timed = ["/usr/bin/env", "time", "-f", "%M", "-o", env["BENCH_PEAK"], *command]
    if not shutil.which("time"):
        timed = command
    done = subprocess.run(timed, env=env, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr[-800:]}")
    peak = Path(env["BENCH_PEAK"])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": round(wall, 2),
        "cpu": round(cpu, 2),
        "peak_mib": int(peak.read_text().split()[-1]) // 1024 if peak.exists() else None,
        "out": done.stdout,
    }


def ours(folder: Path, mbox: Path, env: dict[str, str]) -> dict[str, Any]:
    """Import the mbox into a new book."""
    amity = [sys.executable, "-m", "amity"]
    env = env | {"AMITY_HOME": str(folder / "home")}
    run([*amity, "me", "--address", OWNER, "--json"], env)
    row = run([*amity, "import", str(mbox), "--json"], env)
    answer = json.loads(row.pop("out"))
    return row | {
        "people": answer["people"]["new"],
        "moments": answer["moments"]["new"],
        "robots": answer["robots"],
    }


def notmuch(folder: Path, maildir: Path, env: dict[str, str]) -> dict[str, Any]:
    """Index the Maildir with notmuch."""
    config = folder / "notmuch"
    config.write_text(
        f"[database]\npath={maildir}\n[user]\nname=Maya\nprimary_email={OWNER}\n[new]\ntags=new\n"
    )
    row = run(["notmuch", "new", "--quiet"], env | {"NOTMUCH_CONFIG": str(config)})
    row.pop("out")
    return row


def mu(folder: Path, maildir: Path, env: dict[str, str]) -> dict[str, Any]:
    """Index the Maildir with mu."""
    home = f"--muhome={folder / 'mu'}"
    run(["mu", "init", home, f"--maildir={maildir}", f"--my-address={OWNER}"], env)
    row = run(["mu", "index", home, "--quiet"], env)
    row.pop("out")
    return row


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--from", dest="folder", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {k: v for k, v in os.environ.items() if not k.startswith("AMITY_")} | {
            "BENCH_PEAK": str(folder / "peak")
        }
        mbox, maildir = write(folder, asked.messages, asked.folder)
        rows = {"amity import": ours(folder, mbox, env)}
        rows |= {
            peer: work(folder, maildir, env)
            for peer, work in (("notmuch new", notmuch), ("mu index", mu))
            if shutil.which(peer.split()[0])
        }
        size = mbox.stat().st_size // 1024**2
    if asked.json:
        print(json.dumps({"messages": asked.messages, "mib": size, "rows": rows}, indent=1))
        return
    print(f"{asked.messages:,} messages, {size:,} MiB\n")
    print("| what | seconds | processor s | peak MiB | Amity is faster by |\n| --- | --- | --- | --- | --- |")
    for what, row in rows.items():
        ratio = row["seconds"] / rows["amity import"]["seconds"]
        print(f"| {what} | {row['seconds']} | {row['cpu']} | {row['peak_mib']} | {ratio:.2f} |")
    print("\n", {k: v for k, v in rows["amity import"].items() if k in {"people", "moments", "robots"}})


if __name__ == "__main__":
    main()

"""Twenty readers of one book, each with a click every two seconds, while a mailbox is brought in.

``python -m benchmarks.twenty_readers [--seconds 60] [--messages 250000] [--json]``

The book has 10,000 people and 200,000 moments, on SQLite. Each reader goes round Today, People, a search and
a person over loopback HTTP, at moments of their own. The peer is the same house with the same readers and
nothing brought in. The claims: no error, and 95 % of the pages within half a second.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from benchmarks.mbox_import import CORRESPONDENTS, OWNER
from benchmarks.pages_meanwhile import a_book, a_server, bring, figures

READERS = 20
SECONDS_A_CLICK = 2.0


class Reader(threading.Thread):
    """One reader: clicks until the time is over, and remembers how long each page took and what failed."""

    def __init__(self, port: int, cookie: str, addresses: list[str], seconds: float, seed: int) -> None:
        super().__init__()
        self.port, self.cookie, self.addresses, self.seconds = port, cookie, addresses, seconds
        self.draw = random.Random(seed)
        self.taken: list[float] = []
        self.errors = 0

    def run(self) -> None:
        """Click, wait for the page, rest until the next click is due."""
        time.sleep(self.draw.random() * SECONDS_A_CLICK)
        until = time.monotonic() + self.seconds
        while time.monotonic() < until:
            started = time.perf_counter()
            self.errors += not self._answered(self.draw.choice(self.addresses))
            taken = time.perf_counter() - started
            self.taken.append(taken * 1000)
            time.sleep(max(0.0, SECONDS_A_CLICK - taken))

    def _answered(self, address: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", address, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            answer.read()
        except OSError:
            return False
        finally:
            connection.close()
        return answer.status == http.client.OK


def read(port: int, cookie: str, addresses: list[str], seconds: float) -> dict[str, float]:
    """Let twenty read at once; give their page times in milliseconds and how many pages failed."""
    readers = [Reader(port, cookie, addresses, seconds, seed) for seed in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    taken = [one for reader in readers for one in reader.taken]
    return {**figures(taken), "errors": sum(reader.errors for reader in readers)}


def a_mailbox(path: Path, messages: int) -> Path:
    """Write short invented mails, every other one the owner's, a few seconds' work for 250,000."""
    friend, owner = "Friend Nr{0} <friend{0}@example.net>", f"Maya Lind <{OWNER}>"
    began = datetime(2022, 11, 1, tzinfo=UTC)
    with path.open("w", encoding="ascii") as out:
        for number in range(messages):
            them = friend.format(number // 2 % CORRESPONDENTS)
            sender, to = (owner, them) if number % 2 else (them, owner)
            when = format_datetime(began + timedelta(minutes=8 * number))
            out.write(f"From - Thu Jan  1 00:00:00 2026\nFrom: {sender}\nTo: {to}\nDate: {when}\n")
            out.write(f"Message-ID: <{number}@example.net>\nSubject: Looms\n\nA line about looms.\n\n")
    return path


def measure(home: Path, seconds: float, messages: int) -> dict[str, dict[str, float]]:
    """Give the figures of an idle house and of one that brings a mailbox in."""
    cookie, addresses = a_book(people=10_000, moments=200_000)
    addresses.append("/people?q=ada")
    mbox = a_mailbox(home / "all.mbox", messages)
    with a_server() as port:
        read(port, cookie, addresses, 4)
        idle = read(port, cookie, addresses, seconds)
        bringing = bring(mbox)
        meanwhile = read(port, cookie, addresses, seconds)
        over = bringing.poll() is not None
        bringing.terminate()
        said, _ = bringing.communicate(timeout=60)
    if over:
        raise SystemExit(f"The import was over before the readers were; it said: {said.decode()}")
    return {"idle": idle, "meanwhile": meanwhile}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--messages", type=int, default=250_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"AMITY_HOME": name, "DJANGO_SETTINGS_MODULE": "amity.settings"}
        rows = measure(Path(name), asked.seconds, asked.messages)
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print("| twenty readers, ms | pages | errors | median | 95 % |\n| --- | --- | --- | --- | --- |")
    for what, row in rows.items():
        print(f"| {what} | {row['pages']} | {row['errors']} | {row['median']} | {row['p95']} |")


if __name__ == "__main__":
    main()

"""How fast, and in how much memory, a mailbox becomes who wrote to whom and when.

``python -m benchmarks.mail_reader [--messages N] [--from DIR] [--json]``

One mbox of invented mail (or of the messages in DIR, one a file, repeated with their addresses varied)
is read by Amity and by its peers, each in a process of its own: the standard library's ``mailbox`` with
``policy.default`` and with its usual ``compat32``, and fast-mail-parser on whole messages. Each must tell
sender, recipients, date and subject of every message; how many it could is printed beside its speed. The
last row gives fast-mail-parser only the header blocks that Amity cuts out.
"""

from __future__ import annotations

import argparse
import base64
import email
import email.policy
import json
import mailbox
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Any

Told = tuple[int, int]  # messages whose sender and date were told, and correspondents in them
FIELDS = ("from", "to", "cc", "bcc")
FIRST = ("Ada", "Mina", "Tomas", "Léa", "Jörg", "Robin", "Sanne", "Ilse", "Kofi", "Noor", "Pavel", "Yuki")
LAST = ("Byron", "Okafor", "Lind", "Moreau", "Weber", "Vale", "Visser", "Brandt", "Mensah", "Haddad", "Novak")
HOSTS = ("loom.example", "thread.example", "book.example", "yarn.example")
FROM_LINE = re.compile(rb"From .*\n")


def amity(path: Path) -> Told:
    """Read with our own reader; a Robot is a correspondent too."""
    from amity.formats import mbox
    from amity.formats.records import Message, Robot

    messages = correspondents = 0
    with path.open("rb") as file:
        for record in mbox.read(file):
            if isinstance(record, Message):
                messages += 1
                correspondents += 1 + len(record.recipients)
            correspondents += isinstance(record, Robot)
    return messages, correspondents


def stdlib_default(path: Path) -> Told:
    """Read with ``mailbox`` and the modern policy."""

    def parse(file: Any) -> Any:
        return email.message_from_binary_file(file, policy=email.policy.default)

    def tell(mail: Any) -> int:
        if mail["date"].datetime is None or str(mail["subject"]) is None:
            return 0
        return sum(len(mail[name].addresses) for name in FIELDS if mail[name] is not None)

    return _told(mailbox.mbox(path, factory=parse), tell)


def stdlib_compat32(path: Path) -> Told:
    """Read with ``mailbox`` as it comes, decoding the encoded words ourselves."""

    def tell(mail: Any) -> int:
        parsedate_to_datetime(mail["date"])
        names = [name for name, _ in getaddresses([str(mail[field]) for field in FIELDS if mail[field]])]
        decoded = [str(make_header(decode_header(text))) for text in (str(mail["subject"]), *names)]
        return len(decoded) - 1

    return _told(mailbox.mbox(path), tell)


def fast_mail_parser(path: Path) -> Told:
    """Hand each whole message to fast-mail-parser; ``mailbox`` finds where they begin."""
    box = mailbox.mbox(path)
    return _told((box.get_bytes(key) for key in box.iterkeys()), _tell_fast)


def fast_mail_parser_headers(path: Path) -> Told:
    """Hand it only the header blocks that our own splitter finds."""
    from amity.formats import mbox

    with path.open("rb") as file:
        blocks = mbox._blocks(mbox._chunks(file))  # noqa: SLF001  the very blocks our reader reads
        return _told((block.partition(b"\n")[2] + b"\n\n" for block in blocks), _tell_fast)


def _tell_fast(content: bytes) -> int:
    import fast_mail_parser as fast

    mail = fast.parse_email(content)
    if mail.date_parsed is None or mail.subject is None or mail.from_ is None:
        return 0
    return 1 + len(mail.to) + len(mail.cc) + len(mail.bcc)


def _told(mails: Iterable[Any], tell: Callable[[Any], int]) -> Told:
    messages = correspondents = 0
    for mail in mails:
        try:
            found = tell(mail)
        except Exception:  # noqa: BLE001  peers raise all kinds of errors on odd mail: not told
            found = 0
        messages += found > 0
        correspondents += found
    return messages, correspondents


READERS: dict[str, Callable[[Path], Told]] = {
    "amity": amity,
    "mailbox, policy.default": stdlib_default,
    "mailbox, compat32": stdlib_compat32,
    "fast-mail-parser, whole messages": fast_mail_parser,
    "fast-mail-parser, our header blocks": fast_mail_parser_headers,
}


def invented(count: int) -> Iterator[bytes]:
    """Invent mail: people with and without accents, one in five a list, one in ten with an attachment."""
    chance = random.Random(2026)
    people = [
        (f"{first} {last}", f"{first}.{last}@{host}".encode("ascii", "replace").decode().replace("?", "e"))
        for first in FIRST
        for last in LAST
        for host in HOSTS
    ]
    start = datetime(2023, 1, 1, 8, tzinfo=UTC)
    for number in range(count):
        sender, *recipients = chance.sample(people, chance.choice((2, 2, 2, 3, 6)))
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["Received"] = f"from a.example by b.example; {format_datetime(start)}"
        mail["Message-ID"] = f"<{number}.{chance.randrange(10**9)}@{sender[1].partition('@')[2]}>"
        mail["Date"] = format_datetime(start + timedelta(minutes=15 * number))
        mail["From"] = formataddr(sender)
        mail["To"] = ", ".join(map(formataddr, recipients))
        mail["Subject"] = chance.choice(("Looms", "Re: Looms", "Mittagessen im Café?", "The talk on Friday"))
        if chance.random() < 0.2:
            mail["List-Id"] = "<weavers.lists.example>"
        mail.set_content(
            "A line of the body, as long as most of them are in mail.\n" * chance.randrange(5, 80)
        )
        if chance.random() < 0.1:
            mail.add_attachment(base64.b64encode(chance.randbytes(40_000)), maintype="image", subtype="png")
        yield mail.as_bytes()


def found(folder: Path, count: int) -> Iterator[bytes]:
    """Repeat the messages of a folder up to ``count``; from the second round on every address differs."""
    mails = [
        FROM_LINE.sub(b"", path.read_bytes(), count=1) for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    for number in range(count):
        header, blank, body = mails[number % len(mails)].partition(b"\n\n")
        turn = number // len(mails)
        yield (re.sub(rb"@(?=\w)", b"@x%d." % turn, header) if turn else header) + blank + body


def write_mailbox(path: Path, mails: Iterable[bytes]) -> None:
    """Write an mbox with LF line ends, quoting ``From `` lines the mboxrd way."""
    with path.open("wb") as file:
        for mail in mails:
            quoted = re.sub(rb"(?m)^(>*From )", rb">\1", mail.replace(b"\r\n", b"\n").rstrip())
            file.write(b"From - Mon Jan  5 10:30:00 2026\n" + quoted + b"\n\n")


def measure(reader: str, path: Path) -> dict[str, Any]:
    """Read the mailbox in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.mail_reader", "--reader", reader, "--mailbox", str(path)]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return result


def read_here(reader: str, path: Path) -> dict[str, Any]:
    """Read the mailbox in this process: seconds of processor time, peak MiB, what was told."""
    with tempfile.TemporaryDirectory() as folder:  # imports are not counted
        write_mailbox(Path(folder) / "first.mbox", invented(1))
        READERS[reader](Path(folder) / "first.mbox")
    started = time.process_time()
    messages, correspondents = READERS[reader](path)
    seconds = time.process_time() - started
    return {
        "reader": reader,
        "messages": messages,
        "correspondents": correspondents,
        "seconds": round(seconds, 3),
        "per_second": round(messages / seconds),
        "peak_mib": round(peak_memory_kib() / 1024, 1),
    }


def peak_memory_kib() -> int:
    """Peak resident memory; Linux's ``ru_maxrss`` would include the parent's before exec."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def show(rows: list[dict[str, Any]], count: int, size: int) -> None:
    """Print the table; a ratio above 1 says how many times faster Amity is."""
    ours = rows[0]["per_second"]
    print(f"{count:,} messages, {size / 1e6:,.1f} MB")
    print(f"{'':36} {'told':>8} {'people':>8} {'cpu sec':>8} {'mail/s':>8} {'ratio':>7} {'peak MiB':>9}")
    for row in rows:
        ratio = ours / row["per_second"] if row["per_second"] else float("inf")
        print(
            f"{row['reader']:36} {row['messages']:8,} {row['correspondents']:8,} {row['seconds']:8.2f}"
            f" {row['per_second']:8,} {ratio:7.1f} {row['peak_mib']:9.1f}"
        )


def main() -> None:
    """Build the mailbox, let every reader read it, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--from", dest="folder", type=Path, help="a folder with one message a file")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--mailbox", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.reader:
        print(json.dumps(read_here(asked.reader, asked.mailbox)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mail.mbox"
        write_mailbox(path, found(asked.folder, asked.messages) if asked.folder else invented(asked.messages))
        rows = [measure(reader, path) for reader in READERS]
        size = path.stat().st_size
    if asked.json:
        print(json.dumps({"messages": asked.messages, "bytes": size, "rows": rows}, indent=2))
    else:
        show(rows, asked.messages, size)


if __name__ == "__main__":
    main()

"""Small invented files for the stories of the sources room: builders that state only what matters."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from amity.journal.models import Import
from amity.owner.models import Owner
from amity.sources.actions import begin, carry_out
from amity.sources.report import Report
from formats.linkedin_sample import Connection, Written, linkedin_zip
from formats.mail_sample import a_mail, a_mailbox

ME = "owner@book.example"
ADA, BEN, CLEO = "ada@loom.example", "ben@kiln.example", "cleo@forge.example"
NAMES = {ADA: "Ada Byron", BEN: "Ben Okafor", CLEO: "Cleo Marsh"}


def bring_in(owner: Owner, *paths: Path | str, words: str = "direct") -> tuple[Import, Report]:
    """Import files, as the terminal does."""
    run = begin(owner, [str(path) for path in paths], words=words)
    return run, carry_out(run)


def a_letter(number: int, sender: str, *to: str, day: int = 5, text: str = "Looms.") -> bytes:
    """Write a mail of January 2026; its number is its Message-ID's."""
    return a_mail(
        f"{text}\n".encode(),
        message_id=f"<{number}@post.example>",
        **{"from": _mailbox(sender)},
        to=", ".join(map(_mailbox, to)),
        date=f"{day} Jan 2026 10:30:00 +0000",
    )


def _mailbox(address: str) -> str:
    return f"{NAMES[address]} <{address}>" if address in NAMES else address


def mbox(path: Path, *mails: bytes) -> Path:
    """Write a mailbox."""
    path.write_bytes(a_mailbox(*mails))
    return path


def eml(path: Path, mail: bytes) -> Path:
    """Write one mail as a file."""
    path.write_bytes(mail)
    return path


def maildir(path: Path, *mails: bytes) -> Path:
    """Write a Maildir folder."""
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True)
    for number, mail in enumerate(mails):
        (path / "cur" / f"{number}.host:2,S").write_bytes(mail)
    return path


def a_card(name: str, **lines: str) -> str:
    """Write a vCard; ``email="…"`` is a line of it, an underscore stands for a hyphen."""
    told = "".join(f"{key.upper().replace('_', '-')}:{value}\n" for key, value in lines.items() if value)
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\n{told}END:VCARD\n"


def a_card_with_photo(name: str, picture: bytes, **lines: str) -> str:
    """Write a vCard with a face."""
    encoded = base64.b64encode(picture).decode()
    return a_card(name, **lines).replace("END:VCARD", f"PHOTO;ENCODING=b;TYPE=PNG:{encoded}\nEND:VCARD")


def vcf(path: Path, *cards: str) -> Path:
    """Write a file of vCards."""
    path.write_text("".join(cards), encoding="utf-8")
    return path


def a_meeting(
    uid: str,
    starts: str,
    ends: str,
    *guests: str,
    title: str = "Coffee",
    status: str = "CONFIRMED",
    more: str = "",
) -> str:
    """Write a calendar entry; ``starts`` and ``ends`` are spelled as in iCalendar."""
    value = ";VALUE=DATE" if len(starts) == len("20200106") else ""
    invited = "".join(f"ATTENDEE;PARTSTAT=ACCEPTED{_called(guest)}:mailto:{guest}\n" for guest in guests)
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20200101T000000Z\nSUMMARY:{title}\nSTATUS:{status}\n"
        f"DTSTART{value}:{starts}\nDTEND{value}:{ends}\n{more}{invited}END:VEVENT\n"
    )


def _called(address: str) -> str:
    return f";CN={NAMES[address]}" if address in NAMES else ""


def ics(path: Path, *meetings: str) -> Path:
    """Write a calendar."""
    body = "".join(meetings)
    path.write_text(
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Looms//EN\n{body}END:VCALENDAR\n", encoding="utf-8"
    )
    return path


def linkedin(path: Path, people: Iterable[str] = (), messages: Iterable[Written] = (), **others: str) -> Path:
    """Write a LinkedIn export of Maya's with these connections."""
    connections = [Connection(name, date(2024, 5, 6), "Loom Works", "Weaver") for name in people]
    return linkedin_zip(path, connections=connections, messages=messages, others=others)


def a_word(name: str, at: str, text: str = "Hello", *, by_owner: bool = False) -> Written:
    """Write a LinkedIn message."""
    return Written(name, datetime.fromisoformat(at), text, by_owner=by_owner)

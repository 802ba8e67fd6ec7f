"""An invented LinkedIn export: the owner Maya Oduya-Lind, her connections and their talk.

Also for tests of other rooms: ``invented_connections(today)`` and ``invented_messages(today)`` give a
small world in which three people wrote every month until a while ago, so that nudges appear.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

OWNER, OWNER_URL = "Maya Oduya-Lind", "https://www.linkedin.com/in/maya-oduya-lind"
FOLDER = "Basic_LinkedInDataExport_01-02-2024"
CONNECTION_COLUMNS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
MESSAGE_COLUMNS = """
CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,
CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT
"""


@dataclass(frozen=True)
class Connection:
    """Somebody the owner is connected with on LinkedIn."""

    name: str
    connected: date
    company: str = ""
    position: str = ""
    email: str = ""


@dataclass(frozen=True)
class Written:
    """One message between the owner and somebody."""

    name: str
    at: datetime
    text: str
    by_owner: bool = False


def linkedin_zip(
    path: Path,
    *,
    connections: Iterable[Connection],
    messages: Iterable[Written],
    others: Mapping[str, str] | None = None,
) -> Path:
    """Write an export as LinkedIn packs it; ``others`` are further files by name."""
    files = {
        "Profile.csv": (
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
            "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
            "Maya,Oduya-Lind,,,,Asks too many questions,,,,,,,\n"
        ),
        "Email Addresses.csv": (
            "Email Address,Confirmed,Primary,Updated On\nmaya@example.com,Yes,Yes,Not Available\n"
        ),
        "Connections.csv": 'Notes:\n"Some of the addresses are missing."\n\n'
        + as_csv(CONNECTION_COLUMNS, map(connection_row, connections)),
        "messages.csv": as_csv(MESSAGE_COLUMNS, map(message_row, messages)),
        **(others or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{FOLDER}/{name}", text)
    return path


def invented_connections(today: date) -> list[Connection]:
    """Eight people the owner connected with in the years before ``today``."""
    people = [
        ("Tomas Ferrow", "Ferrow & Co", "Harbour master"),
        ("Wilma Krenz", "Krenz Optics", "Founder"),
        ("Ines Halvard", "Tidewater", "Engineer"),
        ("José Quill", "Inkwell", "Illustrator"),
        ("Ada Venn", "Venn Diagrams", "Cook"),
        ("Pia Sandoz", "Tide Tables", "Editor"),
        ("Orrin Vale", "Buoy Works", "Diver"),
        ("Lotta Prize", "Lucky Days", "Seller"),
    ]
    return [
        Connection(name, today - timedelta(days=900 - 10 * number), company, position)
        for number, (name, company, position) in enumerate(people)
    ]


def invented_messages(today: date) -> list[Written]:
    """A year of monthly talk with three of them, silent for the last eleven weeks; one with a fourth."""
    talk = [
        written
        for offset, name in enumerate(("Tomas Ferrow", "Wilma Krenz", "Ines Halvard"))
        for written in monthly_talk(name, last=today - timedelta(days=77 + 2 * offset))
    ]
    single = datetime.combine(today - timedelta(days=400), time(9))
    return [*talk, Written("Lotta Prize", single, "Lovely to connect.")]


def monthly_talk(name: str, *, last: date, months: int = 12) -> list[Written]:
    """A word and an answer every thirty days until ``last``."""
    days = [last - timedelta(days=30 * back) for back in reversed(range(months))]
    return [
        Written(name, datetime.combine(day, time(9 + answer)), text, by_owner=bool(answer))
        for number, day in enumerate(days)
        for answer, text in enumerate((f"Tide report {number}?", f"High at {number % 12 + 1}."))
    ]


def profile_url(name: str) -> str:
    """The invented profile of somebody."""
    return "https://www.linkedin.com/in/" + name.casefold().replace(" ", "-")


def connection_row(one: Connection) -> list[str]:
    """One line of Connections.csv."""
    first, last = one.name.rsplit(" ", 1)
    connected = one.connected.strftime("%d %b %Y")
    return [first, last, profile_url(one.name), one.email, one.company, one.position, connected]


def message_row(one: Written) -> list[str]:
    """One line of messages.csv; each person has one conversation with the owner."""
    ends = [(one.name, profile_url(one.name)), (OWNER, OWNER_URL)]
    (sender, sender_url), (to, to_url) = reversed(ends) if one.by_owner else ends
    at = f"{one.at:%Y-%m-%d %H:%M:%S} UTC"
    return [f"2-{one.name}", "", sender, sender_url, to, to_url, at, "", one.text, "INBOX", "", "No"]


def as_csv(columns: str, rows: Iterable[list[str]]) -> str:
    """Write rows below their header."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns.replace("\n", "").split(","), *rows])
    return text.getvalue()

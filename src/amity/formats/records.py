"""What a reader may say: the small vocabulary every format is translated into.

A reader is one function from a binary file to an iterator of these records. It saves
nothing, asks no clock and knows no book; matching people is the business of the room
above it. Every record carries ``where`` (a place a person can find again, such as
``Connections.csv line 12``) and, when it stands for something that can come twice, a
``key`` that is stable for that source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
WORDS_KEPT = 500

WayKind = Literal["email", "phone", "url", "handle", "address"]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach a person, as the file spells it; the book normalises it."""

    kind: WayKind
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that comes back every year or happened once.

    ``kind`` is ``birthday``, ``anniversary``, ``died`` or the file's own words. ``value``
    is canonical: ``1815-12-10``, ``--12-10`` (no year), ``1815-12`` or ``1815``.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a file says about a person that has no column of its own: it becomes a fact."""

    label: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody known only through this person: ``kind`` is what they are to them (``spouse``, ``child``)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """What one record of a file says about one person.

    ``photo`` holds the picture's bytes as found (bounded by the reader); ``met`` is the day the file says
    the two became acquainted (LinkedIn's *Connected On*) and ``how_met`` what it says of how. ``mentions``
    become names on the person's page, never people. ``of_owner`` marks the owner's own record, which never
    becomes a person. ``remembered`` says that they have died, ``mentioned`` that they are known only through
    somebody else of the file, ``put_away`` that the owner had laid them aside there. The same key may come
    again with more: it is the same person.
    """

    where: str
    key: str
    name: str
    ways: tuple[Way, ...] = ()
    also_named: tuple[str, ...] = ()
    organisation: str = ""
    title: str = ""
    dates: tuple[Dated, ...] = ()
    remarks: tuple[Remark, ...] = ()
    circles: tuple[str, ...] = ()
    photo: bytes | None = None
    met: date | None = None
    of_owner: bool = False
    how_met: str = ""
    mentions: tuple[Mention, ...] = ()
    remembered: bool = False
    mentioned: bool = False
    put_away: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Two people of one file, by the keys of their contacts: to ``one``, ``other`` is ``kind``."""

    where: str
    one: str
    other: str
    kind: str


HappeningKind = Literal["met", "call", "message", "note"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What the owner wrote down of a day with people of the same file, by the keys of their contacts.

    ``at`` is aware, naive (the owner's wall clock), or a plain day where no time is known. ``by_owner`` says
    who called or wrote; None where both did, or nobody.
    """

    where: str
    key: str
    kind: HappeningKind
    at: datetime | date
    people: tuple[str, ...]
    text: str = ""
    setting: str = ""
    by_owner: bool | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the owner said on ``day`` they would do for ``person`` (a contact's key), and whether they did."""

    where: str
    person: str
    text: str
    day: date
    kept: bool = False
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a message or one guest of an event: whatever the file tells about who it is."""

    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One written message: a mail, or a direct message of some network.

    ``at`` is aware UTC, or naive where the file gives no zone (the owner's is taken).
    ``sent_by_owner`` is set where the file says so itself (Gmail's *Sent* label), else None.
    ``automatic`` is empty for a person's own message, else why it is not one:
    ``list``, ``bulk``, ``auto-reply``, ``no-reply``, ``bounce``, ``notification``, ``draft``, ``spam``.
    ``text`` is at most WORDS_KEPT characters.
    """

    where: str
    key: str
    kind: Literal["mail", "message"]
    at: datetime
    sender: Party
    recipients: tuple[Party, ...]
    subject: str = ""
    text: str = ""
    sent_by_owner: bool | None = None
    automatic: str = ""


AttendeeAnswer = Literal["yes", "no", "maybe", "unknown"]


@dataclass(frozen=True, slots=True)
class Guest:
    """A person on an event's list and what they answered."""

    party: Party
    answer: AttendeeAnswer = "unknown"
    organiser: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One occurrence of a calendar event (a recurrence is already expanded).

    ``starts`` and ``ends`` are aware in the event's own zone, naive when the file says
    *floating*, or plain dates when it lasts all day; ``ends`` is exclusive and may equal
    ``starts``. ``key`` is ICS UID plus RECURRENCE-ID, so that the same occurrence met again is one.
    """

    where: str
    key: str
    title: str
    starts: datetime | date
    ends: datetime | date
    guests: tuple[Guest, ...] = ()
    place: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class OwnerHint:
    """Who the file says its owner is: these names and ways never become a person."""

    where: str
    name: str = ""
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Robot:
    """A sender or guest that is not a person (room, list, no-reply): counted, never made one."""

    where: str
    party: Party
    why: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that could not be read: where, why in a sentence, and its first 80 characters."""

    where: str
    why: str
    text: str = ""

    def __post_init__(self) -> None:
        """Keep the sample short whatever the reader passed."""
        object.__setattr__(self, "text", self.text[:80])


Record = Contact | Link | Message | Event | Happening | Promise | OwnerHint | Robot | Skipped


class Refused(Exception):
    """The whole file cannot be read; nothing of it is saved. Carries one sentence for the owner."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence the owner will read."""
        super().__init__(sentence)
        self.sentence = sentence


def year_is_valid(year: int) -> bool:
    """Tell whether a year lies in the range a book can hold, 1800 to 2100."""
    return EARLIEST_YEAR <= year <= LATEST_YEAR

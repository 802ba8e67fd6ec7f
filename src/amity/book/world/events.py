"""Gatherings of the sample world: conferences, suppers and what stands in the diary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from amity.book.world.cast import YEARS, Beat, Life
from amity.book.world.draw import Draw
from amity.book.world.words import phrases

RECENT = (2, 18, 38)  # days since the newest conferences
TABLE_WEEK = 6  # a supper is a day on which some who would have met that week meet together
FEWEST, MOST = 3, 6
YESTERDAY = "Soup, rain on the roof, and nobody wanted to be the first to go."


@dataclass
class Event:
    """One gathering; at a ``table`` everybody shares one moment, in a crowd each talk is its own."""

    title: str
    day: date
    way: str
    where: str
    size: int
    days: int = 1
    starts: time | None = None
    table: bool = False
    cancelled: bool = False
    guests: list[Life] = field(default_factory=list)
    uninvited: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What beats call it."""
        return f"{self.day} {self.title}"

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.day + timedelta(days=self.days - 1)


def conferences(draw: Draw, today: date) -> list[Event]:
    """Give the conferences of three years, newest first, without guests."""
    ago = list(RECENT)
    while ago[-1] < YEARS.days - 85:
        ago.append(ago[-1] + draw.randint(50, 85))
    found = []
    for row, days in enumerate(ago):
        title, way, where = _conference(row)
        length = 1 if row < len(RECENT) else draw.choice((1, 2, 2))
        found.append(Event(title, today - timedelta(days=days), way, where, draw.randint(6, 40) * 10, length))
    return found


def _conference(row: int) -> tuple[str, str, str]:
    lines = phrases()["conferences"]
    title, way, where = lines[row % len(lines)].split(" | ")
    return title, way, where


def suppers(draw: Draw, lives: list[Life], today: date) -> list[Event]:
    """Bring beats that lie within a week together at a table, about every two months."""
    friends = [life for life in lives if life.role in {"friend", "resting", "remembered", "dormant"}]
    found = [_yesterday(friends, today)]
    ago = 40
    while ago < YEARS.days - 60:
        event = _supper(draw, friends, today - timedelta(days=ago))
        if event:
            found.append(event)
        ago += draw.randint(35, 80)
    return found


def _yesterday(friends: list[Life], today: date) -> Event:
    event = _table("Soup night", today - timedelta(days=1), "The Lantern Rooms")
    for life in friends:
        if life.last == event.day:
            _sit_down(event, life, life.beats[-1], YESTERDAY)
    event.size = len(event.guests) + 1
    return event


def _table(title: str, day: date, where: str) -> Event:
    return Event(title, day, "dinner", where, 0, starts=time(19), table=True)


def _supper(draw: Draw, friends: list[Life], day: date) -> Event | None:
    """Make a supper of ordinary meetings near a day: never somebody's first or newest one."""
    near = {
        life.name.full: (life, beat) for life in friends for beat in life.beats[1:-1] if _is_near(beat, day)
    }
    seats = draw.sample(list(near.values()), min(len(near), MOST))
    if len(seats) < FEWEST:
        return None
    event = _table(draw.line("dinners"), day, draw.line("cafés"))
    event.size = len(seats) + 1
    host = seats[0][0].story
    text = fill(draw.line("dinner"), draw.choice(host.words("topic") if host else ["soup"]))
    for life, beat in seats:
        _sit_down(event, life, beat, text)
    return event


def _is_near(beat: Beat, day: date) -> bool:
    return abs((beat.day - day).days) <= TABLE_WEEK and not beat.text and not beat.gathering


def _sit_down(event: Event, life: Life, beat: Beat, text: str) -> None:
    beat.day, beat.way, beat.text, beat.gathering = event.day, event.way, text, event.key
    by_day = {other.day: other for other in [*life.beats, beat]}
    life.beats = [by_day[day] for day in sorted(by_day)]
    event.guests.append(life)


def coffees(lives: list[Life], today: date) -> list[Event]:
    """Give the diary's own entries for the coffees and calls of the last months."""
    found = []
    for life in (life for life in lives if life.role == "friend"):
        for beat in life.beats:
            if not beat.gathering and beat.way in {"coffee", "video"} and _is_recent(beat, today):
                title = f"{'Coffee' if beat.way == 'coffee' else 'Call'} with {life.name.full}"
                event = Event(title, beat.day, beat.way, "", 2, starts=time(15), table=True, guests=[life])
                beat.gathering = event.key
                found.append(event)
    return found


def _is_recent(beat: Beat, today: date) -> bool:
    return today - timedelta(days=90) <= beat.day < today - timedelta(days=2)


def to_come(draw: Draw, lives: list[Life], today: date) -> list[Event]:
    """Give what is ahead: a table tonight, a coffee, a call, two conferences, and a picnic called off."""
    friends = [life for life in lives if life.role == "friend" and 1 < life.silence < life.rhythm]
    seen = draw.sample(friends, len(friends))
    strangers = draw.sample([life for life in lives if life.role == "passing"], 20)
    crowd = [next(life for life in lives if life.role == "new"), *seen[6:9], *strangers]

    def on(after: int, title: str, way: str, where: str, size: int, *guests: Life) -> Event:
        return Event(title, today + timedelta(days=after), way, where, size, guests=list(guests))

    tonight = on(0, "The long table", "dinner", "The Lantern Rooms", 6, *seen[:4])
    tonight.starts, tonight.uninvited = time(19, 30), ("Peregrine, a friend of the host",)
    coffee = on(2, f"Coffee with {seen[4].name.full}", "coffee", "Café Larka", 2, seen[4])
    call = on(5, f"Call with {seen[5].name.full}", "video", "", 2, seen[5])
    numbers = on(9, "The Honest Numbers Conference", "breakout", "The Old Rope Works", 180, *crowd[:14])
    numbers.days = 2
    lentils = on(16, "Sunday lentils", "dinner", "The Green Kettle", 5, *seen[9:12])
    picnic = on(23, "Canal picnic", "out", "Boathouse No. 3", 12, *seen[2:6])
    picnic.cancelled = True
    night = on(33, "Long Night of Small Firms", "crowd", "Harbour Congress Hall", 320, *crowd[14:])
    for event, hour in ((coffee, 15), (call, 12), (lentils, 13)):
        event.starts = time(hour)
    return [tonight, coffee, call, numbers, lentils, picnic, night]


def fill(frame: str, topic: str) -> str:
    """Put a topic into a line; ``{Topic}`` begins a sentence."""
    return frame.replace("{topic}", topic).replace("{Topic}", topic[:1].upper() + topic[1:])


def attend(draw: Draw, lives: Iterable[Life], events: list[Event]) -> None:
    """Put everybody who was at a conference on its list, and some friends who came along."""
    by_key = {event.key: event for event in events}
    for life in lives:
        for key in {beat.gathering for beat in life.beats} | {life.conference}:
            event = by_key.get(key)
            if event and life not in event.guests:
                event.guests.append(life)
    for event in events:
        known = [life for life in lives if life.role == "friend" and (life.met_on or event.day) < event.day]
        event.guests += [life for life in draw.sample(known, min(3, len(known))) if life not in event.guests]

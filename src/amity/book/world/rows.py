"""From lives to rows: everything is made in memory and written table by table."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models

from amity.book.world.cast import Beat, Life
from amity.book.world.draw import Draw
from amity.book.world.events import Event
from amity.checkins.models import Checkin
from amity.gatherings.models import Attendance, Gathering
from amity.moments.models import Direction, Felt, Gift, Kind, Moment, Participation, Promise, Setting
from amity.owner.models import Owner, OwnIdentity
from amity.people.models import (
    Affiliation,
    Circle,
    Fact,
    Hope,
    Link,
    Membership,
    Organisation,
    OtherName,
    Person,
    PersonDate,
    Season,
    Spark,
    Way,
)

# Whatever a row points to stands before it.
TABLES: tuple[type[models.Model], ...] = (
    OwnIdentity, Person, OtherName, Way, Spark, Hope, Fact, PersonDate, Season, Circle, Membership,
    Organisation, Affiliation, Link, Moment, Participation, Gift, Promise, Gathering, Attendance, Checkin,
)  # fmt: skip
TOGETHER = {
    "coffee": (Kind.MET, Setting.COFFEE_SHOP),
    "video": (Kind.VIDEO_CALL, Setting.VIDEO_CALL),
    "online": (Kind.VIDEO_CALL, Setting.ONLINE),
    "call": (Kind.CALL, ""),
    "dinner": (Kind.MET, Setting.DINNER_PARTY),
    "bar": (Kind.MET, Setting.HOTEL_BAR),
    "out": (Kind.MET, Setting.FESTIVAL),
    "breakout": (Kind.MET, Setting.BREAKOUT),
    "crowd": (Kind.MET, Setting.CROWDED_ROOM),
    "office": (Kind.MET, Setting.OFFICE),
    "other": (Kind.MET, Setting.OTHER),
    "note": (Kind.NOTE, ""),
}
WRITTEN = ("they", "mail", "begin", "stranger")
# How often a setting gave energy, took some, or neither, and how often nothing was said of it.
FEELS = {
    "crowd": (2, 6, 3, 1),
    "bar": (6, 2, 3, 1),
    "office": (4, 1, 3, 1),
    "online": (3, 2, 3, 1),
    "note": (0, 0, 0, 1),
}
USUAL_FEEL = (14, 0, 3, 1)
MORNING, EVENING = 9, 18
LASTS = timedelta(hours=2, minutes=30)


class Rows:
    """The rows of one book in memory, by table, each with a name drawn from the seed."""

    def __init__(self, owner: Owner, draw: Draw) -> None:
        self.owner = owner
        self.draw = draw
        self.made: dict[type[models.Model], list[models.Model]] = {table: [] for table in TABLES}
        self.people: dict[str, Person] = {}
        self.moments: dict[tuple[str, str], Moment] = {}
        self._tables: dict[str, Moment] = {}

    def add(self, table: type[Any], **columns: object) -> Any:
        """Make one row of the owner's."""
        if table is not Participation:
            columns["uid"] = self.draw.uid()
        row = table(owner=self.owner, **columns)
        self.made[table].append(row)
        return row

    def write(self) -> None:
        """Save everything; the caller holds the transaction."""
        for table, rows in self.made.items():
            table._default_manager.bulk_create(rows, batch_size=1000)  # noqa: SLF001  (Django's name for it)

    def instant(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Give an instant of the owner's day."""
        return datetime.combine(day, time(hour, minute), self.owner.tz)

    def moment(self, life: Life, beat: Beat) -> Moment:
        """Write down one beat; at a table all share one moment."""
        if beat.way in WRITTEN:
            return self._letters(life, beat)
        moment = self._tables.get(beat.gathering) or self._meeting(beat)
        if beat.way == "dinner" and beat.gathering:
            self._tables[beat.gathering] = moment
        return self._with(life, beat, moment)

    def _with(self, life: Life, beat: Beat, moment: Moment) -> Moment:
        self.add(Participation, moment=moment, person=self.people[life.name.full])
        moment.size += 1
        self.moments[life.name.full, beat.gathering] = moment
        return moment

    def _meeting(self, beat: Beat) -> Moment:
        kind, setting = TOGETHER[beat.way]
        weights = FEELS.get(beat.way, USUAL_FEEL)
        felt = self.draw.choices((Felt.GAVE, Felt.TOOK, Felt.NEUTRAL, ""), weights)[0]
        return self.add(  # type: ignore[no-any-return]
            Moment, day=beat.day, kind=kind, setting=setting, text=beat.text, felt=felt, size=1,
            confirmed=True,
        )  # fmt: skip

    def _letters(self, life: Life, beat: Beat) -> Moment:
        """Write down a message and its answer on one day; ``begin`` and ``stranger`` come from the person.

        A bar parts the words of the two sides; where only the person's are known, the owner's are drawn.
        """
        kind = Kind.MAIL if beat.way == "mail" else Kind.MESSAGE
        theirs_first = beat.way in {"begin", "stranger"}
        first, second = (Direction.IN, Direction.OUT) if theirs_first else (Direction.OUT, Direction.IN)
        words = beat.text.split(" | ")
        if len(words) == 1:
            words = [self.draw.line("my words") if beat.text else "", beat.text]
        moment = self._letter(life, beat, kind, first, words[0], MORNING)
        return moment if beat.way == "stranger" else self._letter(life, beat, kind, second, words[1], EVENING)

    def _letter(self, life: Life, beat: Beat, kind: str, direction: str, text: str, hour: int) -> Moment:
        at, zone = self.instant(beat.day, hour, self.draw.randrange(60)), self.owner.zone
        moment = self.add(
            Moment, day=beat.day, at=at, zone=zone, kind=kind, direction=direction, text=text, size=1
        )
        return self._with(life, beat, moment)

    def gathering(self, event: Event, today: date) -> Gathering:
        """Write down one event with its guests; what they said there is linked."""
        kind, setting = TOGETHER[event.way]
        row = self.add(
            Gathering, title=event.title, day=event.day, last_day=event.last_day, place=event.where,
            kind=kind, setting=setting, answer="yes", size=event.size, cancelled=event.cancelled,
            settled=event.last_day < today, **self._hours(event),
        )  # fmt: skip
        for life in event.guests:
            person, moment = self.people[life.name.full], self.moments.get((life.name.full, event.key))
            self.add(Attendance, gathering=row, person=person, answer="yes", moment=moment)
        for name in event.uninvited:
            self.add(Attendance, gathering=row, name=name)
        return row  # type: ignore[no-any-return]

    def _hours(self, event: Event) -> dict[str, object]:
        """Give the columns that say when it begins and ends; none of a whole day's."""
        if event.starts is None:
            return {}
        starts = self.instant(event.day, event.starts.hour, event.starts.minute)
        return {"starts_at": starts, "ends_at": starts + LASTS, "zone": self.owner.zone}

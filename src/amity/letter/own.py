"""What the private letter is made of: the owner's fortnight, read from the book. Nothing is changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from amity.checkins import queries as checkins
from amity.letter import tips
from amity.letter.fortnight import DAYS
from amity.letter.models import PrivateLetter
from amity.moments.models import TOGETHER, Felt, Participation, Promise, PromiseState
from amity.nudges import queries as nudges
from amity.nudges.choosing import propose
from amity.nudges.models import Energy, Nudge
from amity.owner.models import Owner
from amity.people.models import Hope, HopeState, Person
from amity.storage.wording import Questions, worded_once

YEAR = timedelta(days=365)
MOST_AT_A_PLACE = 8
MOST_SEEN, MOST_LISTED, FEW = 40, 6, 3
QUESTIONS = (
    gettext_lazy("If you finish the sentence today: networking is …?"),
    gettext_lazy("Which conversation of these two weeks would you have again?"),
    gettext_lazy("What took energy that you could say no to next time?"),
    gettext_lazy("Who made you laugh?"),
    gettext_lazy("Where were you most yourself among other people?"),
    gettext_lazy("What did somebody tell you that you still think about?"),
)


@dataclass(frozen=True)
class Line:
    """One person in the letter and what is said of them; `uid` is empty when they have no page."""

    uid: str
    name: str
    words: str = ""


@dataclass(frozen=True)
class Material:
    """One fortnight: whom the owner saw, what gave energy, hopes, promises, and whom to write to next."""

    first: date
    last: date
    seen: list[Line] = field(default_factory=list)
    energy: list[Line] = field(default_factory=list)
    hopes: list[Line] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    promises: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    word: str = ""
    question: str = ""

    @property
    def occasions(self) -> list[tuple[str, list[Line]]]:
        """Give whom the owner saw by where it was, each place with its first eight."""
        places: dict[str, list[Line]] = {}
        for line in self.seen:
            places.setdefault(line.words, []).append(line)
        return [(place, lines[:MOST_AT_A_PLACE]) for place, lines in places.items()]

    @property
    def is_quiet(self) -> bool:
        """Tell whether the fortnight left nothing in the book."""
        return not (self.seen or self.hopes or self.kept)

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {**asdict(self), "first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Material:
        """Read what ``to_json`` wrote."""
        lines = {
            name: [Line(**one) for one in value] for name, value in said.items() if isinstance(value, list)
        }
        first, last = date.fromisoformat(said["first"]), date.fromisoformat(said["last"])
        return cls(first, last, **lines, word=said.get("word", ""), question=said.get("question", ""))


def material(owner: Owner, day: date) -> Material:
    """Read the fourteen days that end the day before a Sunday, and what the next fourteen could hold."""
    first, last = day - timedelta(days=DAYS), day - timedelta(days=1)
    seen, hopes, kept, promises, words = _told(owner, first, last)
    lines = _lines(seen)
    return Material(
        first=first,
        last=last,
        seen=list(lines.values())[-MOST_SEEN:],
        energy=[lines[uid] for uid in _most_alive(seen)[:FEW]],
        hopes=[Line(hope.person.uid, hope.person.name, hope.text) for hope in hopes],
        kept=[Line(one.person.uid, one.person.name, one.text) for one in kept],
        promises=[Line(one.person.uid, one.person.name, one.text) for one in promises],
        people=_for_the_fortnight(owner, day),
        word=words[0].word if words else "",
        question=str(QUESTIONS[day.toordinal() // DAYS % len(QUESTIONS)]),
    )


@worded_once
def _told(owner: Owner, first: date, last: date) -> Questions:
    """Word what is asked of a fortnight."""
    return [
        _seen(owner, first, last),
        _happened(owner, first, last),
        _promises(owner, PromiseState.KEPT).filter(ended_on__gte=first, ended_on__lte=last)[:MOST_LISTED],
        _promises(owner, PromiseState.OPEN).filter(day__lte=last)[:MOST_LISTED],
        checkins.newest_first(owner)[:1],
    ]


Seen = tuple[str, str, str, str, str, int]  # uid, name, kind, setting, how it felt, how many were there


def _seen(owner: Owner, first: date, last: date) -> QuerySet[Participation, Seen]:
    """Ask for everybody the owner was with, day by day; nobody who has died or is hidden."""
    days = {"moment__day__gte": first, "moment__day__lte": last}
    living = {"person__trashed_at": None, "person__mentioned": False, "person__remembered": False}
    there = Participation.objects.of(owner).filter(
        moment__kind__in=TOGETHER, person__became="", **days, **living
    )
    by_day = ("moment__day", F("moment__at").asc(nulls_first=True), "moment_id", "id")
    return there.order_by(*by_day).values_list(
        "person__uid", "person__name", "moment__kind", "moment__setting", "moment__felt", "moment__size"
    )


def _lines(seen: list[Seen]) -> dict[str, Line]:
    """Name everybody once, by uid, with where it was last."""
    return {uid: Line(uid, name, _where(kind, setting)) for uid, name, kind, setting, *_ in seen}


def _most_alive(seen: list[Seen]) -> list[str]:
    """Give who was there when it gave energy, where the fewest people were first: it was somebody's doing."""
    alive = sorted((one for one in seen if one[4] == Felt.GAVE), key=lambda one: one[5])
    return list(dict.fromkeys(uid for uid, *_ in alive))


def _where(kind: str, setting: str) -> str:
    return setting or {"call": "on the phone", "video call": "on a video call"}.get(kind, "")


def _happened(owner: Owner, first: date, last: date) -> QuerySet[Hope]:
    found = Hope.objects.of(owner).filter(state=HopeState.HAPPENED, ended_on__gte=first, ended_on__lte=last)
    found = found.filter(person__trashed_at=None, person__remembered=False).select_related("person")
    return found.order_by("ended_on", "id")[:MOST_LISTED]


def _promises(owner: Owner, state: str) -> QuerySet[Promise]:
    found = Promise.objects.of(owner).filter(state=state, person__trashed_at=None, person__remembered=False)
    return found.select_related("person").order_by(F("due").asc(nulls_last=True), "day", "id")


def _for_the_fortnight(owner: Owner, day: date) -> list[Line]:
    """Two or three people: those of that day's Today while it stands as it was planned, else by its rule."""
    if planned := _still_planned(owner, day):
        return [Line(nudge.person.uid, nudge.person.name, nudge.why) for nudge in planned]
    offers = propose(owner, day, Energy.USUAL)
    names = Person.objects.in_bulk([offer.person for offer in offers])
    return [Line(names[offer.person].uid, names[offer.person].name, offer.why) for offer in offers]


def _still_planned(owner: Owner, day: date) -> list[Nudge]:
    """Give what Today offers; nothing once one of them was answered, met or let go since it was planned."""
    everybody, waiting = _planned(owner, day)
    return waiting if len(waiting) == len(everybody) else []


@worded_once
def _planned(owner: Owner, day: date) -> Questions:
    planned = Nudge.objects.of(owner).filter(plan__day=day, plan__energy=Energy.USUAL)
    since_then = Participation.objects.of(owner).filter(moment__day=day)
    offered = nudges.offered(owner, day).exclude(person__in=since_then.values("person_id"))
    return [planned.values_list("pk"), offered]


def tip_for(owner: Owner, day: date) -> tips.Tip:
    """Give the tip of a Sunday: none that came within the year before."""
    recent = PrivateLetter.objects.of(owner).filter(day__gt=day - YEAR, day__lt=day)
    return tips.choose(bytes(owner.key), set(recent.values_list("tip", flat=True)))

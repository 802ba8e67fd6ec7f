"""What the private letter is made of: the owner's fortnight, read from the book. Nothing is changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from amity.checkins import queries as checkins
from amity.letter import tips
from amity.letter.fortnight import DAYS
from amity.letter.models import PrivateLetter
from amity.moments.models import TOGETHER, Felt, Moment, Participation, Promise, PromiseState
from amity.nudges.choosing import propose
from amity.nudges.models import Energy
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Hope, HopeState, Person

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
    moments = _together(owner, first, last)
    newest = checkins.newest(owner)
    return Material(
        first=first,
        last=last,
        seen=_people_of(owner, moments)[-MOST_SEEN:],
        energy=_people_of(owner, _most_alive(moments))[:FEW],
        hopes=_hopes(owner, first, last),
        kept=_promises(owner, PromiseState.KEPT, first, last),
        promises=_promises(owner, PromiseState.OPEN, date.min, last),
        people=_for_the_fortnight(owner, day),
        word=newest.word if newest else "",
        question=str(QUESTIONS[day.toordinal() // DAYS % len(QUESTIONS)]),
    )


def _together(owner: Owner, first: date, last: date) -> list[Moment]:
    found = Moment.objects.of(owner).filter(day__gte=first, day__lte=last, kind__in=TOGETHER)
    return list(found.order_by("day", "at", "id"))


def _people_of(owner: Owner, moments: list[Moment]) -> list[Line]:
    """Name everybody in these moments once, with where it was last; nobody who has died or is hidden."""
    where = {moment.pk: _where(moment) for moment in moments}
    rows = Participation.objects.of(owner).filter(
        moment__in=where, person__in=people.of(owner).filter(remembered=False)
    )
    lines: dict[str, Line] = {}
    for moment, uid, name in rows.order_by("moment__day", "id").values_list(
        "moment_id", "person__uid", "person__name"
    ):
        lines[uid] = Line(uid, name, where[moment])
    return list(lines.values())


def _most_alive(moments: list[Moment]) -> list[Moment]:
    """Give the moments that gave energy, those with the fewest people first: somebody's doing."""
    return sorted((moment for moment in moments if moment.felt == Felt.GAVE), key=lambda moment: moment.size)


def _where(moment: Moment) -> str:
    return moment.setting or {"met": "", "call": "on the phone", "video call": "on a video call"}.get(
        moment.kind, ""
    )


def _hopes(owner: Owner, first: date, last: date) -> list[Line]:
    found = Hope.objects.of(owner).filter(state=HopeState.HAPPENED, ended_on__gte=first, ended_on__lte=last)
    found = found.filter(person__trashed_at=None, person__remembered=False).select_related("person")
    return [
        Line(hope.person.uid, hope.person.name, hope.text)
        for hope in found.order_by("ended_on", "id")[:MOST_LISTED]
    ]


def _promises(owner: Owner, state: str, first: date, last: date) -> list[Line]:
    found = Promise.objects.of(owner).filter(state=state, person__trashed_at=None, person__remembered=False)
    found = (
        found.filter(ended_on__gte=first, ended_on__lte=last)
        if state == PromiseState.KEPT
        else found.filter(day__lte=last)
    )
    rows = found.select_related("person").order_by("due", "day", "id")[:MOST_LISTED]
    return [Line(one.person.uid, one.person.name, one.text) for one in rows]


def _for_the_fortnight(owner: Owner, day: date) -> list[Line]:
    """Two or three people, by the rule of every day."""
    offers = propose(owner, day, Energy.USUAL)
    names = Person.objects.in_bulk([offer.person for offer in offers])
    return [Line(names[offer.person].uid, names[offer.person].name, offer.why) for offer in offers]


def tip_for(owner: Owner, day: date) -> tips.Tip:
    """Give the tip of a Sunday: none that came within the year before."""
    recent = PrivateLetter.objects.of(owner).filter(day__gt=day - YEAR, day__lt=day)
    return tips.choose(bytes(owner.key), set(recent.values_list("tip", flat=True)))

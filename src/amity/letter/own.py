"""What the private letter is made of: the owner's fortnight, read from the book. Nothing is changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
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
from amity.storage.together import ask_together

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
    moments, hopes, kept, promises, words = ask_together(
        _together(owner, first, last),
        _happened(owner, first, last),
        _promises(owner, PromiseState.KEPT).filter(ended_on__gte=first, ended_on__lte=last)[:MOST_LISTED],
        _promises(owner, PromiseState.OPEN).filter(day__lte=last)[:MOST_LISTED],
        checkins.newest_first(owner)[:1],
    )
    company = _company(owner, moments)
    return Material(
        first=first,
        last=last,
        seen=_people_of(company, moments)[-MOST_SEEN:],
        energy=_people_of(company, _most_alive(moments))[:FEW],
        hopes=[Line(hope.person.uid, hope.person.name, hope.text) for hope in hopes],
        kept=[Line(one.person.uid, one.person.name, one.text) for one in kept],
        promises=[Line(one.person.uid, one.person.name, one.text) for one in promises],
        people=_for_the_fortnight(owner, day),
        word=words[0].word if words else "",
        question=str(QUESTIONS[day.toordinal() // DAYS % len(QUESTIONS)]),
    )


def _together(owner: Owner, first: date, last: date) -> QuerySet[Moment]:
    found = Moment.objects.of(owner).filter(day__gte=first, day__lte=last, kind__in=TOGETHER)
    return found.order_by("day", "at", "id")


def _company(owner: Owner, moments: list[Moment]) -> list[tuple[int, str, str]]:
    """Give (moment, uid, name) of everybody in these moments by day; nobody who has died or is hidden."""
    living = people.of(owner).filter(remembered=False)
    found = Participation.objects.of(owner).filter(moment__in=moments, person__in=living)
    rows = found.order_by("moment__day", "id").values_list("moment_id", "person__uid", "person__name")
    return list(rows)


def _people_of(company: list[tuple[int, str, str]], moments: list[Moment]) -> list[Line]:
    """Name everybody who was in these moments once, with where it was last."""
    where = {moment.pk: _where(moment) for moment in moments}
    there = ((moment, uid, name) for moment, uid, name in company if moment in where)
    return list({uid: Line(uid, name, where[moment]) for moment, uid, name in there}.values())


def _most_alive(moments: list[Moment]) -> list[Moment]:
    """Give the moments that gave energy, those with the fewest people first: somebody's doing."""
    return sorted((moment for moment in moments if moment.felt == Felt.GAVE), key=lambda moment: moment.size)


def _where(moment: Moment) -> str:
    return moment.setting or {"met": "", "call": "on the phone", "video call": "on a video call"}.get(
        moment.kind, ""
    )


def _happened(owner: Owner, first: date, last: date) -> QuerySet[Hope]:
    found = Hope.objects.of(owner).filter(state=HopeState.HAPPENED, ended_on__gte=first, ended_on__lte=last)
    found = found.filter(person__trashed_at=None, person__remembered=False).select_related("person")
    return found.order_by("ended_on", "id")[:MOST_LISTED]


def _promises(owner: Owner, state: str) -> QuerySet[Promise]:
    found = Promise.objects.of(owner).filter(state=state, person__trashed_at=None, person__remembered=False)
    return found.select_related("person").order_by("due", "day", "id")


def _for_the_fortnight(owner: Owner, day: date) -> list[Line]:
    """Two or three people, by the rule of every day."""
    offers = propose(owner, day, Energy.USUAL)
    names = Person.objects.in_bulk([offer.person for offer in offers])
    return [Line(names[offer.person].uid, names[offer.person].name, offer.why) for offer in offers]


def tip_for(owner: Owner, day: date) -> tips.Tip:
    """Give the tip of a Sunday: none that came within the year before."""
    recent = PrivateLetter.objects.of(owner).filter(day__gt=day - YEAR, day__lt=day)
    return tips.choose(bytes(owner.key), set(recent.values_list("tip", flat=True)))

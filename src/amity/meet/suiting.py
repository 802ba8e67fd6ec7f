"""Settings that suit the owner: where friends came from, and what gave or took energy. Counts and a sentence.

Settings stand in the order of the belief (docs/meet.md), people by name: nothing here is a ranking. An
occasion is one moment spent together, or one gathering however many moments it became.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from amity.gatherings import queries as gatherings
from amity.gatherings.models import Attendance
from amity.moments import queries as moments
from amity.moments.models import TOGETHER, Felt, Participation, Setting
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Person
from amity.ties.queries import album
from amity.ties.words import number

# The first seven are the belief's; what else an owner's moments name comes after them.
ORDER: tuple[str, ...] = tuple(Setting.values)
ENOUGH = 3  # occasions with a feeling, before a setting is said to suit
FEW = 6
_OCCASIONS = {
    "coffee shop": ("coffee", "coffees"),
    "video call": ("video call", "video calls"),
    "hotel bar": ("time at a hotel bar", "times at a hotel bar"),
    "dinner party": ("dinner", "dinners"),
    "festival or sporting event": ("festival or game", "festivals and games"),
    "conference breakout": ("breakout session", "breakout sessions"),
    "crowded room": ("crowded room", "crowded rooms"),
    "office": ("time at an office", "times at an office"),
    "online": ("time online", "times online"),
    "other": ("occasion elsewhere", "occasions elsewhere"),
}


@dataclass
class Suiting:
    """One setting: how often, how it felt, and the names of the friends first met there."""

    setting: str
    felt: dict[str, int] = field(default_factory=lambda: dict.fromkeys(["", *Felt.values], 0))
    friends: list[str] = field(default_factory=list)

    @property
    def occasions(self) -> int:
        """Give how many occasions there were."""
        return sum(self.felt.values())

    @property
    def told(self) -> int:
        """Give of how many occasions the owner said how they felt."""
        return self.occasions - self.felt[""]

    @property
    def gives(self) -> bool:
        """Tell whether the setting mostly gave energy, on enough occasions to say so."""
        return self.told >= ENOUGH and self.felt[Felt.GAVE] * 2 > self.told

    @property
    def words(self) -> str:
        """Say it in a sentence or two that admit how little is known."""
        return " ".join(filter(None, (self._often(), self._friendly())))

    def _often(self) -> str:
        one, many = _OCCASIONS.get(self.setting, (self.setting, self.setting))
        count = self.occasions
        if not count:
            return ""
        often = (
            f"{number(count).capitalize()} {one if count == 1 else many}{' so far' if count < FEW else ''}"
        )
        if not self.told:
            return f"{often}; you have not said how {'it' if count == 1 else 'they'} felt."
        return f"{often}: {self._energy()}.{'' if self.told >= ENOUGH else ' Too few to tell.'}"

    def _energy(self) -> str:
        gave, took = self.felt[Felt.GAVE], self.felt[Felt.TOOK]
        parts = [f"{number(gave)} gave energy"] if gave else []
        parts += [f"{number(took)} took some"] if took else []
        rest = self.told - gave - took
        parts += [f"{number(rest)} did neither"] if rest else []
        return ", ".join(parts)

    def _friendly(self) -> str:
        if not self.friends:
            return ""
        if len(self.friends) <= ENOUGH:
            return f"You met {_listed(self.friends)} this way."
        return f"You met {number(len(self.friends))} friends this way, {self.friends[0]} among them."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def settings(owner: Owner, day: date) -> list[Suiting]:
    """Give every setting that occurred, in the belief's order: seven questions however large the book."""
    found: dict[str, Suiting] = {}
    for setting, felt in _occasions(owner, day):
        found.setdefault(setting, Suiting(setting)).felt[felt] += 1
    for setting, name in _first_meetings(owner, day):
        found.setdefault(setting, Suiting(setting)).friends.append(name)
    known = [name for name in ORDER if name in found]
    return [found[name] for name in [*known, *sorted(set(found) - set(known))]]


def of_setting(found: Iterable[Suiting], setting: str) -> Suiting:
    """Give what is known of one setting, which may be nothing."""
    return next((one for one in found if one.setting == setting), Suiting(setting))


def _occasions(owner: Owner, day: date) -> list[tuple[str, str]]:
    """Give (setting, feeling) of each occasion until a day."""
    became = Attendance.objects.of(owner).exclude(moment=None).values_list("moment_id", "gathering_id")
    gathering_of = dict(became)
    together = moments.of(owner).filter(kind__in=TOGETHER, day__lte=day).exclude(setting="")
    told: dict[tuple[str, int], tuple[str, str]] = {}
    for key, setting, felt in together.order_by().values_list("id", "setting", "felt"):
        occasion = ("gathering", gathering_of[key]) if key in gathering_of else ("moment", key)
        told[occasion] = (setting, felt or told.get(occasion, ("", ""))[1])
    past = gatherings.of(owner).filter(day__lte=day).exclude(setting="").exclude(debriefed_on=None)
    for key, setting, felt in past.order_by().values_list("id", "setting", "felt"):
        told[("gathering", key)] = (setting, felt)
    return list(told.values())


def _first_meetings(owner: Owner, day: date) -> list[tuple[str, str]]:
    """Give (setting, name) for each friend whose first time together had a setting, by name."""
    ties = album(owner, day)
    friends = [person for person in ties.friends() if person in ties.sparked]
    rows = Participation.objects.of(owner).filter(
        person__in=friends, moment__kind__in=TOGETHER, moment__day__lte=day
    )
    first: dict[int, str] = {}
    for person, setting in rows.order_by("moment__day", "moment_id").values_list(
        "person_id", "moment__setting"
    ):
        first.setdefault(person, setting)
    found: dict[int, Person] = people.of(owner).filter(remembered=False).in_bulk(list(first))
    return sorted((first[key], one.name) for key, one in found.items() if first[key])


def summary(found: list[Suiting]) -> str:
    """Say in a sentence what suits the owner, as far as one can tell."""
    giving = [one.setting for one in found if one.gives]
    told = sum(one.told for one in found)
    if giving:
        return f"As far as {number(told)} occasions can tell, you find energy in these: {', '.join(giving)}."
    if told:
        times = "time" if told == 1 else "times"
        return f"You have said how it felt {number(told)} {times}; too few to tell what suits you."
    return (
        "Say how it felt after a gathering or a coffee, and this page will find out with you what suits you."
    )

"""Settings that suit the owner: where friends came from, and what gave or took energy. Counts and a sentence.

Settings stand in the order of the belief (docs/meet.md), people by name: nothing here is a ranking. An
occasion is one moment spent together, or one gathering however many moments it became.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amity.gatherings import queries as gatherings
from amity.gatherings.models import Attendance
from amity.moments import queries as moments
from amity.moments.models import TOGETHER, Felt, Moment, Participation, Setting
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.models import Person
from amity.storage.together import ask_together
from amity.ties.held import PerAlbum
from amity.ties.queries import Album
from amity.ties.words import listed, number

# The first seven are the belief's; what else an owner's moments name comes after them.
ORDER: tuple[str, ...] = tuple(Setting.values)
ENOUGH = 3  # occasions with a feeling, before a setting is said to suit
FEW = 6
_FELT = ("", *Felt.values)
_OCCASIONS = {
    "coffee shop": (gettext_lazy("coffee"), gettext_lazy("coffees")),
    "video call": (gettext_lazy("video call"), gettext_lazy("video calls")),
    "hotel bar": (gettext_lazy("time at a hotel bar"), gettext_lazy("times at a hotel bar")),
    "dinner party": (gettext_lazy("dinner"), gettext_lazy("dinners")),
    "festival or sporting event": (gettext_lazy("festival or game"), gettext_lazy("festivals and games")),
    "conference breakout": (gettext_lazy("breakout session"), gettext_lazy("breakout sessions")),
    "crowded room": (gettext_lazy("crowded room"), gettext_lazy("crowded rooms")),
    "office": (gettext_lazy("time at an office"), gettext_lazy("times at an office")),
    "online": (gettext_lazy("time online"), gettext_lazy("times online")),
    "other": (gettext_lazy("occasion elsewhere"), gettext_lazy("occasions elsewhere")),
}
_OWN = (gettext_lazy("occasion"), gettext_lazy("occasions"))  # the heading says the owner's name for it


@dataclass
class Suiting:
    """One setting: how often, how it felt, and the names of the friends first met there."""

    setting: str
    felt: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_FELT, 0))
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
        one, many = _OCCASIONS.get(self.setting, _OWN)
        count = self.occasions
        if not count:
            return ""
        said = {"number": number(count).capitalize(), "occasions": one if count == 1 else many}
        often = (
            _("%(number)s %(occasions)s so far") if count < FEW else _("%(number)s %(occasions)s")
        ) % said
        if not self.told:
            return ngettext(
                "%(often)s; you have not said how it felt.",
                "%(often)s; you have not said how they felt.",
                count,
            ) % {"often": often}
        said = {"often": often, "energy": self._energy()}
        if self.told >= ENOUGH:
            return _("%(often)s: %(energy)s.") % said
        return _("%(often)s: %(energy)s. Too few to tell.") % said

    def _energy(self) -> str:
        gave, took = self.felt[Felt.GAVE], self.felt[Felt.TOOK]
        parts = [_("%(number)s gave energy") % {"number": number(gave)}] if gave else []
        parts += [_("%(number)s took some") % {"number": number(took)}] if took else []
        rest = self.told - gave - took
        parts += [_("%(number)s did neither") % {"number": number(rest)}] if rest else []
        return ", ".join(parts)

    def _friendly(self) -> str:
        if not self.friends:
            return ""
        if len(self.friends) <= ENOUGH:
            return _("You met %(names)s this way.") % {"names": listed(self.friends)}
        return _("You met %(number)s friends this way, %(name)s among them.") % {
            "number": number(len(self.friends)),
            "name": self.friends[0],
        }


def settings(owner: Owner, ties: Album) -> list[Suiting]:
    """Give every setting that occurred until the day of an album, in the belief's order.

    Counted by one question after something was written into the book, however large it is.
    """
    return _counted_once.of(owner, ties)


def _count(owner: Owner, ties: Album) -> list[Suiting]:
    became = Attendance.objects.of(owner).exclude(moment=None)
    somewhere = _somewhere(owner).order_by().filter(day__lte=ties.day)
    past = gatherings.of(owner).filter(day__lte=ties.day).exclude(setting="").exclude(debriefed_on=None)
    alone = somewhere.exclude(pk__in=became.values("moment_id")).values_list("setting", "felt")
    *told, counts, firsts = ask_together(
        became.values_list("moment_id", "gathering_id"),
        somewhere.filter(pk__in=became.values("moment_id")).values_list("id", "setting", "felt"),
        past.order_by().values_list("id", "setting", "felt"),
        alone.annotate(often=Count("pk")),
        _first_meetings(owner, ties),
    )
    found: dict[str, Suiting] = {}
    for (setting, felt), often in (_gathered(*told) + _counted(counts)).items():
        found.setdefault(setting, Suiting(setting)).felt[felt] += often
    for setting, name in sorted((where, name) for where, name in firsts if where):
        found.setdefault(setting, Suiting(setting)).friends.append(name)
    known = [name for name in ORDER if name in found]
    return [found[name] for name in [*known, *sorted(set(found) - set(known))]]


_counted_once = PerAlbum(_count)


def of_setting(found: Iterable[Suiting], setting: str) -> Suiting:
    """Give what is known of one setting, which may be nothing."""
    return next((one for one in found if one.setting == setting), Suiting(setting))


def _gathered(
    became: list[tuple[int, int]], moments: list[tuple[int, str, str]], past: list[tuple[int, str, str]]
) -> Counter[tuple[str, str]]:
    """Count gatherings by (setting, feeling): what became of them, over which goes what a debrief says."""
    gathering_of = dict(became)
    told: dict[int, tuple[str, str]] = {}
    for key, setting, felt in moments:
        gathering = gathering_of[key]
        told[gathering] = (setting, felt or told.get(gathering, ("", ""))[1])
    told |= {gathering: (setting, felt) for gathering, setting, felt in past}
    return Counter(told.values())


def _counted(counts: list[tuple[str, str, int]]) -> Counter[tuple[str, str]]:
    return Counter({(setting, felt): often for setting, felt, often in counts})


def _somewhere(owner: Owner) -> QuerySet[Moment]:
    """Give the moments spent together in a setting.

    Not by day, and more than nothing instead of other than nothing: so a database takes the index of
    settings, of which most moments have none.
    """
    return moments.of(owner).filter(kind__in=TOGETHER, setting__gt="")


def _first_meetings(owner: Owner, ties: Album) -> QuerySet[Person, tuple[str, str]]:
    """Ask for (setting, name) of each friend; the setting is that of their first time together, or None."""
    friends = [person for person in ties.friends() if person in ties.sparked]
    together = Participation.objects.of(owner).filter(
        person=OuterRef("pk"), moment__kind__in=TOGETHER, moment__day__lte=ties.day
    )
    first = together.order_by("moment__day", "moment_id").values("moment__setting")[:1]
    found = people.of(owner).filter(remembered=False, pk__in=friends).annotate(where=Subquery(first))
    return found.values_list("where", "name")


def summary(found: list[Suiting]) -> str:
    """Say in a sentence what suits the owner, as far as one can tell."""
    giving = [_("elsewhere") if one.setting == Setting.OTHER else one.setting for one in found if one.gives]
    told = sum(one.told for one in found)
    if giving:
        return _("As far as %(number)s occasions can tell, you find energy in these: %(settings)s.") % {
            "number": number(told),
            "settings": ", ".join(giving),
        }
    if any(one.told >= ENOUGH for one in found):
        return _("You have said how it felt %(number)s times; no setting stands out so far.") % {
            "number": number(told)
        }
    if told:
        times = "time" if told == 1 else "times"
        return _("You have said how it felt %(number)s %(times)s; too few to tell what suits you.") % {
            "number": number(told),
            "times": times,
        }
    return _(
        "Say how it felt after a gathering or a coffee, and this page will find out with you what suits you."
    )

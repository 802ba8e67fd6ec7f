"""Questions about gatherings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from amity.gatherings.models import Attendance, Gathering
from amity.owner.models import Owner
from amity.people.models import Person
from amity.people.queries import NotFound

ASKED_FOR = timedelta(days=7)  # so long is a debrief offered; then the gathering rests
BIG = 9  # from so many people on, being there is not having been in touch


def of(owner: Owner) -> QuerySet[Gathering]:
    """Every gathering that was not called off, soonest first."""
    found = Gathering.objects.of(owner).filter(cancelled=False).exclude(answer="no")
    return found.order_by("day", F("starts_at").asc(nulls_first=True), "id")


@dataclass(frozen=True)
class GatheringRow:
    """A gathering as Today shows it; `names` are the guests, known or not."""

    uid: str
    title: str
    day: date
    last_day: date
    starts_at: datetime | None
    place: str
    kind: str
    names: list[str]


def on(owner: Owner, day: date) -> list[GatheringRow]:
    """The gatherings of one day, with who will be there: two questions however many they are."""
    guests = Prefetch(
        "attendances", Attendance.objects.exclude(answer="no").select_related("person").order_by("id")
    )
    found = of(owner).filter(day__lte=day, last_day__gte=day).prefetch_related(guests)
    return [
        GatheringRow(
            uid=one.uid,
            title=one.title,
            day=one.day,
            last_day=one.last_day,
            starts_at=one.starts_at,
            place=one.place,
            kind=one.kind,
            names=[
                guest.person.name if guest.person else guest.name or guest.email
                for guest in one.attendances.all()
            ],
        )
        for one in found
    ]


def last_with(person: Person, *, upto: date) -> Gathering | None:
    """The newest gathering a person was at until a day, however large."""
    there = of(person.owner).filter(attendances__person=person, last_day__lte=upto)
    return there.order_by("-last_day", "-id").first()


def get(owner: Owner, uid: str) -> Gathering:
    """Give one gathering by id, or by a title that only one gathering from today's list bears.

    Raises:
        NotFound: when there is none, or several.
    """
    every = Gathering.objects.of(owner).select_related("owner")
    found = every.filter(uid=uid).first()
    if found is not None:
        return found
    titled = list(every.filter(title__iexact=uid.strip(), cancelled=False)[:2])
    if len(titled) != 1:
        several = _("There is more than one gathering called %(title)r here.")
        none = _("There is no gathering called %(title)r here.")
        raise NotFound((several if titled else none) % {"title": uid[:60]})
    return titled[0]


def coming(owner: Owner, day: date) -> QuerySet[Gathering]:
    """The gatherings that are not over on a day, soonest first; sessions stand with their conference."""
    return of(owner).filter(last_day__gte=day, part_of="").select_related("owner")


def past(owner: Owner, day: date) -> QuerySet[Gathering]:
    """The gatherings that are over, newest first."""
    return of(owner).filter(last_day__lt=day, part_of="").order_by("-last_day", "-id").select_related("owner")


def sessions_of(gathering: Gathering) -> QuerySet[Gathering]:
    """The sessions of a conference, soonest first."""
    return of(gathering.owner).filter(part_of=gathering.uid)


def to_debrief(owner: Owner, *, now: datetime) -> list[Gathering]:
    """The gatherings of the last week that had people in them and wait for a word, newest first."""
    today = owner.today(now)
    over = Q(ends_at__lte=now) | Q(ends_at=None, last_day__lt=today) | Q(ends_at=None, starts_at__lte=now)
    recent = of(owner).filter(over, debriefed_on=None, last_day__gte=today - ASKED_FOR)
    return list(
        recent.filter(Exists(Attendance.objects.filter(gathering=OuterRef("pk")))).order_by("-day", "-id")
    )


def guests(gathering: Gathering) -> QuerySet[Attendance]:
    """Everybody on the list who did not decline: people of the book first, then by name."""
    return _in_order(gathering.attendances.all())


def guests_of(owner: Owner, several: Iterable[Gathering]) -> defaultdict[int, list[Attendance]]:
    """Give the same for several gatherings at once, by their keys."""
    found: defaultdict[int, list[Attendance]] = defaultdict(list)
    for guest in _in_order(Attendance.objects.of(owner).filter(gathering__in=list(several))):
        found[guest.gathering_id].append(guest)
    return found


def _in_order(found: QuerySet[Attendance]) -> QuerySet[Attendance]:
    there = found.exclude(answer="no").select_related("person")
    return there.order_by(F("person").asc(nulls_last=True), "name", "id")


def big_ones(owner: Owner, *, since: date, upto: date) -> QuerySet[Gathering]:
    """The gatherings of many people that ended between two days."""
    return of(owner).filter(size__gte=BIG, last_day__gte=since, last_day__lte=upto, part_of="")

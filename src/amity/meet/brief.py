"""The brief of a gathering: what one would like to read in the taxi.

What it chose (whom to look forward to) is made the evening before and kept; everything else is read when
it is opened, so that a promise kept an hour ago is not in it any more. Sensitive facts are never in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amity.gatherings import queries as gatherings
from amity.gatherings.models import Attendance, Gathering
from amity.meet import curiosity, suiting
from amity.meet.guests import Company, Known, company, known
from amity.meet.looking_forward import LookForward, choose
from amity.meet.models import Brief
from amity.owner.models import Owner
from amity.people.models import Person
from amity.storage.together import ask_together
from amity.ties.actions import log_suggestions
from amity.ties.queries import Album, album


@dataclass(frozen=True)
class BriefPage:
    """A brief as doors show it. `also` are further guests; `made_on` is None when nothing was kept."""

    gathering: Gathering
    sessions: list[Gathering]
    known: list[Known]
    also: list[Attendance]
    look_forward: LookForward | None
    questions: list[str]
    energy: str
    exit: str
    made_on: date | None

    @property
    def guests(self) -> int:
        """Give how many are on the list."""
        return len(self.known) + len(self.also)


def brief(gathering: Gathering, day: date) -> BriefPage:
    """Read the brief of a gathering; it changes nothing."""
    ties = album(gathering.owner, day)
    there = company(gathering, ties)
    made = Brief.objects.of(gathering.owner).filter(gathering=gathering).order_by("id")
    briefs, sessions = ask_together(
        made.select_related("guest__person")[:1], gatherings.sessions_of(gathering)
    )
    kept = briefs[0] if briefs else None
    chosen = _as_kept(kept, there) or choose(there, gathering.uid)
    return BriefPage(
        gathering=gathering,
        sessions=sessions,
        known=_first_the_chosen(there.known, chosen),
        also=[*there.also_known, *there.new],
        look_forward=chosen,
        questions=curiosity.questions(gathering.questions.splitlines(), there.known, gathering.uid),
        energy=_energy(gathering, ties),
        exit=curiosity.exit_for(gathering.setting),
        made_on=kept.made_on if kept else None,
    )


@dataclass(frozen=True)
class PersonBrief:
    """What to read before meeting one person."""

    known: Known
    questions: list[str]
    exit: str


def before(person: Person, day: date) -> PersonBrief:
    """Read what one would like to know before meeting one person; it changes nothing."""
    one = known(person, day)
    questions = curiosity.questions([], [one], f"{person.uid}{day}")
    return PersonBrief(one, questions, curiosity.exit_for(""))


def _as_kept(kept: Brief | None, there: Company) -> LookForward | None:
    """Give what was chosen the evening before, unless that guest may not be suggested any more."""
    if kept is None or kept.guest is None:
        return None
    for one in there.known:
        if one.guest.pk == kept.guest_id:
            return LookForward(one.guest, one.row.name, kept.why)
    new = next((guest for guest in there.new if guest.pk == kept.guest_id and guest.person_id is None), None)
    return LookForward(new, new.name or new.email, kept.why) if new else None


def _first_the_chosen(known: list[Known], chosen: LookForward | None) -> list[Known]:
    return sorted(known, key=lambda one: chosen is None or one.guest.pk != chosen.guest.pk)


def _energy(gathering: Gathering, ties: Album) -> str:
    """Say what is known of the owner's energy in this setting, with the friends it brought."""
    found = suiting.settings(gathering.owner, ties)
    here = suiting.of_setting(found, gathering.setting)
    return here.words or suiting.summary(found)


def prepare(owner: Owner, *, now: datetime) -> int:
    """Make the briefs of tomorrow's gatherings; give how many were made. Once made, a brief stays."""
    tomorrow = owner.today(now) + timedelta(days=1)
    waiting = gatherings.of(owner).filter(day=tomorrow, brief=None).select_related("owner")
    return sum(_make(gathering, tomorrow) for gathering in waiting)


def _make(gathering: Gathering, day: date) -> bool:
    chosen = choose(company(gathering, album(gathering.owner, day)), gathering.uid)
    if chosen is None:
        return False
    made_on = day - timedelta(days=1)
    Brief.objects.create(
        owner=gathering.owner, gathering=gathering, guest=chosen.guest, why=chosen.why[:500], made_on=made_on
    )
    if chosen.guest.person_id is not None:
        log_suggestions(gathering.owner, [chosen.guest.person_id], day=day)
    return True


def next_one(owner: Owner, *, now: datetime) -> Gathering | None:
    """Give the gathering that is on or comes next, by its hour where it has one."""
    today = owner.today(now)
    soon = gatherings.coming(owner, today).exclude(ends_at__lte=now)
    return soon.first()

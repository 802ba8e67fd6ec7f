"""The debrief: who was there, whom the owner enjoyed talking to, how it felt. One form records everybody.

Only a *yes* becomes anything: one confirmed moment with everybody enjoyed, linked from their attendance. *Not
really* and *didn't talk* are told apart by nobody after the form is gone: both leave that the person was
there. Told again, the form says the same or mends what was said, so sending it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from amity.formats.identities import normal_email
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import Writing, deed
from amity.moments.actions import Told, record
from amity.moments.models import Felt, Moment, Participation
from amity.owner.actions import NotPossible
from amity.people.actions import add, add_way, clean, keep
from amity.people.identity import person_with
from amity.people.models import Person
from amity.storage.folded import fold

YES, NOT_REALLY, DIDNT_TALK = "yes", "not really", "didn't talk"
ANSWERS = (YES, NOT_REALLY, DIDNT_TALK)


@dataclass(frozen=True)
class Said:
    """What the form says. ``answers`` and ``sparks`` go by a guest's uid; ``also`` names others enjoyed.

    ``sparks`` maps a guest to kind -> the owner's words, and counts for those answered *yes* only.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    sparks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    also: Sequence[str] = ()
    felt: str = ""
    line: str = ""


def debrief(gathering: Gathering, said: Said, *, today: date) -> list[Person]:
    """Write down a debrief; give the people the owner enjoyed. It is complete as it stands.

    Raises:
        NotPossible: for an answer or a feeling that is not one; nothing is changed then.
    """
    _check(said)
    day = max(gathering.day, min(today, gathering.last_day))
    with deed(
        gathering.owner, "debrief", _("Looked back on %(title)s.") % {"title": gathering.title}
    ) as writing:
        answered = list(gathering.attendances.filter(uid__in=list(said.answers)).select_related("person"))
        enjoyed = [guest for guest in answered if said.answers[guest.uid] == YES]
        enjoyed += [guest for guest in _also(writing, gathering, said.also) if guest not in enjoyed]
        met = [_met(writing, guest, day) for guest in enjoyed]
        _sort(writing, gathering, enjoyed, answered, said, day)
        for guest, person in zip(enjoyed, met, strict=True):
            if sparks := said.sparks.get(guest.uid):
                keep(person, day=today, sparks=sparks)
        line = clean(said.line)
        writing.change(gathering, felt=said.felt, line=line, debriefed_on=gathering.debriefed_on or today)
    return met


def _check(said: Said) -> None:
    for answer in said.answers.values():
        if answer not in ANSWERS:
            raise NotPossible(
                _("%(answer)r is not an answer; it is one of %(answers)s.")
                % {"answer": answer[:40], "answers": ", ".join(ANSWERS)}
            )
    if said.felt not in ["", *Felt.values]:
        raise NotPossible(_("%(felt)r is not a feeling.") % {"felt": said.felt[:40]})


def _also(writing: Writing, gathering: Gathering, names: Sequence[str]) -> list[Attendance]:
    """Find those who were named on the list, and put the others on it."""
    found = []
    for name in filter(None, (clean(name, 300) for name in names)):
        guest = next((one for one in _named(gathering, name)), None)
        if guest is None:
            guest = writing.make(Attendance(owner=gathering.owner, gathering=gathering, name=name))
            writing.change(gathering, size=gathering.size + 1)
        found.append(guest)
    return list(dict.fromkeys(found))


def _named(gathering: Gathering, name: str) -> list[Attendance]:
    guests = gathering.attendances.select_related("person").order_by("id")
    return [
        one for one in guests if fold(name) in {fold(one.name), fold(one.person.name) if one.person else ""}
    ]


def _met(writing: Writing, guest: Attendance, day: date) -> Person:
    """Make sure somebody enjoyed is a person of the book."""
    person = guest.person or person_with(guest.owner, "email", guest.email, name=guest.name)
    if person is None:
        name = guest.name or guest.email.split("@", 1)[0]
        person = add(guest.owner, name, how_met=f"At {guest.gathering.title}", met_on=day)
        if normal_email(guest.email):
            add_way(person, "email", guest.email)
    writing.change(guest, person_id=person.pk, maybe=False)
    return person


def _sort(
    writing: Writing,
    gathering: Gathering,
    enjoyed: list[Attendance],
    answered: list[Attendance],
    said: Said,
    day: date,
) -> None:
    """Put those enjoyed into the debrief's moment, and take everybody else answered for out of any."""
    moment = of_gathering(gathering)
    if enjoyed:
        moment = _moment(writing, gathering, moment, enjoyed, said, day)
    others = [guest for guest in answered if guest not in enjoyed]
    for guest in others:
        _take_out(writing, guest, guest.moment)
    for guest in enjoyed:
        if guest.moment_id != getattr(moment, "pk", None):
            _take_out(writing, guest, guest.moment)
        _put_in(writing, guest, moment)
    for guest in [*enjoyed, *others]:
        writing.change(guest, there=True)


def of_gathering(gathering: Gathering) -> Moment | None:
    """Give the moment that a gathering's debrief became, None before there is one."""
    return Moment.objects.of(gathering.owner).keyed([_key(gathering)]).first()


def _key(gathering: Gathering) -> str:
    return f"debrief:{gathering.uid}"


def _moment(
    writing: Writing,
    gathering: Gathering,
    moment: Moment | None,
    enjoyed: list[Attendance],
    said: Said,
    day: date,
) -> Moment:
    text = clean(said.line) or gathering.title
    if moment is not None:
        return writing.change(moment, text=text, felt=said.felt)
    told = Told(
        kind=gathering.kind,
        setting=gathering.setting,
        text=text,
        felt=said.felt,
        at=gathering.starts_at if day == gathering.day else None,
        key=_key(gathering),
    )
    made = record(gathering.owner, [], day=day, told=told)
    return writing.change(made, size=max(gathering.size, len(enjoyed) + 1))


def _put_in(writing: Writing, guest: Attendance, moment: Moment | None) -> None:
    if moment is None or guest.person is None:
        return
    writing.about(guest.person)
    if not Participation.objects.filter(moment=moment, person=guest.person).exists():
        writing.make(Participation(owner=guest.owner, moment=moment, person=guest.person))
    writing.change(guest, moment_id=moment.pk)


def _take_out(writing: Writing, guest: Attendance, moment: Moment | None) -> None:
    """Take a guest out of the moment their attendance became; a moment with nobody left goes too."""
    if moment is None:
        return
    writing.change(guest, moment_id=None)
    for participation in Participation.objects.filter(moment=moment, person=guest.person).select_related(
        "person"
    ):
        writing.about(participation.person)
        writing.remove(participation)
    if not moment.participations.exists():
        writing.remove(moment)

"""Planning a day and answering its nudges."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amity.journal.actions import deed, lock
from amity.moments.actions import Told, record
from amity.moments.models import WRITTEN, Direction
from amity.nudges.candidate import Offer
from amity.nudges.choosing import AT_MOST, propose
from amity.nudges.models import Energy, Nudge, NudgeState, Plan
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import rest
from amity.people.models import Person
from amity.ties.actions import log_suggestions

REST_DAYS = 90


def plan(owner: Owner, day: date, energy: str = "") -> Plan:
    """Plan a day once; asked again it gives the same plan, asked with another energy it chooses anew.

    A plan that found nobody is looked at again, for the book may have grown since. What the owner
    has already answered stays as it is.

    Raises:
        NotPossible: for an energy that is not rest, low or usual.
    """
    check_energy(energy)
    with transaction.atomic():
        lock(owner)
        found = Plan.objects.of(owner).filter(day=day).first()
        if found is not None and energy in {"", found.energy} and found.nudges.exists():
            return found
        energy = energy or (found.energy if found else _energy_of(owner, day))
        made = found or Plan.objects.create(owner=owner, day=day, energy=energy)
        Plan.objects.filter(pk=made.pk).update(energy=energy)
        made.energy = energy
        made.nudges.filter(state=NudgeState.OFFERED).delete()
        _write(made, propose(owner, day, energy))
    return made


def _energy_of(owner: Owner, day: date) -> str:
    return Energy.REST if day.weekday() in owner.quiet_days else Energy.USUAL


def check_energy(energy: str) -> None:
    """Refuse what is not an energy; empty means as planned.

    Raises:
        NotPossible: for an energy that is not rest, low or usual.
    """
    if energy and energy not in Energy.values:
        raise NotPossible(
            _("%(energy)r is not an energy; it is one of %(energies)s.")
            % {"energy": energy[:40], "energies": ", ".join(Energy.values)}
        )


def _write(made: Plan, offers: list[Offer]) -> None:
    answered = set(made.nudges.values_list("person_id", flat=True))
    fresh = [offer for offer in offers if offer.person not in answered][: AT_MOST - len(answered)]
    uids = dict(Person.objects.filter(pk__in=[offer.person for offer in fresh]).values_list("pk", "uid"))
    Nudge.objects.bulk_create(
        [
            Nudge(
                owner=made.owner,
                uid=nudge_uid(made.owner, made.day, uids[offer.person]),
                plan=made,
                person_id=offer.person,
                reason=offer.reason,
                why=offer.why[:500],
                opener=offer.opener[:500],
                medium=offer.medium,
                cost=offer.cost,
                position=position,
            )
            for position, offer in enumerate(fresh)
        ]
    )
    log_suggestions(made.owner, [offer.person for offer in fresh], day=made.day)


def nudge_uid(owner: Owner, day: date, person: str) -> str:
    """Give the id of a nudge: one for each person and day, whether it was written down or only proposed."""
    said = f"{day.isoformat()} {person}".encode()
    return hmac.new(bytes(owner.key), said, hashlib.sha256).hexdigest()[:12]


def done(nudge: Nudge, *, today: date) -> Nudge:
    """Say that it happened: a moment is written, which the message itself will join when it is imported.

    Raises:
        NotPossible: when the nudge was answered before.
    """
    direction = Direction.OUT if nudge.medium in WRITTEN else ""
    with deed(nudge.owner, "nudge done", _("Done: %(name)s.") % {"name": nudge.person.name}) as writing:
        _refuse_answered(nudge)
        writing.change(nudge, state=NudgeState.DONE)
        told = Told(kind=nudge.medium, direction=direction, key=f"nudge:{nudge.uid}")
        record(nudge.owner, [nudge.person], day=today, told=told)
    return nudge


def skip(nudge: Nudge) -> Nudge:
    """Say not today. It costs nothing.

    Raises:
        NotPossible: when the nudge was answered before.
    """
    with deed(nudge.owner, "nudge skip", _("Not today: %(name)s.") % {"name": nudge.person.name}) as writing:
        _refuse_answered(nudge)
        return writing.change(nudge, state=NudgeState.SKIPPED)


def let_rest(nudge: Nudge, *, today: date) -> Nudge:
    """Leave the tie in peace for a season.

    Raises:
        NotPossible: when the nudge was answered before.
    """
    with deed(
        nudge.owner, "nudge rest", _("Let it rest: %(name)s.") % {"name": nudge.person.name}
    ) as writing:
        _refuse_answered(nudge)
        rest(nudge.person, starts=today, ends=today + timedelta(days=REST_DAYS))
        return writing.change(nudge, state=NudgeState.RESTING)


def _refuse_answered(nudge: Nudge) -> None:
    """Look again, now that the book is held: a second tap may have waited for the first."""
    nudge.refresh_from_db(fields=["state"])
    if nudge.state != NudgeState.OFFERED:
        raise NotPossible(_("That nudge has been answered already; it can be undone instead."))

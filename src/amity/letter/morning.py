"""The mail of a morning: one sentence to the owner, when they asked for it and there is something to say.

It is never a catch-up: what did not leave on its day is not sent on another.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from amity.letter import dress
from amity.letter.models import Letterhead, Morning
from amity.letter.setting_up import private_address, stop_private
from amity.moments.queries import open_promises
from amity.nudges.actions import plan
from amity.nudges.birthdays import birthdays
from amity.nudges.models import Energy, NudgeState
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.queries import reachable
from amity.post import actions as post
from amity.post.address import is_address
from amity.post.models import Mailing, MailingKind, MailingState
from amity.post.queries import box


def morning_of(owner: Owner) -> Morning:
    """Give how the owner's mornings are set up; one that was never touched is off and not saved."""
    return Morning.objects.of(owner).select_related("owner").first() or Morning(owner=owner)


def address_of(morning: Morning) -> str:
    """Give where it goes: where the owner said, or where the private letter goes."""
    owner = morning.owner
    head = Letterhead.objects.of(owner).select_related("owner").first() or Letterhead(owner=owner)
    return morning.address or private_address(head)


def set_morning(owner: Owner, *, on: bool, at: time, address: str) -> Morning:
    """Turn the mail of the morning on or off, and say when and where it comes.

    Raises:
        NotPossible: for an address that is none, or when it is on and there is none at all.
    """
    if address and not is_address(address):
        raise NotPossible(_("That does not look like an e-mail address."))
    morning = morning_of(owner)
    morning.on, morning.at, morning.address = on, at, address
    if on and not address_of(morning):
        raise NotPossible(_("Say which address it shall come to."))
    if not on:
        _let_none_leave(owner)
    morning.save()
    return morning


def stop_morning(owner: Owner) -> None:
    """Stop it in one step; what waits to leave stays too."""
    Morning.objects.of(owner).update(on=False)
    _let_none_leave(owner)


# What ends the mail of a kind, for a link or a reply that says no more; the keys are of ``MailingKind``.
STOPS: dict[str, Callable[[Owner], None]] = {
    MailingKind.OWN: stop_private,
    MailingKind.TODAY: stop_morning,
}


def write_morning(owner: Owner, *, now: datetime) -> Mailing | None:
    """Queue the sentence of today once its hour has come; None when it was dealt with, or nothing is to say.

    A machine that was off makes up for it on the same day only. The day is taken before the mail is queued,
    so no second process and no clock change sends two.
    """
    morning, day = morning_of(owner), owner.today(now)
    if morning.day and morning.day < day:
        _let_none_leave(owner)
    if not morning.on or not settings.AMITY_SMTP or now < datetime.combine(day, morning.at, owner.tz):
        return None
    mine = Morning.objects.filter(Q(day=None) | Q(day__lt=day), pk=morning.pk, on=True)
    with transaction.atomic():
        if not mine.update(day=day):
            return None
        to, said = address_of(morning), sentence(owner, day)
        if not said or not to or box(owner).paused:
            return None
        return post.queue(owner, post.TODAY, dress.morning(said, day), [post.Recipient(to, owner.name)])


def _let_none_leave(owner: Owner) -> None:
    """Cancel what an earlier morning left waiting: its sentence is not true any more."""
    Mailing.objects.of(owner).filter(kind=MailingKind.TODAY, state=MailingState.OPEN).update(
        state=MailingState.CANCELLED
    )


def sentence(owner: Owner, day: date) -> str:
    """Give the one sentence of a day, '' on a day of rest, a quiet or an empty one."""
    if day.weekday() in owner.quiet_days or (planned := plan(owner, day)).energy == Energy.REST:
        return ""
    offered = planned.nudges.filter(state=NudgeState.OFFERED, person__in=reachable(owner, day))
    if first := offered.order_by("position", "id").first():
        return first.why
    if born := birthdays(owner, day, day):
        return _("It is %(name)s's birthday today.") % {"name": born[0].name}
    due = open_promises(owner).filter(due=day, person__remembered=False).first()
    said = {"what": due.text, "name": due.person.name} if due else {}
    return _("For today you said you would: %(what)s (%(name)s).") % said if due else ""

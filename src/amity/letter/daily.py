"""A mail to the owner at an hour of the day: asked for, ended in one step, queued once.

It is never a catch-up: what did not leave on its day is not sent on another.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from amity.letter.models import Daily, Evening, Letterhead, Morning
from amity.letter.setting_up import private_address, stop_private
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.post import actions as post
from amity.post.address import is_address
from amity.post.models import Mailing, MailingKind, MailingState
from amity.post.queries import box


def daily(owner: Owner, which: type[Daily]) -> Daily:
    """Give how one of the two is set up; one that was never touched is off and not saved."""
    return which.objects.of(owner).select_related("owner").first() or which(owner=owner)


def address_of(mail: Daily) -> str:
    """Give where it goes: where the owner said, or where the private letter goes."""
    owner = mail.owner
    head = Letterhead.objects.of(owner).select_related("owner").first() or Letterhead(owner=owner)
    return mail.address or private_address(head)


def set_daily(owner: Owner, which: type[Daily], *, on: bool, at: time, address: str) -> Daily:
    """Turn one of the two on or off, and say when and where it comes.

    Raises:
        NotPossible: for an address that is none, or when it is on and there is none at all.
    """
    if address and not is_address(address):
        raise NotPossible(_("That does not look like an e-mail address."))
    mail = daily(owner, which)
    mail.on, mail.at, mail.address = on, at, address
    if on and not address_of(mail):
        raise NotPossible(_("Say which address it shall come to."))
    if not on:
        _let_none_leave(owner, which)
    mail.save()
    return mail


def stop(owner: Owner, which: type[Daily]) -> None:
    """Stop one of the two in one step; what waits to leave stays too."""
    which.objects.of(owner).update(on=False)
    _let_none_leave(owner, which)


# What ends the mail of a kind, for a link or a reply that says no more; the keys are of ``MailingKind``.
STOPS: dict[str, Callable[[Owner], None]] = {
    MailingKind.OWN: stop_private,
    Morning.kind: partial(stop, which=Morning),
    Evening.kind: partial(stop, which=Evening),
}


def queue_once(
    owner: Owner, which: type[Daily], write: Callable[[Daily, date], post.Content | None], *, now: datetime
) -> Mailing | None:
    """Queue today's once its hour has come; None when it was dealt with, or nothing is to say.

    A machine that was off makes up for it on the same day only. The day is taken before the mail is queued,
    so no second process and no clock change sends two.
    """
    mail, day = daily(owner, which), owner.today(now)
    if mail.day and mail.day < day:
        _let_none_leave(owner, which)
    if not mail.on or not settings.AMITY_SMTP or now < datetime.combine(day, mail.at, owner.tz):
        return None
    mine = which.objects.filter(Q(day=None) | Q(day__lt=day), pk=mail.pk, on=True)
    with transaction.atomic():
        if not mine.update(day=day):
            return None
        to, content = address_of(mail), write(mail, day)
        if content is None or not to or box(owner).paused:
            return None
        return post.queue(owner, which.kind, content, [post.Recipient(to, owner.name)])


def _let_none_leave(owner: Owner, which: type[Daily]) -> None:
    """Cancel what an earlier day left waiting: what it says is not true any more."""
    Mailing.objects.of(owner).filter(kind=which.kind, state=MailingState.OPEN).update(
        state=MailingState.CANCELLED
    )

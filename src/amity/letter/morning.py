"""The mail of a morning: one sentence to the owner, when they asked for it and there is something to say."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from amity.letter import dress
from amity.letter.daily import queue_once
from amity.letter.models import Daily, Morning
from amity.moments.queries import open_promises
from amity.nudges.actions import plan
from amity.nudges.birthdays import birthdays
from amity.nudges.models import Energy
from amity.nudges.queries import offered
from amity.owner.models import Owner
from amity.post.actions import Content
from amity.post.models import Mailing


def write_morning(owner: Owner, *, now: datetime) -> Mailing | None:
    """Queue the sentence of today once its hour has come."""
    return queue_once(owner, Morning, _content, now=now)


def _content(morning: Daily, day: date) -> Content | None:
    said = sentence(morning.owner, day)
    return dress.morning(said, day) if said else None


def sentence(owner: Owner, day: date) -> str:
    """Give the one sentence of a day, '' on a day of rest, a quiet or an empty one."""
    if day.weekday() in owner.quiet_days or plan(owner, day).energy == Energy.REST:
        return ""
    if first := offered(owner, day).first():
        return first.why
    if born := birthdays(owner, day, day):
        return _("It is %(name)s's birthday today.") % {"name": born[0].name}
    due = open_promises(owner).filter(due=day, person__remembered=False).first()
    said = {"what": due.text, "name": due.person.name} if due else {}
    return _("For today you said you would: %(what)s (%(name)s).") % said if due else ""

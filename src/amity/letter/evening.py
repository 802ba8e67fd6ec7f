"""The mail of an evening: how was the gathering that is over? On the screen Today asks it too, for a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amity.gatherings.models import Gathering
from amity.gatherings.queries import to_debrief
from amity.letter import dress
from amity.letter.daily import queue_once
from amity.letter.models import Daily, Evening
from amity.owner.models import Owner
from amity.post.actions import Content
from amity.post.models import Mailing


def write_evening(owner: Owner, *, now: datetime) -> Mailing | None:
    """Queue the question of today once its hour has come."""
    return queue_once(owner, Evening, _content, now=now)


def _content(evening: Daily, day: date) -> Content | None:
    found = asked_about(evening, day)
    return dress.evening(found, day) if found else None


def asked_about(evening: Daily, day: date) -> list[Gathering]:
    """Give what ended since this hour of the day before and waits for a word; nothing on a quiet day.

    A dinner that goes on past the hour is asked about on the next evening, and none is on two.
    """
    owner = evening.owner
    if day.weekday() in owner.quiet_days:
        return []
    before, now = (datetime.combine(one, evening.at, owner.tz) for one in (day - timedelta(days=1), day))
    over_before = {one.pk for one in to_debrief(owner, now=before)}
    return [one for one in to_debrief(owner, now=now) if one.pk not in over_before]

"""Questions about the owner's own words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

from django.db.models import QuerySet

from amity.checkins.models import Checkin, NotNow
from amity.gatherings.queries import big_ones
from amity.owner.models import Owner
from amity.storage.wording import Questions, worded_once

FORTNIGHT, AFTERWARDS = timedelta(days=14), timedelta(days=3)


def words(owner: Owner) -> list[Checkin]:
    """Give every completion of "Networking is ___", oldest first."""
    return list(Checkin.objects.of(owner).order_by("day", "id"))


def newest_first(owner: Owner) -> QuerySet[Checkin]:
    """Ask for the owner's words, the newest first."""
    return Checkin.objects.of(owner).order_by("-day", "-id")


def newest(owner: Owner) -> Checkin | None:
    """Give the owner's newest word."""
    return newest_first(owner).first()


def is_due(owner: Owner, day: date) -> bool:
    """Tell whether to ask for a word: at first, then once a fortnight at most, and after a big gathering.

    *Not now* counts as an answer. After a gathering of many people the owner is asked once, for three days.
    """
    last = _last_asked(owner)
    if last is None or day - last >= FORTNIGHT:
        return True
    since = max(last, day - AFTERWARDS)
    return big_ones(owner, since=since, upto=day - timedelta(days=1)).exists()


def _last_asked(owner: Owner) -> date | None:
    return max(chain(*_answers(owner)), default=None)


@worded_once
def _answers(owner: Owner) -> Questions:
    return [
        model.objects.of(owner).order_by("-day").values_list("day", flat=True)[:1]
        for model in (Checkin, NotNow)
    ]

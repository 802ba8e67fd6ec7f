"""What a calendar program may read of the book: birthdays, promises with a day, and whom Today suggests.

Names and the owner's own words of a promise; no fact, moment or message. Nothing is planned by reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from amity.formats.ics_writer import write_calendar
from amity.formats.records import Event
from amity.moments.models import Promise, PromiseState
from amity.nudges.birthdays import birthdays
from amity.nudges.models import Feed, Nudge, NudgeState, new_token
from amity.owner.address import Reach, own
from amity.owner.models import Owner
from amity.people.queries import reachable


def feed_of(owner: Owner) -> Feed | None:
    """Give the owner's feed, None while there is none."""
    return Feed.objects.of(owner).first()


def renew(owner: Owner) -> Feed:
    """Make a feed at a new address; the old address is nobody's from then on."""
    return Feed.objects.update_or_create(owner=owner, defaults={"token": new_token()})[0]


def end(owner: Owner) -> None:
    """End the feed."""
    Feed.objects.of(owner).delete()


def address(feed: Feed) -> str:
    """Give the whole address of a feed."""
    return f"{settings.AMITY_URL}/feed/{feed.token}.ics"


def is_far_reaching() -> bool:
    """Tell whether the address means anything on another machine than this one."""
    return own().reach is not Reach.HERE


def owner_by(token: str) -> Owner | None:
    """Give the owner whose feed has this address."""
    found = Feed.objects.filter(token=token, owner__is_active=True).select_related("owner").first()
    return found.owner if found else None


def calendar(owner: Owner, today: date) -> bytes:
    """Give the feed as a calendar file: this year and the next, each thing for a whole day.

    The same book on the same day gives the same bytes.
    """
    first, last = date(today.year, 1, 1), date(today.year + 1, 12, 31)
    events = [*_birthdays(owner, first, last), *_promises(owner, last), *_suggested(owner, today)]
    return write_calendar(events, name="Amity")


def _birthdays(owner: Owner, first: date, last: date) -> Iterator[Event]:
    for one in birthdays(owner, first, last):
        yield _all_day(f"birthday-{one.uid}-{one.day.year}", one.day, _("Birthday: %s") % one.name)


def _promises(owner: Owner, last: date) -> Iterator[Event]:
    waiting = Promise.objects.of(owner).filter(state=PromiseState.OPEN, due__lte=last)
    waiting = waiting.filter(person__trashed_at=None, person__remembered=False).select_related("person")
    for one in waiting.order_by("due", "uid"):
        if one.due:
            title = _("You said you would: %(what)s (%(name)s)")
            yield _all_day(f"promise-{one.uid}", one.due, title % {"what": one.text, "name": one.person.name})


def _suggested(owner: Owner, today: date) -> Iterator[Event]:
    offered = Nudge.objects.of(owner).filter(plan__day=today, state=NudgeState.OFFERED)
    offered = offered.filter(person__in=reachable(owner, today)).select_related("person")
    for one in offered.order_by("position", "id"):
        yield _all_day(f"nudge-{one.uid}", today, _("A word to %s, perhaps") % one.person.name)


def _all_day(key: str, day: date, title: str) -> Event:
    return Event("", f"{key}@amity.invalid", title, day, day + timedelta(days=1))

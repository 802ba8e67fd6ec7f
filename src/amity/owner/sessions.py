"""Where an owner is signed in: their sessions, each known by a name that opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac

from amity.owner.access import OWN_BOOK, PHONE, SINCE
from amity.owner.actions import forget_device
from amity.owner.models import Owner

SEEN, BROWSER = "seen", "browser"  # what a session remembers of itself
HOUR = 60 * 60
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """A browser in which the book is open. ``browser`` and ``system`` are '' when it does not say."""

    uid: str
    browser: str
    system: str
    since: datetime | None
    seen: datetime | None
    phone: str


def begin(session: SessionBase, agent: str) -> None:
    """Note in a new session which browser it is in, and since when."""
    now = timezone.now().timestamp()
    session.update({SINCE: now, SEEN: now, BROWSER: agent[:200]})


def notice(session: SessionBase) -> None:
    """Note, at most once an hour, that a session is in use."""
    now = timezone.now().timestamp()
    if now - session.get(SEEN, now) > HOUR:
        session[SEEN] = now


def name_of(key: str | None) -> str:
    """Give the name by which a page speaks of a session: its key would open the book."""
    return salted_hmac("amity.session", key or "").hexdigest()[:16]


def signed_in(owner: Owner) -> list[SignedIn]:
    """Give where the owner is signed in, what was used last first."""
    found = [_seen(one.pk, told) for one, told in _of(owner)]
    return sorted(found, key=lambda one: (one.seen is not None, one.seen, one.uid), reverse=True)


def close(owner: Owner, *, only: str = "", but: str = "") -> None:
    """Close the book where it is open: in one browser by its name, or in every one but one.

    A phone is forgotten and keeps its session, so that it is told to throw its copy away when it comes by.
    """
    for one in signed_in(owner):
        if (one.uid == only) if only else (one.uid != but):
            _close(owner, one)


def _close(owner: Owner, one: SignedIn) -> None:
    if one.phone:
        forget_device(owner, one.phone)
    else:
        end(owner, only=one.uid)


def end(owner: Owner, *, only: str = "") -> None:
    """End one session of the owner's by its name, or all of them."""
    mine = [one.pk for one, _told in _of(owner) if only in {"", name_of(one.pk)}]
    Session.objects.filter(pk__in=mine).delete()


def forget_ended() -> None:
    """Forget the sessions that ran out, whosever they were."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def _of(owner: Owner) -> Iterator[tuple[Session, dict[str, object]]]:
    """Look into every session there is: what one holds is known only to itself."""
    for one in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        told = one.get_decoded()
        if str(owner.pk) in {str(told[name]) for name in (SESSION_KEY, OWN_BOOK) if name in told}:
            yield one, told


def _seen(key: str, told: dict[str, object]) -> SignedIn:
    agent = str(told.get(BROWSER, ""))
    return SignedIn(
        uid=name_of(key),
        browser=_first(_BROWSERS, agent),
        system=_first(_SYSTEMS, agent),
        since=_instant(told.get(SINCE)),
        seen=_instant(told.get(SEEN)),
        phone=str(told.get(PHONE, "")),
    )


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")


def _instant(stamp: object) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int | float) else None

"""What a request says: whose it is, which day it is for them, and what their form holds."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from amity.moments.own_settings import setting_called
from amity.owner.access import OwnersRequest
from amity.owner.actions import NotPossible

NUMBER_DIGITS = 4


class Clash(NotPossible):
    """A line was changed since the form was drawn: both texts are shown, and the owner chooses."""

    status = 409


class Request(OwnersRequest):
    """An owner's request. ``today`` is the date where the owner is."""

    today: date
    htmx: HtmxDetails


def said(request: HttpRequest, name: str) -> str:
    """Give what a field of the form holds, '' when it is not there."""
    return request.POST.get(name, "").replace("\0", "").strip()  # PostgreSQL holds no NUL


def day_said(request: HttpRequest, name: str, otherwise: date | None = None) -> date | None:
    """Give the day a field holds.

    Raises:
        NotPossible: when it is no day of the years 1800 to 2100.
    """
    text = said(request, name)
    if not text:
        return otherwise
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotPossible(_("That is not a day; write it like 2026-05-03.")) from None
    if not 1800 <= day.year <= 2100:  # noqa: PLR2004  (what every room takes for a year)
        raise NotPossible(_("Days lie between the years 1800 and 2100 here."))
    return day


def where_said(request: Request) -> str:
    """Give the setting a form says: a name of the owner's own, else the one they chose.

    Raises:
        NotPossible: for a new name that is long, or one too many.
    """
    own = said(request, "own_setting")
    return setting_called(request.owner, own) if own else said(request, "setting")


def number_said(text: str, otherwise: int = 0) -> int:
    """Give the whole number that a text spells, or the other one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS else otherwise


def mark(*words: object) -> str:
    """Give a short mark of what a form was drawn from, for the form to bring back."""
    return blake2b("\0".join(map(str, words)).encode(), digest_size=8).hexdigest()


def seen(request: HttpRequest, *words: object) -> None:
    """See that the owner has seen what they are about to change.

    Raises:
        Clash: when it was changed since the form was drawn, in another tab or on the phone.
    """
    if (known := said(request, "seen")) and known != mark(*words):
        raise Clash(
            _("This was changed in the meantime. Both stand here; Save puts yours in place of the other.")
        )


def file_said(request: HttpRequest, name: str) -> bytes:
    """Give the content of one small file of the form, empty when there is none."""
    found = request.FILES.get(name)
    return found.read() if found else b""

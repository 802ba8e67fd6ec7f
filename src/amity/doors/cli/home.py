"""What every command needs first: the database as this version wants it, and whose book it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings

from amity.owner.actions import NotPossible, local_owner
from amity.owner.models import Owner
from amity.owner.queries import sample_owner
from amity.storage.schema import bring_up_to_date

serve: Callable[..., None]


def owner() -> Owner:
    """Give the owner whose book the command is about: the local one, or ``AMITY_BOOK``.

    Raises:
        NotPossible: when there is no such book.
    """
    bring_up_to_date()
    if not settings.AMITY_BOOK:
        return local_owner()
    found = sample_owner() if settings.AMITY_BOOK == "sample" else None
    found = found or Owner.objects.filter(email=settings.AMITY_BOOK).first()
    if found is None:
        raise NotPossible(f"There is no book of {settings.AMITY_BOOK!r} here; the sample world is made by: amity demo")
    return found


def day_from(text: str | None, whose: Owner) -> date:
    """Read ``YYYY-MM-DD``, today when nothing is said.

    Raises:
        NotPossible: when it is no date.
    """
    if not text:
        return whose.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotPossible(f"{text[:40]!r} is not a date; write it like 2026-05-03.") from None

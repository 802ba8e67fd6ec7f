"""What every command needs first: the database as this version wants it, whose book it is, and which day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.conf import settings

from amity.formats.records import year_is_valid
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
        raise NotPossible(
            f"There is no book of {settings.AMITY_BOOK!r} here; the sample world is made by: amity demo"
        )
    return found


def day_from(text: str | None, whose: Owner) -> date:
    """Read ``YYYY-MM-DD``, today when nothing is said.

    Raises:
        NotPossible: when it is no date of the years 1800 to 2100.
    """
    if not text:
        return whose.today()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and year_is_valid(int(text[:4])):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as the 30th of February
    raise NotPossible(f"{text[:40]!r} is not a date; write it like 2026-05-03.")

"""What is written about ties: only what was suggested."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amity.owner.models import Owner
from amity.ties.models import Suggestion


def log_suggestions(owner: Owner, people: Iterable[int], *, day: date) -> None:
    """Remember whom Amity suggested on a day, so that the day is left out of learning."""
    rows = [Suggestion(owner=owner, person_id=person, day=day) for person in people]
    Suggestion.objects.bulk_create(rows, ignore_conflicts=True)

"""It is their birthday."""

from __future__ import annotations

from datetime import date

from amity.nudges.candidate import Candidate, Offer


def birthday(candidate: Candidate, *, today: date) -> Offer | None:  # noqa: ARG001  (all reasons are called alike)
    """Give a nudge on the day itself; the age is nobody's business."""
    if not candidate.has_birthday:
        return None
    return Offer(
        candidate.person,
        "birthday",
        f"It is {candidate.first_name}'s birthday today.",
        f"Happy birthday, {candidate.first_name}. I hope the day is a good one.",
        candidate.written,
    )

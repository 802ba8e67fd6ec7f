"""They met at a gathering within the last two days."""

from __future__ import annotations

from datetime import date

from amity.nudges.candidate import Candidate, Offer

HOURS = 48


def after_gathering(candidate: Candidate, *, today: date) -> Offer | None:
    """Give a nudge while the meeting is still warm."""
    if candidate.seen_at is None:
        return None
    title, day = candidate.seen_at
    when = {0: "today", 1: "yesterday"}.get((today - day).days, f"on {day:%A}")
    return Offer(
        candidate.person,
        "after a gathering",
        f"You and {candidate.first_name} were both at {title} {when}.",
        f"Hi {candidate.first_name}, it was good to see you at {title}.",
        candidate.written,
    )

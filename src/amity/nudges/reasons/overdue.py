"""The silence has outgrown the two's own rhythm."""

from __future__ import annotations

from datetime import date

from amity.nudges.candidate import CALL, Candidate, Offer, with_hope
from amity.ties.words import every, since, so_long

LONG = 3.0  # rhythms of silence after which a voice is kinder than a line (Bhattacharya 2016)


def overdue(candidate: Candidate, *, today: date) -> Offer | None:  # noqa: ARG001  (all reasons are called alike)
    """Give a nudge when the silence is longer than the rhythm the tie is held against."""
    tie = candidate.portrait
    due = tie.due_after
    if tie.silence is None or due is None or tie.silence < due:
        return None
    medium = CALL if tie.silence > LONG * due and candidate.can_call else candidate.written
    return Offer(
        candidate.person, "overdue", with_hope(_why(candidate), candidate), _opener(candidate), medium
    )


def _why(candidate: Candidate) -> str:
    tie = candidate.portrait
    silence = tie.silence or 0
    if tie.days == 1:
        return f"You were in touch with {candidate.first_name} once, {so_long(silence)} ago."
    if tie.rhythm is None:
        return f"You and {candidate.first_name} were last in touch {so_long(silence)} ago."
    usual = f"You and {candidate.first_name} usually {candidate.verb} {every(tie.rhythm)}"
    return f"{usual}; it has been {since(silence, tie.rhythm)}."


def _opener(candidate: Candidate) -> str:
    hello = f"Hi {candidate.first_name}, you crossed my mind today"
    if candidate.hope:
        return f"{hello}. I remembered what you were hoping for, and I am rooting for it. No need to answer."
    return f"{hello} and I wanted to say hello. No need to answer."

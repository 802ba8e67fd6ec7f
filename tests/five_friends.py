"""A book that is kept regularly, for what an owner's own past teaches."""

from __future__ import annotations

from datetime import timedelta

from cast import Somebody, a_person, day

TODAY = day("2026-05-11")  # a Monday


def every(gap: int, first: str, last: str) -> list[str]:
    start, days = day(first), (day(last) - day(first)).days
    return [str(start + timedelta(days=at)) for at in range(0, days + 1, gap)]


def a_book_until(last: str, first: str = "2025-06-01") -> Somebody:
    """Five friends, each met every ten days, two days after one another; give the first."""
    friends = [a_person(name).kept(spark="like") for name in ("Ada", "Bo", "Charles", "Mary", "Ines")]
    for at, friend in enumerate(friends):
        friend.met_on(*every(10, str(day(first) + timedelta(days=2 * at)), last))
    return friends[0]

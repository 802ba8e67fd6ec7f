from __future__ import annotations

import pytest

from amity.doors.web import words
from amity.doors.web.faces import Face
from amity.moments.models import Moment
from cast import day

TODAY = day("2026-05-10")  # a Sunday


def a_face(name: str) -> Face:
    nothing = dict.fromkeys(("care", "organisation", "title", "standing", "last_words"), "")
    return Face(uid="u", name=name, place="new", remembered=False, photo_url=None, **nothing)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-05-10", "today"),
        ("2026-05-09", "yesterday"),
        ("2026-05-11", "tomorrow"),
        ("2026-05-07", "on Thursday"),
        ("2026-05-03", "last Sunday"),
        ("2026-04-12", "four weeks ago"),
        ("2025-12-01", "five months ago"),
        ("2024-03-01", "in March 2024"),
        ("1833-01-01", "in January 1833"),
        ("2026-05-14", "on Thursday"),
        ("2026-06-01", "on 1 June"),
        ("2027-06-01", "on 1 June 2027"),
    ],
)
def test_a_day_is_said_as_one_would_across_the_table(on, said):
    assert words.when(day(on), TODAY) == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (None, ""),
        ("2026-05-10", "for today"),
        ("2026-05-13", "by Wednesday"),
        ("2026-07-01", "by 1 July"),
        ("2026-05-01", "you had 1 May in mind"),
    ],
)
def test_a_promise_is_never_overdue(on, said):
    assert words.due(on and day(on), TODAY) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "Nobody"), (1, "One person"), (12, "Twelve people"), (2412, "2,412 people")]
)
def test_people_are_counted_in_words(count, said):
    assert words.people(count) == said


@pytest.mark.parametrize(
    ("moment", "company", "said"),
    [
        (Moment(kind="met"), [], ""),
        (Moment(kind="met", setting="coffee shop"), ["Rafael"], "coffee shop, with Rafael"),
        (Moment(kind="message", direction="out"), [], "message from you"),
        (Moment(kind="call"), [], "call"),
    ],
)
def test_a_moment_says_where_how_and_with_whom(moment, company, said):
    assert words.about(moment, company) == said


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada Byron", "AB"), ("Ada", "A"), ("王 小雨", "王小"), ("“Ada” (née) Byron", "B"), ("!?", "!")],
)
def test_a_face_has_initials_and_always_the_same_colour(name, initials):
    one, other = (a_face(name) for _ in range(2))

    assert one.initials == initials
    assert one.hue == other.hue
    assert 0 <= one.hue < 24

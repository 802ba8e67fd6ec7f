"""Tips: a year of them, each once, and none that leans on what did not hold."""

from __future__ import annotations

from datetime import date, timedelta

from amity.letter import tips


def test_there_are_more_tips_than_sundays_and_each_has_a_name_of_its_own():
    found = tips.every()

    assert len(found) >= 28
    assert len({tip.slug for tip in found}) == len({tip.title for tip in found}) == len(found)


def test_eighteen_rest_on_a_study_and_say_how_sure_one_can_be():
    studies = [tip for tip in tips.every() if tip.source]

    assert len(studies) >= 18
    assert all(tip.sure and any(sign.isdigit() for sign in tip.source) for tip in studies)


def test_eight_are_on_selling_technology_to_firms():
    sales = [tip for tip in tips.every() if tip.about == "sales"]

    assert len(sales) >= 8
    assert all(not tip.source for tip in sales)


def test_each_is_short_warm_and_never_loud():
    for tip in tips.every():
        assert 25 <= len(tip.words.split()) <= 75, tip.slug
        assert "!" not in tip.title + tip.words, tip.slug


def test_studies_that_did_not_hold_are_not_cited():
    said = " ".join(tip.words + tip.source for tip in tips.every())

    assert [name for name in ("Casciaro", "Kouchaki", "Huang", "Gino") if name in said] == []


def test_none_comes_again_within_a_year():
    seed, sent = b"the owner's key", []

    for n in range(120):
        day = date(2026, 11, 29) + timedelta(days=14 * n)
        recent = {slug for when, slug in sent if when > day - timedelta(days=365)}
        sent.append((day, tips.choose(seed, recent).slug))

    for n, (day, slug) in enumerate(sent):
        before = {other for when, other in sent[:n] if when > day - timedelta(days=365)}
        assert slug not in before


def test_owners_get_them_in_orders_of_their_own():
    first = {tips.choose(bytes([n]), set()).slug for n in range(30)}

    assert len(first) > 5
    assert tips.choose(b"x", set()) == tips.choose(b"x", set())

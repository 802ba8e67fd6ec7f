from __future__ import annotations

from datetime import date, timedelta

import pytest

from amity.moments.actions import Told, record
from amity.ties.actions import log_suggestions
from amity.ties.queries import album, suggestions
from amity.ties.story import listed, story
from cast import a_person, an_owner, day

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")


def before(today: date, *silences: int) -> list[str]:
    """Give the days so many days before today."""
    return [str(today - timedelta(days=silence)) for silence in silences]


@pytest.mark.parametrize(
    ("silences", "sparked", "standing"),
    [
        ([], False, "single-serving"),
        ([], True, "new spark"),
        ([20, 40], True, "new spark"),
        ([20], False, "steady"),
        ([3, 8, 13, 150, 300], True, "growing"),
        ([10, 40, 70, 100, 130], True, "steady"),
        ([85, 115, 145, 175], True, "drifting"),
        ([190, 220, 250, 280], True, "dormant"),
    ],
)
def test_each_standing_has_its_story(silences, sparked, standing):
    ada = a_person("Ada").met_on(*before(TODAY, *silences))
    if sparked:
        ada.kept(spark="like")

    assert ada.portrait(TODAY).standing == standing


@pytest.mark.parametrize(("gap", "times"), [(90, 8), (75, 8), (30, 8), (180, 5)])
def test_a_slow_friend_is_steady_the_day_after(gap, times):
    ada = a_person("Ada").kept(spark="like").met_on(*before(TODAY, *range(1, gap * times, gap)))

    assert ada.portrait(TODAY).standing == "steady"


def test_a_message_nobody_answered_is_no_day_together():
    ada = a_person("Ada").wrote_on("2026-03-01", "2026-04-01", by="owner")

    assert ada.portrait(TODAY).days == 0


@pytest.mark.parametrize(("answered_on", "days"), [("2026-03-31", 1), ("2026-04-01", 0)])
def test_a_message_counts_when_it_is_answered_within_thirty_days(answered_on, days):
    ada = a_person("Ada").wrote_on("2026-03-01", by="owner").wrote_on(answered_on, by="them")

    portrait = ada.portrait(TODAY)

    assert (portrait.days, portrait.last) == (days, day("2026-03-01") if days else None)


def test_a_note_to_oneself_is_no_day_together():
    ada = a_person("Ada").met_on("2026-03-01", kind="note", text="She likes tea.")

    assert ada.portrait(TODAY).days == 0


def test_the_owners_word_counts_however_many_were_there():
    crowd = [a_person(f"Guest {number}").person for number in range(12)]

    record(an_owner(), crowd, day=day("2026-05-01"), told=Told(setting="dinner party"))

    assert album(an_owner(), TODAY).portrait(crowd[0].pk).days == 1


def test_a_forgotten_tie_says_only_what_the_book_knows():
    assert (
        a_person("Ada").portrait(TODAY).words == "You have not been in touch yet, as far as this book knows."
    )


def test_below_two_gaps_no_rhythm_is_claimed():
    portrait = a_person("Ada").met_on("2026-03-01", "2026-04-01").portrait(TODAY)

    assert (portrait.rhythm, portrait.days, portrait.silence) == (None, 2, 39)
    assert portrait.words == (
        "You have not been in touch often enough to tell a rhythm. "
        "Contact within three months, if nobody does anything: maybe. "
        "Amity is still getting to know your pace."
    )


def test_the_words_state_the_twos_own_median_and_the_chance():
    portrait = a_person("Ada").met_on("2025-06-01", "2025-07-01", "2025-08-01", "2025-08-30").portrait(TODAY)

    assert portrait.rhythm == 30
    assert portrait.words == (
        "You are usually in touch every month; it has been eight. "
        "Contact within three months, if nobody does anything: unlikely on its own."
    )


def test_of_two_who_were_in_touch_today_no_silence_is_said():
    portrait = a_person("Ada").met_on("2026-04-26", "2026-05-03", "2026-05-10").portrait(TODAY)

    assert portrait.silence == 0
    assert portrait.words.startswith("You are usually in touch every week; you were in touch today. Contact ")


def test_what_the_rhythm_may_as_well_be_lies_about_the_median_as_wide_as_the_band_about_the_shrunk_one():
    portrait = a_person("Ada").met_on("2023-05-10", "2024-05-10", "2025-05-10").portrait(TODAY)

    low, high = portrait.around
    assert portrait.natural < 100 < portrait.rhythm
    assert low * high == pytest.approx(portrait.rhythm**2)
    assert high / low == pytest.approx(portrait.high / portrait.low)
    assert a_person("Ben").met_on("2026-05-01").portrait(TODAY).around is None


def test_a_rhythm_lies_within_its_band_and_the_chances_rise():
    portrait = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06").portrait(TODAY)

    assert portrait.low < portrait.natural < portrait.high
    assert 0 < portrait.p30 < portrait.p90 < 1


def test_a_past_day_shows_the_tie_as_it_stood_then():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06", "2026-05-01")

    then = ada.portrait(day("2026-02-10"))

    assert (then.days, then.last, then.silence) == (2, day("2026-02-04"), 6)


def test_friends_have_three_days_together():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06")
    a_person("Bo").met_on("2026-01-05", "2026-02-04")

    assert album(ada.owner, TODAY).friends() == [ada.person.pk]


def test_a_list_shows_everybody_with_their_tie():
    ada, bo = a_person("Ada").met_on("2026-05-01").kept(spark="like"), a_person("Bo")

    found = listed(ada.owner, [bo.person, ada.person], TODAY)

    assert [(one.row.name, one.tie.standing, one.tie.days) for one in found] == [
        ("Bo", "single-serving", 0),
        ("Ada", "new spark", 1),
    ]


def test_the_days_on_which_somebody_was_suggested_before_are_remembered():
    ada = a_person("Ada").person
    for one in ("2026-05-01", "2026-05-08", "2026-05-10"):
        log_suggestions(ada.owner, [ada.pk], day=day(one))
        log_suggestions(ada.owner, [ada.pk], day=day(one))

    assert suggestions(ada.owner, before=TODAY) == {ada.pk: [day("2026-05-01"), day("2026-05-08")]}


def test_a_persons_story_holds_what_is_known_newest_first():
    ada = a_person("Ada").hopes("weave", on="2026-01-01").hopes("publish", on="2026-04-01")
    ada.met_on("2026-03-01", "2026-05-01", text="Looms.").born("--12-10").rests("2026-06-01", "2026-07-01")

    told = story(ada.owner, ada.person, TODAY)

    assert [hope.text for hope in told.hopes] == ["publish", "weave"]
    assert [str(moment.day) for moment in told.moments] == ["2026-05-01", "2026-03-01"]
    assert [(one.kind, one.value) for one in told.dates] == [("birthday", "--12-10")]
    assert (told.tie.days, len(told.seasons), told.gifts, told.row.has_photo) == (2, 1, [], False)

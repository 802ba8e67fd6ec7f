from __future__ import annotations

from datetime import timedelta

import pytest

from amity.doors.web.knowing_picture import Picture, lead, row
from amity.ties.knowing import Knowing
from amity.ties.words_kept import Word
from cast import a_person, an_owner


def a_word(word: str = "likely", times: int = 50, in_touch: int = 40, forecast: float = 0.8) -> Word:
    return Word(word, times, in_touch, forecast, error=0.05)


def test_a_word_is_drawn_as_what_was_forecast_and_what_happened_with_its_give_or_take():
    drawn = row(a_word(forecast=0.76))

    assert drawn.picture == Picture(forecast=76.0, happened=80.0, least=70.0, most=90.0)
    assert drawn.words == (
        "When Amity said “likely”, you were in touch within three months 40 of 50 times. "
        "It had expected about 38: the word is kept, give or take chance."
    )


def test_a_share_of_none_and_of_all_are_drawn_at_the_ends_and_said():
    none, all_of_them = row(a_word(in_touch=0, forecast=0.004)), row(a_word(in_touch=50, forecast=1.0))

    assert (none.picture.happened, none.picture.least, all_of_them.picture.most) == (0.0, 0.0, 100.0)
    assert "within three months none of 50 times. It had expected about none:" in none.words
    assert "within three months all 50 times. It had expected about 50:" in all_of_them.words


@pytest.mark.parametrize(
    ("in_touch", "owned_up"),
    [(17, "you are in touch more often than it thinks."), (2, "you are in touch less often than it thinks.")],
)
def test_a_word_that_is_not_kept_is_owned_up_to_also_within_its_range(in_touch, owned_up):
    said = row(a_word("unlikely on its own", 54, in_touch, forecast=0.154)).words

    assert said.endswith(f"It had expected about eight: {owned_up}")


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (0, "Amity has not said “likely” yet."),
        (1, "Amity has said “likely” one time, too seldom to tell."),
        (9, "Amity has said “likely” nine times, too seldom to tell."),
    ],
)
def test_a_word_said_seldom_is_not_judged(times, said):
    drawn = row(a_word(times=times, in_touch=times))

    assert (drawn.picture, drawn.words) == (None, said)


def test_the_lead_follows_from_the_words():
    right, more, less = a_word(), a_word(forecast=0.5), a_word(forecast=0.95)
    held = "Held against your own past, Amity"

    assert [lead(Knowing(words)) for words in ([right], [right, more], [less], [more, less])] == [
        f"{held} is as right as chance allows.",
        f"{held} expects too little. It adjusts every week.",
        f"{held} expects too much. It adjusts every week.",
        f"{held} is not always right. It adjusts every week.",
    ]


@pytest.mark.parametrize(
    ("weeks", "met_twice", "said"),
    [
        (
            9,
            True,
            "It is too early to tell. Amity looks three months ahead, and ten such forecasts in one word ",
        ),
        (None, True, "Amity cannot be judged yet: of the forecasts that count, fewer than ten said the same"),
        (
            None,
            False,
            "Amity is judged by people you have been in touch with on two days. There is nobody yet.",
        ),
    ],
)
def test_where_no_word_can_be_judged_the_lead_says_what_is_missing(weeks, met_twice, said):
    words = lead(Knowing([a_word(times=9, in_touch=9)], weeks, met_twice))

    assert words.startswith(said)
    assert words.endswith("have to be over first. That takes about nine weeks.") == (weeks == 9)


def test_a_new_owner_sees_no_picture_and_no_legend(browser_of_maya):
    page = browser_of_maya.get("/you/knows").content.decode()

    assert "There is nobody yet." in page
    assert ('class="word-kept"' in page, "legend" in page, "too seldom" in page) == (False, False, False)


def test_the_sentence_stands_before_its_picture_and_is_read_once(browser_of_maya):
    today = an_owner().today()
    for at in range(6):
        a_person(f"P{at}").met_on(*(str(today - timedelta(days=ago + at)) for ago in range(0, 500, 10)))

    page = browser_of_maya.get("/you/knows").content.decode()

    words = "you were in touch within three months all 72 times."
    assert (page.count(words), page.count('role="img"')) == (1, 0)
    picture = page.index('<svg class="word-kept" aria-hidden="true">')
    assert page.index(words) < picture < page.index("legend note")

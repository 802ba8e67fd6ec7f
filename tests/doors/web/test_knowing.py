from __future__ import annotations

from amity.doors.web.knowing_picture import row
from amity.ties.knowing import Said


def test_a_word_is_drawn_as_ten_marks_within_the_band_it_promises():
    drawn = row(Said("likely", 0.6, 1.0, times=50, in_touch=40))

    assert (drawn.band, drawn.width, sum(true for _, true in drawn.marks)) == (144, 96, 8)
    assert drawn.words == "When Amity said “likely”, you were in touch within a month eight times in ten."


def test_a_word_that_is_not_kept_is_owned_up_to():
    said = row(Said("unlikely on its own", 0.0, 0.25, times=50, in_touch=30)).words

    assert said.endswith("six times in ten. That is more often than the word promises.")


def test_a_word_said_seldom_is_not_judged():
    drawn = row(Said("maybe", 0.25, 0.6, times=9, in_touch=9))

    assert (drawn.marks, drawn.words) == ([], "Amity has said “maybe” too seldom to tell.")


def test_a_new_owner_is_told_that_amity_is_still_learning(browser_of_maya):
    page = browser_of_maya.reads("/you/knows")

    assert "Amity is still getting to know your pace. It needs about 13 more weeks." in page
    assert "Amity has said “likely” too seldom to tell." in page

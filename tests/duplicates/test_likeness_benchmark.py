"""The open benchmark recognises other people's columns, counts what is merged, and our own set holds."""

import numpy as np
import pytest
from benchmarks.likeness.invented import book
from benchmarks.likeness.reading import kind_of, read
from benchmarks.likeness.scoring import Said, lower, score

from amity.duplicates.likeness import alike


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("given name", "given"), ("last name", "family"), ("full name", "name"), ("e mail 1 value", "email"),
        ("mobile phone", "phone"), ("company", "employer"), ("zip code", "postcode"), ("dob", "born"),
        ("soc sec id", "number"), ("street number", "house"), ("record id", ""), ("shoe size", ""),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name(header, kind):
    assert kind_of(header) == kind


def test_a_set_says_who_each_record_is(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id;First Name;Surname;DOB;identity\n1;Ada;Byron;10/12/1990;a\n2;Ada;;1990-12-10;a\n")

    found = read(path)

    assert (found.identity, [record.said for record in found.records]) == (
        ["a", "a"], [{"born": ("19901210",)}, {"born": ("19901210",)}]
    )  # fmt: skip


def test_pairs_say_which_of_two_records_a_column_is_of(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("left_name,right_name,match\nAda Byron,A. Byron,1\nAda Byron,Tom Vale,0\n")

    found = read(path)

    assert [record.names for record in found.records] == [("Ada Byron",), ("A. Byron",), ("Tom Vale",)]
    assert (found.pairs.tolist(), found.match) == ([[0, 1], [0, 2]], [True, False])


def test_what_is_merged_with_one_is_merged_with_all_it_was_merged_with(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,identity\nAda,a\nAda B,a\nTom,t\nAda C,a\n")

    found = score(read(path), Said(np.array([[0, 1], [1, 2]]), np.array([[0, 3]])))

    assert (found.truly, found.merged, found.wrong, found.shown, found.shown_recall) == (3, 3, 2, 4, 0.6667)


def test_how_sure_one_may_be_of_a_share_is_the_exact_bound():
    assert (lower(59, 59), lower(10, 20), lower(0, 5)) == (0.9505, 0.3020, 0.0)


def test_of_the_invented_people_none_is_merged_with_another():
    people = book(seed=7, times=0.3)

    merged = [pair for pair in alike(people.records) if pair.answer == "surely"]

    assert len(merged) > 300
    assert [pair for pair in merged if people.identity[pair.first] != people.identity[pair.second]] == []

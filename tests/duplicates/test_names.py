"""Names in one normal form, whatever order, script and nickname they come in."""

import pytest

from amity.duplicates.likeness.names import Name, short_for, skeleton, sound, taken_apart
from amity.duplicates.likeness.record import Record, is_personal, table


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ada Byron", Name("ada", "byron")),
        ("Byron, Ada", Name("ada", "byron")),
        ("Dr. Zoë K. O'Hára, PhD", Name("zoe", "ohara", "k")),
        ("Señora Zoë O'Hára", Name("zoe", "ohara")),
        ("M. Byron", Name("m", "byron")),  # an initial, though France greets so
        ("Ludwig van der Berg", Name("ludwig", "vanderberg")),
        ("Tom Vale jr.", Name("tom", "vale", "", "junior")),
        ("Ada", Name("ada", "")),
        ("", Name("", "")),
        ("王小明", Name("xiaoming", "wang", script="han")),
        ("김민수", Name("minsu", "kim", script="hangul")),
        ("田中花子", Name("huazi", "tanaka", script="kanji")),
    ],
)
def test_a_name_is_taken_apart_whatever_order_title_and_script_it_comes_in(written, meant):
    assert taken_apart(written) == meant


def test_a_short_name_stands_for_the_long_one_and_for_its_other_short_ones():
    alike = [
        pair
        for pair in (("bob", "robert"), ("bob", "rob"), ("ada", "ada"), ("bob", "ada"))
        if short_for(*pair)
    ]

    assert alike == [("bob", "robert"), ("bob", "rob")]


@pytest.mark.parametrize(
    ("here", "there"), [("Юлия Щербакова", "Julia Shcherbakova"), ("Александр Иванов", "Alexander Ivanov")]
)
def test_cyrillic_sounds_like_its_latin_spelling(here, there):
    one, other = taken_apart(here), taken_apart(there)

    assert sound(one.family) == sound(other.family)
    assert skeleton(sound(one.given)) == skeleton(sound(other.given))


def test_what_leaves_out_vowels_is_compared_by_its_consonants():
    assert skeleton(taken_apart("محمد").given) == skeleton("muhammad")


def test_a_mailbox_is_somebodys_own_only_where_no_desk_or_machine_reads_it():
    addresses = ["ada@loom.example", "info@loom.example", "no-reply@loom.example", "ada@loom", "nobody"]

    assert [one for one in addresses if is_personal(one)] == ["ada@loom.example"]


def test_records_become_columns_in_which_one_number_is_one_value():
    ada = Record(("Ada Byron",), said={"email": ("ada@loom.example",), "employer": ("Loom Ltd.",)})
    again = Record(
        given="Ada", family="Lind", said={"employer": ("loom",), "born": ("1990-12-10", "--12-10")}
    )

    columns = table([ada, again]).columns

    assert columns["given"].at.tolist() == [[0], [0]]
    family = columns["family"]
    assert [family.values[one] for one in family.at[:, 0]] == ["byron", "lind"]
    assert columns["employer"].at.tolist() == [[0], [0]]
    assert columns["email"].at.tolist() == [[0], [-1]]
    assert (columns["born"].values, columns["born"].counts.tolist()) == (["19901210"], [1])

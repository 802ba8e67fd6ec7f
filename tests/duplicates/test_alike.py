"""Which records are surely one person, which perhaps, and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.duplicates.likeness import EVIDENCE, Record, alike


def known(name, **said):
    """Make a record of a whole name and what else is said."""
    return Record((name,), said={kind: (value,) for kind, value in said.items()})


def answers(*records):
    """Give the answer of each pair, by the positions of the two."""
    return {(pair.first, pair.second): pair.answer for pair in alike(records)}


ADA, BOX, PHONE = "Ada Byron", "ada@loom.example", "+442079460018"


def test_one_address_and_one_name_are_surely_one_person():
    pairs = alike([known(ADA, email=BOX), known("Byron, Ada", email=BOX), known("Tom Vale")])

    assert [(pair.first, pair.second, pair.answer, pair.evidence) for pair in pairs] == [
        (0, 1, "surely", ("same name", "same personal address"))
    ]


# Golden pairs: what each pair of two is, in a book that holds nobody else.
@pytest.mark.parametrize(
    ("one", "other", "answer", "evidence"),
    [
        (known("Bob Vale", phone=PHONE), known("Robert Vale", phone=PHONE), "surely",
         ("nickname", "same family name", "shared phone")),
        (known("A. Byron", email=BOX), known(ADA, email=BOX), "surely",
         ("same initial", "same family name", "same personal address")),
        (known("loomlady77", email="1+loomlady77@users.noreply.github.com"),
         known(ADA, email="1+loomlady77@users.noreply.github.com"), "surely",
         ("same profile", "same handle")),
        (known(ADA, born="1990-12-10"), known(ADA, born="1990-12-10"), "surely",
         ("same name", "same birthday")),
        (known(ADA, email=BOX), known("Ada Lovelace", email=BOX), "perhaps",
         ("same given name", "different family name", "same personal address")),
        (known(ADA, email=BOX, born="1990-12-10"), known(ADA, email=BOX, born="1961-02-03"), "perhaps",
         ("same name", "same personal address", "different birthday")),
        (known("王小明", phone=PHONE), known("Wang Xiaoming", phone=PHONE), "surely",
         ("same name", "shared phone")),
        (known("Юлия Щербакова", email=BOX), known("Julia Shcherbakova", email=BOX), "surely",
         ("name alike", "same personal address")),
        (known("Min-su Kim", email=BOX), known("김민수", email=BOX), "surely",
         ("same name", "same personal address")),
        (known("Tom Vale jr", phone=PHONE), known("Tom Vale", phone=PHONE), "perhaps",
         ("same name", "shared phone", "father or son")),
    ],
)  # fmt: skip
def test_two_records_are_told_with_their_reasons(one, other, answer, evidence):
    (pair,) = alike([one, other])

    assert (pair.answer, pair.evidence) == (answer, evidence)


@pytest.mark.parametrize(
    "household",
    [
        (known("Anna Berg", email="berg@post.example"), known("Tom Berg", email="berg@post.example")),
        (known("Ada Berg", born="1990-12-10", email=BOX), known("Lena Berg", born="1990-12-10", email=BOX)),
        (known("Rosa Berg", email=BOX, town="Oakmere"), known("Oskar Berg", email=BOX, town="Oakmere")),
        (known("Tom Vale sr", phone=PHONE), known("Tom Vale jr", phone=PHONE)),
        (known(ADA, phone=PHONE, employer="Loom"), known("Tom Vale", phone=PHONE, employer="Loom")),
    ],
    ids=["a family's mailbox", "twins", "names of the same letters", "father and son", "a switchboard"],
)  # fmt: skip
def test_who_shares_a_house_or_an_office_is_not_asked_about(household):
    assert answers(*household) == {}


def test_what_two_people_bear_merges_neither_with_a_third():
    box = "berg@post.example"

    found = answers(known("Anna Berg", email=box), known("Tom Berg", email=box), known("A. Berg", email=box))

    assert found == {(0, 2): "perhaps"}


@pytest.mark.parametrize("born", ["1981-07-09", "1980-01-02"], ids=["another day", "one slip away"])
def test_father_and_son_are_not_merged_by_way_of_a_third_record(born):
    home = {"phone": PHONE, "street": "1 Mill Street", "town": "Loomstead"}
    father, son = known("Tom Vale", born="1950-01-02", **home), known("Tom Vale", born=born, **home)

    assert set(answers(father, son, known("Tom Vale", **home)).values()) == {"perhaps"}


@pytest.mark.parametrize("other", ["7 Mill Street", "48 Mill Street", "149 Mill Street"])
def test_two_of_one_name_in_two_houses_of_a_street_are_not_merged(other):
    homes = ({"street": street, "town": "Loomstead"} for street in ("49 Mill Street", other))

    (pair,) = alike([known(ADA, **home) for home in homes])

    assert (pair.answer, pair.evidence) == ("perhaps", ("same name", "same town"))


def test_who_goes_by_another_given_name_or_is_a_twin_is_asked_about_and_never_joined_by_a_third():
    home = {"born": "1990-12-10", "street": "1 Mill Street", "town": "Loomstead"}

    found = answers(known("Ada Berg", **home), known("Lena Berg", **home), known("L. Berg", **home))

    assert found == {(0, 1): "perhaps", (0, 2): "perhaps", (1, 2): "surely"}


ADDRESSES = st.sampled_from(
    ["info@loom.example", "sales@loom.example", "noreply@loom.example", "none@none", "root@laptop.local", ""]
)
NAMES = st.sampled_from(
    [ADA, "Byron, Ada", "Ada K. Byron", "A. Byron", "Tom Vale", "Tom Vale jr", "Robert Vale", "Bob Vale",
     "Vale", "Юлия Щербакова", "Julia Shcherbakova", "王小明", "Wang Xiaoming", "محمد حسن", "Ada"]
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NAMES, ADDRESSES), max_size=12))
def test_a_name_alone_never_merges_nor_does_a_mailbox_of_nobody(book):
    records = [known(name, email=box) if box else known(name) for name, box in book]

    assert set(answers(*records).values()) <= {"perhaps"}


RECORDS = st.builds(
    Record,
    st.tuples(NAMES),
    said=st.fixed_dictionaries(
        {},
        optional={
            "email": st.tuples(st.sampled_from([BOX, "byron@post.example", "info@loom.example"])),
            "phone": st.tuples(st.sampled_from([PHONE, "+442079460019"])),
            "born": st.tuples(st.sampled_from(["1990-12-10", "1990-10-12", "1961-02-03"])),
            "employer": st.tuples(st.sampled_from(["Loom Ltd", "Harbour"])),
        },
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORDS, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_answer(records, draw):
    mixed = draw.sample(range(len(records)), len(records))

    found = alike([records[place] for place in mixed])

    turned = sorted(said(pair, [records[place] for place in mixed]) for pair in found)
    assert turned == sorted(said(pair, records) for pair in alike(records))


def said(pair, records):
    """Give what was said of two records, whichever came first."""
    both = sorted(repr(records[place]) for place in (pair.first, pair.second))
    return (*both, pair.answer, pair.evidence, pair.chance)


@settings(max_examples=20, deadline=None)
@given(st.lists(RECORDS, max_size=10))
def test_every_pair_is_two_of_the_book_once_and_says_why_in_words_that_are_listed(records):
    pairs = alike(records)

    assert len({(pair.first, pair.second) for pair in pairs}) == len(pairs)
    assert all(0 <= pair.first < pair.second < len(records) for pair in pairs)
    assert {reason for pair in pairs for reason in pair.evidence} <= EVIDENCE


def test_an_empty_book_and_a_book_of_one_have_no_pairs():
    assert (alike([]), alike([known(ADA)]), alike([Record(), Record()])) == ([], [], [])

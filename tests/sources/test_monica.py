"""A Monica export in the book: everybody, what ties them, what happened; twice, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amity.journal.models import Import
from amity.moments.models import Moment, Promise
from amity.people.models import Link, Person, PersonDate, Place
from amity.people.queries import introducers, met_through, of, reachable
from amity.sources.actions import undo
from cast import a_person, an_owner, day
from formats.monica_sample import a_block, a_contact, a_day, a_part, a_photo, a_relationship, monica
from sources.book import moments, names, rows
from sources.samples import ADA, bring_in

# Not shrunk: each example is four imports and two undos.
USUAL = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
pytestmark = pytest.mark.django_db
MILL = Path(__file__).parent.parent / "formats" / "monica" / "mill.monica"


@pytest.fixture
def maya():
    return an_owner("Maya", zone="Europe/Lisbon")


def links():
    return sorted(Link.objects.values_list("a__name", "kind", "b__name"))


def test_everybody_arrives_with_what_ties_them_and_what_happened(maya):
    _, report = bring_in(maya, MILL)

    ilse = Person.objects.get(name="Ilse Anna Marten")
    assert links() == [
        ("Hal Reed", "sibling", "Ilse Anna Marten"),
        ("Ilse Anna Marten", "child", "Pia"),
        ("Ilse Anna Marten", "introduced by", "Bo Venn"),
        ("Ilse Anna Marten", "subordinate", "Bo Venn"),
    ]
    assert moments(maya) == [
        ("2021-07-02", "note", "", "Ilse Anna Marten"),
        ("2021-10-10", "met", "", "Ilse Anna Marten"),
        ("2022-02-18", "met", "", "Bo Venn", "Ilse Anna Marten"),
        ("2022-03-04", "call", "in", "Ilse Anna Marten"),
        ("2022-05-06", "call", "out", "Ilse Anna Marten"),
        ("2022-06-01", "message", "out", "Ilse Anna Marten"),
        ("2022-06-01", "message", "in", "Ilse Anna Marten"),
    ]
    assert sorted(Promise.objects.values_list("text", "state", "ended_on")) == [
        ("Introduce Bo When he is back", "kept", day("2022-04-20")),
        ("Lend her the ladder", "open", None),
    ]
    assert (str(ilse.met_on), ilse.how_met, ilse.photos.count()) == (
        "2015-08-30",
        "At the mill's open day",
        1,
    )
    assert (report.people_new, report.moments_new) == (3, 7)


def test_the_dead_are_remembered_the_named_mentioned_and_the_archived_on_the_shelf(maya):
    bring_in(maya, MILL)

    today = day("2026-01-01")
    assert sorted(person.name for person in of(maya)) == ["Bo Venn", "Hal Reed", "Ilse Anna Marten"]
    assert [person.name for person in reachable(maya, today)] == ["Ilse Anna Marten"]
    assert Person.objects.get(name="Bo Venn").place == Place.SHELF
    assert list(PersonDate.objects.filter(kind="died").values_list("person__name", "value")) == [
        ("Hal Reed", "2018-11-05")
    ]
    (bo,) = introducers(maya, most=5)
    assert [person.name for person in met_through(maya, of(maya), [bo])] == ["Ilse Anna Marten"]


def test_a_photo_that_is_no_picture_is_said_and_whose_it_is(maya, tmp_path):
    ada = a_contact("c-1", "Ada", "Byron", holds={"photo": ["p-1"]})
    photos = a_block("photo", [a_photo("p-1", b"Tea and looms")])

    _, report = bring_in(maya, monica(tmp_path / "one", a_block("contact", [ada]), photos))

    assert names(maya) == ["Ada Byron"]
    assert [one["why"] for one in report.files[0].skipped] == [
        "The picture of Ada Byron is left out: it is damaged, or has more than 16 million pixels."
    ]


def test_the_same_export_twice_changes_nothing_and_undo_takes_all_of_it_away(maya):
    before = rows(maya)
    first, _ = bring_in(maya, MILL)
    once = rows(maya)

    second, again = bring_in(maya, MILL)
    twice = rows(maya)
    undo(second)
    undo(first)

    assert (again.people_new, again.moments_new, again.moments_same) == (0, 0, 7)
    assert twice == once
    assert rows(maya) == before


def test_a_longer_export_adds_what_is_new_and_its_undo_leaves_the_first(maya, tmp_path):
    ada = a_contact("c-1", "Ada", holds={"task": [a_part("t-1", title="Lend the ladder")]})
    ben = a_contact("c-2", "Ben", holds={"note": [a_part("n-1", body="Has a loom")]})
    bring_in(maya, monica(tmp_path / "one", a_block("contact", [ada])))
    once = rows(maya)

    friends = a_block("relationship", [a_relationship("friend", "c-1", "c-2")])
    later, report = bring_in(maya, monica(tmp_path / "two", a_block("contact", [ada, ben]), friends))
    both = (names(maya), links(), moments(maya))
    undo(later)

    assert report.people_new == 1
    assert both == (["Ada", "Ben"], [("Ada", "friend", "Ben")], [("2021-06-01", "note", "", "Ben")])
    assert rows(maya) == once


def test_what_two_exports_say_stays_until_both_are_undone(maya, tmp_path):
    ada = a_contact(
        "c-1", "Ada", holds={"task": [a_part("t-1", title="Lend the ladder")], "activity": ["a-1"]}
    )
    walk = a_block("activity", [a_part("a-1", summary="A walk", happened_at="2021-10-10")])
    ben = a_contact("c-2", "Ben", first_met_through="c-1")
    first, _ = bring_in(maya, monica(tmp_path / "one", a_block("contact", [ada, ben]), walk))
    second, _ = bring_in(maya, monica(tmp_path / "two", a_block("contact", [ada, ben]), walk, journal=[{}]))

    undo(first)
    kept = (names(maya), links(), len(moments(maya)), Promise.objects.count())
    undo(second)

    assert kept == (["Ada", "Ben"], [("Ben", "introduced by", "Ada")], 1, 1)
    assert (names(maya), links(), Moment.objects.count(), Promise.objects.count()) == ([], [], 0, 0)


def test_somebody_of_the_book_who_has_died_is_remembered_until_the_import_is_undone(maya, tmp_path):
    a_person("Ada").reached_by("email", ADA)
    fields = {"contact_field": [a_part("f", data=ADA, type="gone")]}
    gone = a_contact("c-1", "Ada", holds=fields, is_dead=True, deceased_date=a_day("2020-02-02"))

    run, _ = bring_in(maya, monica(tmp_path / "one", a_block("contact", [gone])))
    remembered = Person.objects.get().remembered
    undo(run)

    assert (remembered, Person.objects.get().remembered) == (True, False)


def test_an_owner_who_is_a_contact_of_their_own_is_nobody(maya):
    bring_in(maya, MILL)

    assert "Maya Lind" not in names(maya)
    assert Import.objects.get().report["claims"][0] == ["name", "Maya Lind", "maya lind"]


IDS = st.sampled_from(["c-1", "c-2", "c-3", "c-4", "gone"])
WORDS = st.sampled_from(["", "Looms", "Weir", "\u0000x", "Zoë", "A" * 700])
DAYS = st.sampled_from(
    [None, "", "2021-02-03T00:00:00.000000Z", "2021-02-03T04:05:06Z", "1604-02-29", "soon"]
)
PARTS = st.fixed_dictionaries(
    {"uuid": st.sampled_from(["p-1", "p-2", "p-3", ""]), "created_at": DAYS},
    optional={
        "properties": st.dictionaries(
            st.sampled_from(
                [
                    "title",
                    "body",
                    "content",
                    "name",
                    "data",
                    "called_at",
                    "completed",
                    "is_favorite",
                    "messages",
                    "date",
                ]
            ),
            st.one_of(
                WORDS,
                DAYS,
                st.booleans(),
                st.lists(st.just({"properties": {"content": "Hello"}}), max_size=2),
            ),
        )
    },
)
HELD = st.dictionaries(
    st.sampled_from(
        ["call", "note", "task", "gift", "conversation", "contact_field", "life_event", "reminder", "pet"]
    ),
    st.lists(PARTS, max_size=2),
    max_size=4,
)


@st.composite
def exports(draw):
    """Draw an export in which anything may be missing, twice there, or point nowhere."""
    contacts = [
        a_contact(
            draw(IDS),
            draw(WORDS),
            holds={**draw(HELD), "activity": draw(st.lists(st.sampled_from(["a-1", "a-2"]), max_size=2))},
            is_partial=draw(st.booleans()),
            is_dead=draw(st.booleans()),
            first_met_through=draw(IDS),
            tags=draw(st.lists(WORDS, max_size=2)),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    ties = [
        a_relationship(draw(st.sampled_from(["child", "parent", "friend", "odd"])), draw(IDS), draw(IDS))
        for _ in range(3)
    ]
    walks = [a_part("a-1", summary=draw(WORDS), happened_at=draw(DAYS))]
    return [a_block("contact", contacts), a_block("relationship", ties), a_block("activity", walks)]


@pytest.mark.once
@USUAL
@given(blocks=exports())
def test_any_export_brought_in_twice_is_there_once_and_undone_is_gone(maya, tmp_path_factory, blocks):
    path = monica(tmp_path_factory.mktemp("any") / "export", *blocks)
    before = rows(maya)

    first, _ = bring_in(maya, path)
    once = rows(maya)
    second, _ = bring_in(maya, path)
    twice = rows(maya)
    undo(second)
    undo(first)

    assert twice == once
    assert rows(maya) == before

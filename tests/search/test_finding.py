"""Finding anything in Maya's book, on a Sunday in May."""

from __future__ import annotations

import pytest
from django.db import connection

from amity.book.actions import erase
from amity.journal.actions import record_whole_book, undo
from amity.journal.models import Deed, Import
from amity.moments.actions import Told, promise, record
from amity.moments.models import Moment, Participation
from amity.people.actions import add_fact, edit, join_circle, shelve, trash
from amity.people.models import Fact, Person
from amity.search import cache
from amity.search.models import Entry, Reading, Spelling
from amity.search.queries import find, people_left, read
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


def found(line: str, owner=None, **words) -> dict[str, list[str]]:
    """Give what a line finds, group by group, with [what was found] in brackets."""
    groups = find(owner or an_owner(), line, today=TODAY, **words).groups
    return {kind: [f"{told(hit.title)}: {told(hit.text)}" for hit in hits] for kind, hits in groups.items()}


def told(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


@pytest.fixture
def ada() -> Person:
    """Write down one of everything about Ada, who weaves."""
    ada = (
        a_person("Ada Byron")
        .hopes("a loom of her own")
        .met_on("2026-05-01", text="Talked of looms until late.")
    )
    add_fact(ada.person, "Three looms in the attic", label="home")
    promise(ada.person, "send the loom drawings", day=TODAY)
    a_gathering("Loom fair", "2026-06-01", ada, place="Lyon")
    return ada.person


def test_a_word_finds_everything_that_has_it_people_first_and_shows_where(ada):
    assert found("loom") == {
        "moment": ["Ada Byron: Talked of [looms] until late."],
        "hope": ["Ada Byron: a [loom] of her own"],
        "fact": ["Ada Byron: home: Three [looms] in the attic"],
        "promise": ["Ada Byron: send the [loom] drawings"],
        "gathering": ["[Loom] fair: Lyon"],
    }


@pytest.mark.parametrize("line", ["byr", "BÝRON", "bryon", "Ada  Byrn", "adda"])
def test_a_name_is_found_by_its_beginning_without_accents_and_with_typos(ada, line):
    a_person("Charles Wick")

    names = [hit.split(":")[0].replace("[", "").replace("]", "") for hit in found(line)["person"]]

    assert names == ["Ada Byron"]


def test_whole_names_come_first_then_beginnings_then_other_words_each_by_the_newest_tie():
    a_person("Lena Acme").wrote_on("2024-01-05")
    a_person("Zoe Acme").wrote_on("2026-05-05")
    a_person("Otto Acmeson").wrote_on("2026-05-06")
    edit(a_person("Ben Carter").wrote_on("2026-05-07").person, how_met="at Acme, over lunch")

    assert found("acme")["person"] == [
        "Zoe [Acme]: ",
        "Lena [Acme]: ",
        "Otto [Acmeson]: ",
        "Ben Carter: at [Acme], over lunch",
    ]


def test_words_of_the_person_and_of_what_was_said_are_found_together(ada):
    a_person("Ben Carter").met_on("2026-05-02", text="Looms again.")

    assert found("ada looms")["moment"] == ["[Ada] Byron: Talked of [looms] until late."]


def test_what_is_private_trashed_or_still_arriving_is_never_found(ada):
    maya = an_owner()
    add_fact(ada, "Quinsy", sensitive=True)
    bin_there = a_person("Quinsy Bin").met_on("2026-01-05", text="Quinsy in the bin").hopes("quinsy").person
    record(maya, [bin_there, ada], day=TODAY, told=Told(text="Dinner of three"))
    trash(bin_there)
    coming = Import.objects.create(owner=maya, state="arriving")
    Person.objects.create(owner=maya, name="Quinsy Coming", folded="quinsy coming", imported_by=coming)
    Fact.objects.create(owner=maya, person=ada, text="quinsy coming", imported_by=coming)

    assert found("quinsy") == {}
    assert found("dinner")["moment"] == ["Ada Byron: [Dinner] of three"]
    assert not Entry.objects.filter(words__contains="quinsy").exists()


def test_remembered_and_shelved_people_are_found(ada):
    edit(ada, remembered=True)
    shelve(a_person("Ada Venn").person)

    assert len(found("ada")["person"]) == 2


def test_every_deed_is_caught_up_with_and_so_is_its_undo(ada):
    assert "person" in found("byron")
    edit(ada, name="Ada Lovell")

    assert found("lovell looms")["moment"] == ["Ada [Lovell]: Talked of [looms] until late."]
    assert found("byron") == {}

    undo(an_owner(), Deed.objects.latest("id").uid)

    assert found("lovell") == {}
    assert found("byron looms")["moment"] == ["Ada [Byron]: Talked of [looms] until late."]


def test_an_erased_person_is_out_of_the_index_at_once(ada):
    ben = a_person("Ben Carter")
    record(an_owner(), [ada, ben.person], day=TODAY, told=Told(text="Dinner of three"))
    found("ada")

    erase(ada)

    assert not Entry.objects.filter(words__contains="byron").exists()
    assert not Spelling.objects.filter(word="byron").exists()
    assert found("dinner")["moment"] == ["Ben Carter: [Dinner] of three"]


@pytest.mark.sqlite
def test_no_word_of_an_erased_person_stays_in_the_pages_of_the_index(ada):
    a_person("Ben Carter")
    found("ada")

    erase(ada)

    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM amity_entry_words_data")
        pages = b"".join(bytes(page) for (page,) in cursor.fetchall())
    assert (b"carter" in pages, b"byron" in pages, b"attic" in pages) == (True, False, False)


@pytest.fixture
def others(ada):
    """Add Ben, kept and curious about, and dinner in Lisbon with him last year."""
    ben = a_person("Ben Carter").kept(care="warm", spark="curious", on="2026-01-01")
    ben.met_on("2025-03-04", setting="dinner party", text="Looms over dinner").reached_by(
        "address", "Rua 1, Lisbon"
    )
    join_circle(ben.person, "New weavers")
    return ben.person


@pytest.mark.parametrize(
    "line",
    [
        "spark:curious",
        "spark:curious met:dinner since:2025 in:Lisbon",
        "care:warm",
        "is:kept looms",
        'circle:"new weavers"',
        "standing:new\u00a0spark looms met:dinner",
        "before:2026 looms",
        "met:dinner looms",
        "since:2025-03 before:2025-04",
    ],
)
def test_filters_in_words_leave_what_fits(others, line):
    hits = find(an_owner(), line.replace("standing:new\u00a0spark", 'standing:"new spark"'), today=TODAY).hits

    assert {told(hit.title).replace("[", "").replace("]", "") for hit in hits} <= {"Ben Carter"}
    assert hits


def test_in_is_where_they_live_or_where_it_was(others, ada):
    meeting = record(an_owner(), [ada], day=day("2026-04-01"), told=Told(text="Looked at the harbour"))
    a_gathering("Walk", "2026-04-01", a_person("Ada"), place="Lisbon, Alfama").attendances.update(
        moment=meeting
    )

    assert found("in:lisbon") == {
        "person": ["Ben Carter: "],
        "moment": ["Ada Byron: Looked at the harbour", "Ben Carter: Looms over dinner"],
        "gathering": ["Walk: Lisbon, Alfama"],
    }


def test_a_book_from_before_there_was_an_index_is_read_once(ada):
    cache.start_over()
    Entry.objects.all().delete()

    assert "moment" in found("looms")


def test_a_big_import_is_read_in_slices_and_said_to_be(ada, monkeypatch):
    monkeypatch.setattr(cache, "AT_ONCE", 1)
    cache.start_over()

    at_first = find(an_owner(), "looms", today=TODAY).complete if cache.fresh(an_owner(), 0) else False
    cache.catch_up(an_owner())

    assert (at_first, Reading.objects.count()) == (False, 0)
    assert find(an_owner(), "looms", today=TODAY).complete


def test_a_house_that_closes_does_not_wait_until_a_big_import_is_read(ada, monkeypatch):
    monkeypatch.setattr(cache, "AT_ONCE", 1)
    cache.start_over()

    with monkeypatch.context() as steps:
        steps.setattr(cache, "PACE", 0.0)  # a step that reads nothing
        cache.catch_up(an_owner(), is_over=lambda: True)
    left = Reading.objects.count()
    cache.catch_up(an_owner())

    assert (left, Reading.objects.count()) == (1, 0)


def test_reading_the_book_anew_gives_the_same_index(others):
    found("looms")
    before = (
        sorted(Entry.objects.values_list("id", "words")),
        sorted(Spelling.objects.values_list("letters", "word")),
    )

    cache.rebuild(an_owner())

    assert (
        sorted(Entry.objects.values_list("id", "words")),
        sorted(Spelling.objects.values_list("letters", "word")),
    ) == before


def test_another_owners_words_are_never_found(ada):
    assert found("looms", an_owner("Jonas")) == {}


@pytest.mark.parametrize(
    "line",
    ['"', "*", "a" * 400, "ada OR byron)", "'; DROP TABLE amity_entry; --", "\x00", "🎻", "since:9999-99"],
)
def test_odd_lines_find_what_they_find_and_break_nothing(ada, line):
    assert isinstance(found(line), dict)


@pytest.mark.parametrize("count", [1, 3])
def test_more_to_show_takes_no_more_questions(count, django_assert_max_num_queries):
    for number in range(count):
        somebody = (
            a_person(f"Ada {number}").kept(spark="like").met_on("2026-05-01", text="looms").hopes("looms")
        )
        add_fact(somebody.person, "looms")
    found("ada")

    with django_assert_max_num_queries(18):
        found("adda looms")


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("since:2026", {"Ada Byron", "Written Lately"}),
        ("before:2026", {"Ben Elm", "Ada Byron"}),
        ("met:dinner", {"Ben Elm", "Ada Byron"}),
        ("met:dinner since:2026", {"Ada Byron"}),
        ("is:kept since:2025", {"Ada Byron"}),
        ("since:2025-06 before:2026", {"Ben Elm"}),
    ],
)
def test_people_of_a_time_and_a_setting_are_the_same_whichever_way_they_are_looked_for(
    monkeypatch, few, line, names
):
    monkeypatch.setattr("amity.search.narrowing.FEW_EACH", few)
    a_person("Ada Byron").met_on("2025-05-01", "2026-05-01", setting="dinner party").kept()
    a_person("Ben Elm").met_on("2025-06-01", setting="dinner party").met_on("2025-07-01")
    a_person("Written Lately").wrote_on("2026-05-02", by="owner")  # no mutual day, so no tie
    a_person("Nobody Met")

    assert set(found(line)["person"]) == {f"{name}: " for name in names}


@pytest.mark.parametrize("few", [0, 1000])
def test_nobody_is_found_by_a_day_that_is_no_longer_there(monkeypatch, few):
    monkeypatch.setattr("amity.search.narrowing.FEW_EACH", few)
    ada = a_person("Ada Byron").met_on("2025-05-01", "2026-05-01").person
    found("since:2026")
    newest = Moment.objects.get(day=day("2026-05-01"))

    brought = Import.objects.create(owner=ada.owner, state="leaving")
    Moment.objects.filter(pk=newest.pk).update(imported_by=brought)
    Participation.everything.filter(moment=newest).update(imported_by=brought)
    assert not people_left(ada.owner, read(ada.owner, "since:2026"), today=TODAY)

    brought.delete()
    record_whole_book(ada.owner, "gone")
    assert not people_left(ada.owner, read(ada.owner, "since:2026"), today=TODAY)

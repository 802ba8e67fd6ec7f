"""Who is perhaps one: joined by itself, or asked once and never again; and imports that are taken back."""

import pytest

from amity.duplicates import likeness
from amity.duplicates.actions import answer, look, merge, unmerge
from amity.duplicates.models import Merge, Perhaps
from amity.duplicates.queries import about, joined_after, merge_of, waiting
from amity.journal.models import Deed
from amity.journal.queries import last_deed
from amity.people.models import Person, Place
from amity.people.queries import NotFound, of
from amity.sources.actions import undo
from cast import a_person, an_owner, day
from sources.book import rows
from sources.samples import a_card, bring_in, vcf

pytestmark = pytest.mark.django_db

TODAY = day("2026-05-10")
HOME = "ada@loom.example"


@pytest.fixture
def said(monkeypatch):
    """Let two names be said to be surely or perhaps one person; give what is said, to be added to."""
    answers = {}

    def alike(records):
        names = [record.names[0] for record in records]
        return [
            likeness.Pair(names.index(one), names.index(other), how, ("same name",), 0.9)
            for (one, other), how in answers.items()
            if one in names and other in names
        ]

    monkeypatch.setattr(likeness, "alike", alike)
    return answers


def everybody():
    return {person.name: sorted(way.value for way in person.ways.all()) for person in of(an_owner())}


def asked():
    return [({one.a.name, one.b.name}, one.evidence) for one in waiting(an_owner(), TODAY)]


def test_those_who_are_perhaps_one_are_asked_about_once(said):
    a_person("Ada"), a_person("Lady"), a_person("Mary")
    said |= {("Ada", "Lady"): "perhaps", ("Ada", "Mary"): "surely"}
    look(an_owner())
    first = asked()

    answer(Perhaps.objects.get(b__name="Lady"), "no", day=TODAY)
    answer(Perhaps.objects.get(b__name="Mary"), "later", day=TODAY)
    look(an_owner())

    assert first == [({"Ada", "Lady"}, ["same name"]), ({"Ada", "Mary"}, ["same name"])]
    assert asked() == []
    assert [one.b.name for one in waiting(an_owner(), day("2026-06-09"))] == ["Mary"]


def test_a_question_nothing_speaks_for_any_more_is_forgotten(said):
    a_person("Ada"), a_person("Lady")
    said["Ada", "Lady"] = "perhaps"
    look(an_owner())

    said.clear()
    look(an_owner())

    assert Perhaps.objects.count() == 0


def test_surely_one_becomes_one_after_an_import_and_comes_apart_with_it(said, tmp_path):
    a_person("Ada").reached_by("email", HOME).met_on("2026-01-05")
    before = rows(an_owner())
    said["Ada", "Lady Lovelace"] = "surely"

    run, _ = bring_in(an_owner(), vcf(tmp_path / "cards", a_card("Lady Lovelace", email="lady@loom.example")))
    between, joined = everybody(), [one.gone.name for one in joined_after(run)]
    undo(run)

    assert (between, joined) == ({"Ada": [HOME, "lady@loom.example"]}, ["Lady Lovelace"])
    assert rows(an_owner()) == before
    assert list(Deed.objects.filter(verb="merge").values_list("who", "sentence")) == [
        ("clock", "Lady Lovelace and Ada are one person now.")
    ]


def test_three_records_of_one_person_become_one(said, tmp_path):
    a_person("Ada").kept()
    names = ("Lady", "Countess", "A. A.")
    said |= {("Lady", "Countess"): "surely", ("Ada", "Lady"): "surely", ("Countess", "A. A."): "surely"}

    run, _ = bring_in(
        an_owner(), vcf(tmp_path / "cards", *(a_card(one, email=f"{one[0]}@x.org") for one in names))
    )
    between = everybody()
    undo(run)

    assert between == {"Ada": ["A@x.org", "C@x.org", "L@x.org"]}
    assert everybody() == {"Ada": []}


def test_the_import_that_brought_the_survivor_can_be_taken_back_too(said, tmp_path):
    first, _ = bring_in(an_owner(), vcf(tmp_path / "first", a_card("Ada", email=HOME)))
    said["Ada", "Lady"] = "surely"
    bring_in(an_owner(), vcf(tmp_path / "second", a_card("Lady", email="lady@loom.example")))

    undo(first)

    assert everybody() == {"Lady": ["lady@loom.example"]}


def test_what_the_owner_joined_stays_and_what_the_import_brought_goes(tmp_path):
    ada = a_person("Ada").reached_by("phone", "+44 20 7946 0018")
    run, _ = bring_in(
        an_owner(), vcf(tmp_path / "cards", a_card("Lady", email="lady@loom.example", title="Weaver"))
    )
    merge(ada.person, Person.objects.get(name="Lady"))

    undo(run)

    assert everybody() == {"Ada": ["+44 20 7946 0018"]}
    assert unmerge(Merge.objects.get()).name == "Lady"


def test_what_another_import_says_too_is_there_still(tmp_path):
    one = vcf(tmp_path / "one", a_card("Ada Byron", email=HOME, title="Weaver"))
    other = vcf(tmp_path / "other", a_card("Lady Lovelace", email=HOME, title="Weaver"))
    first, _ = bring_in(an_owner(), one)
    bring_in(an_owner(), other)
    joined = merge(Person.objects.get(name="Ada Byron"), Person.objects.get(name="Lady Lovelace"))

    undo(first)

    ada = Person.objects.get()
    assert [way.value for way in ada.ways.all()] == [HOME]
    assert [work.title for work in ada.affiliations.all()] == ["Weaver"]
    assert [way.value for way in unmerge(joined).ways.all()] == [HOME]


def test_the_file_of_who_is_gone_finds_who_they_became(tmp_path):
    lady = vcf(tmp_path / "cards", a_card("Lady Lovelace", email="lady@loom.example", uid="lady"))
    bring_in(an_owner(), lady)
    ada = a_person("Ada").person
    joined = merge(ada, Person.objects.get(name="Lady Lovelace"))
    more = vcf(tmp_path / "more", a_card("Lady Lovelace", email="l@loom.example", uid="lady"))

    _, report = bring_in(an_owner(), more)
    unmerge(joined)
    _, again = bring_in(
        an_owner(), vcf(tmp_path / "now", a_card("Lady Lovelace", title="Countess", uid="lady"))
    )

    assert (report.people_new, again.people_new) == (0, 0)
    assert [work.title for work in Person.objects.get(name="Lady Lovelace").affiliations.all()] == [
        "Countess"
    ]


def test_whom_amity_joined_wrongly_it_never_joins_again(said, tmp_path):
    a_person("Ada")
    said["Ada", "Lady"] = "surely"
    bring_in(an_owner(), vcf(tmp_path / "cards", a_card("Lady", email=HOME)))

    unmerge(Merge.objects.get())
    bring_in(an_owner(), vcf(tmp_path / "more", a_card("Lady", email=HOME, title="Countess")))

    assert sorted(everybody()) == ["Ada", "Lady"]
    assert asked() == []


def test_nobody_who_is_kept_goes_to_the_shelf_unasked(said, tmp_path):
    a_person("Ada").kept()
    said["Ada", "Lady"] = "surely"
    run, _ = bring_in(an_owner(), vcf(tmp_path / "cards", a_card("Lady", email=HOME)))
    unmerge(Merge.objects.get())
    Perhaps.objects.all().delete()
    Person.objects.filter(name="Lady").update(place=Place.SHELF)

    look(an_owner(), because=run, among=Person.objects.values_list("pk", flat=True))

    assert asked() == [({"Ada", "Lady"}, ["same name"])]


def test_nobody_in_the_trash_or_of_another_book_is_asked_about(said):
    ada, lady = a_person("Ada").person, a_person("Lady")
    said["Ada", "Lady"] = "perhaps"
    look(an_owner())
    question = about(ada, TODAY)
    Person.objects.filter(pk=lady.person.pk).update(trashed_at=an_owner().since)

    assert question is not None
    assert asked() == []
    assert waiting(an_owner("Jonas"), TODAY).count() == 0
    with pytest.raises(NotFound):
        merge_of(an_owner("Jonas"), merge(ada, a_person("Countess").person).uid)
    assert last_deed(an_owner()).sentence == "Countess and Ada are one person now."

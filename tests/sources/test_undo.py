"""Taking an import back after the owner has built upon it, and bringing in people who were put away."""

import pytest

from amity.book.actions import erase
from amity.gatherings.actions import settle_past
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import undo as undo_deed
from amity.journal.models import Deed, Import, ImportState, Origin
from amity.moments.actions import forget
from amity.moments.models import Felt, Moment
from amity.owner.actions import NotPossible, claim
from amity.owner.models import OwnIdentity
from amity.people.actions import add_fact, add_hope, join_circle, keep, shelve, trash, unshelve
from amity.people.models import Affiliation, Circle, Fact, Membership, Organisation, Person, Place, Spark, Way
from amity.people.queries import of as people_of
from amity.sources.actions import begin, carry_out, undo
from cast import a_person, an_owner, day, instant
from sources.book import moments, names, rows
from sources.samples import (
    ADA,
    BEN,
    CLEO,
    ME,
    a_card,
    a_letter,
    a_meeting,
    bring_in,
    eml,
    ics,
    linkedin,
    mbox,
    vcf,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya():
    owner = an_owner("Maya", zone="Europe/Lisbon")
    claim(owner, "email", ME)
    return owner


def called(name):
    return Person.objects.get(name=name)


@pytest.mark.parametrize(
    "touch",
    [
        lambda ada: keep(ada, day=day("2026-02-01"), sparks={"like": ""}),
        lambda ada: keep(ada, day=day("2026-02-01"), care="warm"),
        lambda ada: add_hope(ada, "Launch the loom", day=day("2026-02-01")),
        lambda ada: add_fact(ada, "Has a dog"),
        lambda ada: join_circle(ada, "Weavers"),
        lambda ada: unshelve(shelve(ada)),
    ],
)
def test_somebody_the_owner_has_touched_stays_with_their_ways_and_is_listed(maya, tmp_path, touch):
    cards = [a_card("Ada Byron", email=ADA, note="From the file"), a_card("Ben Okafor", email=BEN)]
    run, _ = bring_in(maya, vcf(tmp_path / "cards", *cards))
    touch(called("Ada Byron"))

    stayed = undo(run)

    assert stayed.people == ["Ada Byron"]
    assert names(maya) == ["Ada Byron"]
    assert list(Way.objects.values_list("value", flat=True)) == [ADA]
    assert not Fact.objects.filter(text="From the file").exists()


def test_a_touch_that_was_taken_back_keeps_nobody(maya, tmp_path):
    run, _ = bring_in(maya, vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA)))
    shelve(called("Ada Byron"))
    undo_deed(maya, Deed.objects.of(maya).latest("id").uid)

    stayed = undo(run)

    assert (stayed.people, names(maya)) == ([], [])


def test_what_the_clock_did_is_no_touch_of_the_owners(maya, tmp_path):
    path = ics(tmp_path / "cal", a_meeting("a", "20990106T100000Z", "20990106T110000Z", ME, ADA))
    run, _ = bring_in(maya, path)
    settle_past(maya, now=instant("2099-02-01 12:00"))

    stayed = undo(run)

    assert (stayed.people, names(maya), moments(maya), Gathering.objects.count()) == ([], [], [], 0)


def test_a_moment_the_owner_said_something_of_stays_with_whoever_was_there(maya, tmp_path):
    run, _ = bring_in(maya, mbox(tmp_path / "box", a_letter(1, ADA, ME), a_letter(2, BEN, ME, day=6)))
    moment = Moment.objects.get(day="2026-01-05")
    from amity.journal.actions import deed

    with deed(maya, "felt", "It gave energy.") as writing:
        writing.change(moment, felt=Felt.GAVE)

    stayed = undo(run)

    assert stayed.people == ["Ada Byron"]
    assert moments(maya) == [("2026-01-05", "mail", "in", "Ada Byron")]


def test_a_felt_meeting_stays_as_a_gathering_too_and_comes_back_as_one(maya, tmp_path):
    path = ics(tmp_path / "cal", a_meeting("a", "20200106T100000Z", "20200106T110000Z", ME, ADA))
    run, _ = bring_in(maya, path)
    from amity.journal.actions import deed

    with deed(maya, "felt", "It gave energy.") as writing:
        writing.change(Moment.objects.get(), felt=Felt.GAVE)
    undo(run)

    _, again = bring_in(maya, path)

    assert (again.gatherings_same, again.moments_new) == (1, 0)
    assert moments(maya) == [("2020-01-06", "met", "", "Ada Byron")]
    assert Attendance.objects.get().moment == Moment.objects.get()


def test_people_of_an_undone_import_whom_another_one_knows_stay_without_being_listed(maya, tmp_path):
    first, _ = bring_in(maya, vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA, note="Tea")))
    second, _ = bring_in(maya, mbox(tmp_path / "box", a_letter(1, ADA, ME)))

    stayed = undo(first)
    left = (names(maya), Fact.objects.count(), called("Ada Byron").imported_by)
    undo(second)

    assert (stayed.people, left) == ([], (["Ada Byron"], 0, second))
    assert names(maya) == []


def test_a_circle_and_an_organisation_that_others_are_in_stay(maya, tmp_path):
    first, _ = bring_in(
        maya, vcf(tmp_path / "one", a_card("Ada Byron", email=ADA, org="Loom Works", categories="Looms"))
    )
    bring_in(maya, vcf(tmp_path / "two", a_card("Ben Okafor", email=BEN, org="Loom Works")))
    mary = a_person("Mary").person
    join_circle(mary, "Looms")

    undo(first)

    assert list(Affiliation.objects.values_list("person__name", "organisation__name")) == [
        ("Ben Okafor", "Loom Works")
    ]
    assert list(Membership.objects.values_list("person__name", "circle__name")) == [("Mary", "Looms")]
    assert (Organisation.objects.count(), Circle.objects.get().imported_by) == (1, None)


def test_what_an_import_said_of_somebody_older_goes_and_so_do_its_words(maya, tmp_path):
    ada = a_person("Ada Byron").reached_by("email", ADA).person
    before = rows(maya)
    run, report = bring_in(
        maya, vcf(tmp_path / "cards", a_card("Ada Augusta", email=ADA, title="Weaver", categories="Looms"))
    )
    found = people_of(maya).filter(folded__contains="weaver").exists()

    undo(run)

    assert (found, report.people_updated) == (True, 1)
    assert rows(maya) == before
    assert Person.objects.get(pk=ada.pk).folded == "ada byron ada@loom.example"


@pytest.mark.parametrize("put_away", [shelve, trash])
def test_whoever_was_put_away_is_updated_where_they_are(maya, tmp_path, put_away):
    ada = put_away(a_person("Ada").reached_by("email", ADA).person)
    place, trashed = ada.place, ada.trashed_at

    _, report = bring_in(
        maya,
        vcf(tmp_path / "cards", a_card("Ada", email=ADA, title="Weaver")),
        mbox(tmp_path / "b", a_letter(1, ADA, ME)),
    )

    again = Person.objects.get()
    assert (again.place, again.trashed_at, report.people_new, report.people_updated) == (place, trashed, 0, 1)
    assert Affiliation.objects.get().title == "Weaver"


def test_whoever_was_erased_is_passed_over_by_every_format(maya, tmp_path):
    bring_in(maya, vcf(tmp_path / "first", a_card("Ada Byron", email=ADA, uid="ada-1")))
    erase(called("Ada Byron"))

    _, report = bring_in(
        maya,
        vcf(
            tmp_path / "cards",
            a_card("Ada Byron", email=ADA),
            a_card("A. B.", uid="ada-1", email="other@loom.example"),
        ),
        mbox(tmp_path / "box", a_letter(1, ADA, ME), a_letter(2, ME, ADA, BEN)),
        ics(tmp_path / "cal", a_meeting("a", "20200106T100000Z", "20200106T110000Z", ME, ADA, BEN)),
    )

    assert names(maya) == ["Ben Okafor"]
    assert [moment[3:] for moment in moments(maya)] == [("Ben Okafor",), ("Ben Okafor",)]
    assert not Attendance.objects.filter(email=ADA).exists()
    assert report.people_new == 1


def test_a_moment_the_owner_took_away_does_not_stop_the_undo(maya, tmp_path):
    run, _ = bring_in(maya, mbox(tmp_path / "box", a_letter(1, ADA, ME)))
    forget(Moment.objects.get())

    stayed = undo(run)

    assert (stayed.people, moments(maya)) == (["Ada Byron"], [])


def test_who_the_owner_is_stays_known_while_one_import_says_so(tmp_path):
    jonas = an_owner("Jonas")
    first, _ = bring_in(jonas, linkedin(tmp_path / "one", ["Ada Byron"]))
    second, _ = bring_in(jonas, linkedin(tmp_path / "two", ["Ben Okafor"]))

    undo(first)
    kept = set(OwnIdentity.objects.of(jonas).values_list("normal", "said_by"))
    undo(second)

    assert kept == {("maya@example.com", second.uid), ("maya oduya-lind", second.uid)}
    assert not OwnIdentity.objects.of(jonas).exists()


def test_what_has_not_arrived_cannot_be_undone_and_nothing_twice(maya, tmp_path):
    path = vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA))
    preview = begin(maya, [str(path)], preview=True)
    carry_out(preview)
    run, _ = bring_in(maya, path)
    undo(run)

    for one in (preview, run):
        with pytest.raises(NotPossible, match="That import is not in the book"):
            undo(one)
    assert Import.objects.get(pk=run.pk).state == ImportState.UNDONE


def test_an_undone_import_can_be_brought_in_again(maya, tmp_path):
    path = mbox(tmp_path / "box", a_letter(1, ADA, ME), a_letter(2, ME, CLEO))
    run, first = bring_in(maya, path)
    undo(run)

    _, second = bring_in(maya, path)

    assert second.to_json("") | {"seconds": 0} == first.to_json("") | {"seconds": 0}
    assert (names(maya), Origin.objects.count()) == (["Ada Byron", "Cleo Marsh"], 0)


def test_an_undo_touches_only_the_book_it_is_of(maya, tmp_path):
    jonas = an_owner("Jonas")
    claim(jonas, "email", ME)
    path = eml(tmp_path / "letter", a_letter(1, ADA, ME))
    bring_in(jonas, path)
    before = rows(jonas)
    run, _ = bring_in(maya, path)
    keep(Person.objects.of(maya).get(), day=day("2026-02-01"))

    undo(run)

    assert rows(jonas) == before
    assert (Person.objects.of(maya).get().place, Spark.objects.count()) == (Place.KEPT, 0)

"""The whole book as one open file: for people, for other programs, and back again."""

import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.book.export import export
from amity.book.reimport import bring_back, is_export
from amity.formats import vcard
from amity.journal.actions import undo
from amity.journal.queries import last_deed
from amity.moments.actions import give, promise
from amity.owner.actions import NotPossible
from amity.people.actions import add, add_fact, join_circle, keep, trash
from amity.people.models import Person, Photo
from amity.people.queries import get
from amity.ties.story import story
from cast import a_gathering, a_person, an_owner, day

pytestmark = pytest.mark.django_db(transaction=True)


def a_full_book():
    ada = (
        a_person("Ada Byron")
        .met_on("2026-01-05", "2026-02-04", "2026-03-06")
        .kept(care="close", spark="like")
    )
    ada.born("--12-10").hopes("launch the loom").reached_by("email", "ada@example.org")
    add_fact(ada.person, "left-handed", sensitive=True)
    add_fact(ada.person, "weaves", label="craft")
    join_circle(ada.person, "Weavers")
    give(ada.person, "idea", day=day("2026-01-05"), received=True, text="use cards")
    promise(ada.person, "the paper", day=day("2026-01-05"), due=day("2026-02-01"))
    Photo.objects.create(owner=ada.owner, person=ada.person, jpeg=b"\xff\xd8 a face")
    a_gathering("Looms at noon", "2026-04-01", ada, "Somebody Else")
    return ada


def test_an_export_into_an_empty_book_gives_the_same_book_byte_for_byte(tmp_path):
    a_full_book()
    export(an_owner(), tmp_path / "first.zip")

    bring_back(an_owner("Jonas"), tmp_path / "first.zip")
    export(an_owner("Jonas"), tmp_path / "second.zip")

    assert (tmp_path / "second.zip").read_bytes() == (tmp_path / "first.zip").read_bytes()


@pytest.mark.once
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(
        st.text(min_size=1, max_size=40).filter(lambda name: name.strip() and name.isprintable()), max_size=4
    )
)
def test_any_names_come_back_the_same(tmp_path, names):
    Person.objects.all().delete()
    for name in names:
        keep(add(an_owner(), name), day=day("2026-01-01"), sparks={"admire": name})
    export(an_owner(), tmp_path / "first.zip")
    back = an_owner("Ines")

    bring_back(back, tmp_path / "first.zip")
    export(back, tmp_path / "second.zip")

    assert (tmp_path / "second.zip").read_bytes() == (tmp_path / "first.zip").read_bytes()


def test_the_story_of_a_person_comes_back(tmp_path):
    told = story(an_owner(), a_full_book().person, day("2026-05-01"))
    export(an_owner(), tmp_path / "book.zip")

    bring_back(an_owner("Jonas"), tmp_path / "book.zip")

    back = story(an_owner("Jonas"), get(an_owner("Jonas"), "Ada Byron"), day("2026-05-01"))
    assert back.tie == told.tie
    assert [(m.day, m.kind, m.uid) for m in back.moments] == [(m.day, m.kind, m.uid) for m in told.moments]


def test_other_programs_find_contacts_and_people_find_pages(tmp_path):
    ada = a_full_book()
    export(an_owner(), tmp_path / "book.zip")

    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        names = set(archive.namelist())
        with archive.open("people.vcf") as cards:
            (contact,) = list(vcard.read(cards))
        page = archive.read(f"people/{ada.person.uid}.md").decode()
        calendar = archive.read("calendar.ics").decode()

    assert {"amity.json", "data/person.jsonl", "people.vcf", "calendar.ics"} <= names
    assert (contact.name, contact.dates[0].value, contact.circles) == ("Ada Byron", "--12-10", ("Weavers",))
    assert page.startswith("# Ada Byron\n")
    assert "- craft: weaves" in page
    assert "SUMMARY:Looms at noon" in calendar


def test_more_people_are_exported_by_no_more_questions(tmp_path):
    maya = a_full_book().owner

    def questions():
        with CaptureQueriesContext(connection) as captured:
            export(maya, tmp_path / "book.zip")
        return len(captured)

    before = questions()
    for n in range(30):
        a_person(f"Guest {n}").met_on("2026-01-05").born("--12-10")

    assert questions() == before


def test_sensitive_facts_do_not_travel_to_other_programs(tmp_path):
    a_full_book()
    export(an_owner(), tmp_path / "book.zip")

    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        assert b"left-handed" not in archive.read("people.vcf")


def test_an_export_holds_nobody_elses_book(tmp_path):
    a_full_book()
    a_person("Charles the Stranger").of(an_owner("Jonas"))
    export(an_owner(), tmp_path / "book.zip")

    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        assert not any(b"Charles the Stranger" in archive.read(name) for name in archive.namelist())


def test_somebody_in_the_trash_comes_back_in_the_trash(tmp_path):
    trash(a_person("Ada").person)
    export(an_owner(), tmp_path / "book.zip")

    bring_back(an_owner("Jonas"), tmp_path / "book.zip")

    assert Person.objects.get(owner=an_owner("Jonas")).trashed_at is not None


def test_a_book_that_is_not_empty_takes_nothing_back(tmp_path):
    a_full_book()
    export(an_owner(), tmp_path / "book.zip")

    with pytest.raises(NotPossible, match="only come back into an empty one"):
        bring_back(an_owner(), tmp_path / "book.zip")


def test_an_export_from_a_newer_amity_is_refused_by_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        archive.writestr("amity.json", json.dumps({"amity": "book", "schema": 99, "version": "9.1"}))

    with pytest.raises(NotPossible, match=r"newer Amity \(9\.1\)"):
        bring_back(an_owner(), tmp_path / "book.zip")


def test_a_damaged_export_changes_nothing(tmp_path):
    a_full_book()
    export(an_owner(), tmp_path / "whole.zip")
    with (
        zipfile.ZipFile(tmp_path / "whole.zip") as whole,
        zipfile.ZipFile(tmp_path / "torn.zip", "w") as torn,
    ):
        for name in whole.namelist():
            torn.writestr(name, whole.read(name)[:-9] if name == "data/moment.jsonl" else whole.read(name))

    with pytest.raises(NotPossible, match="damaged"):
        bring_back(an_owner("Jonas"), tmp_path / "torn.zip")

    assert not Person.objects.filter(owner=an_owner("Jonas")).exists()


def test_an_export_is_told_by_what_is_inside(tmp_path):
    a_full_book()
    export(an_owner(), tmp_path / "renamed.bin")
    (tmp_path / "other.zip").write_bytes(b"PK\x05\x06" + bytes(18))

    assert is_export(tmp_path / "renamed.bin")
    assert not is_export(tmp_path / "other.zip")


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(NotPossible, match="could not be written"):
        export(an_owner(), tmp_path / "nowhere" / "book.zip")


def test_what_came_back_can_be_changed_and_undone(tmp_path):
    a_full_book()
    export(an_owner(), tmp_path / "book.zip")
    jonas = an_owner("Jonas")
    bring_back(jonas, tmp_path / "book.zip")

    trash(get(jonas, "Ada Byron"))
    undo(jonas, last_deed(jonas).uid)

    assert get(jonas, "Ada Byron").trashed_at is None

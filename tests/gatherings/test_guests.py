"""Who is on a list: matched to the book by address, or by a name that only one person bears."""

from io import BytesIO

import pytest

from amity.book.actions import erase
from amity.gatherings.guests import invite, put_on_list, take_off
from amity.gatherings.models import Attendance
from amity.journal.actions import undo
from amity.journal.models import Deed, Touch
from amity.owner.actions import NotPossible, claim
from amity.people.models import Person
from cast import a_gathering, a_person, an_owner

pytestmark = pytest.mark.django_db


def on_list(gathering):
    return [
        (one.name, one.person and one.person.name, one.maybe) for one in gathering.attendances.order_by("id")
    ]


def test_an_address_finds_the_person_whatever_the_list_calls_them():
    a_person("Ada Byron").reached_by("email", "ada@loom.example")
    fair = a_gathering("Loom Fair", "2026-06-01")

    done = invite(fair, "A. Byron <Ada+fair@loom.example>")

    assert on_list(fair) == [("A. Byron", "Ada Byron", False)]
    assert (done.added, done.known, done.maybe) == (1, 1, 0)


def test_at_a_familys_mailbox_only_whoever_is_called_so_is_found_and_each_is_a_guest():
    for name in ("Ada Smith", "Tom Smith"):
        a_person(name).reached_by("email", "smiths@loom.example")
    fair = a_gathering("Loom Fair", "2026-06-01")
    text = "\n".join(f"{name} <smiths@loom.example>" for name in ("Tom Smith", "Rosa Smith", "A. Smith"))

    done = invite(fair, text)
    again = invite(fair, text)

    assert on_list(fair) == [
        ("Tom Smith", "Tom Smith", False),
        ("Rosa Smith", None, False),
        ("A. Smith", "Ada Smith", False),
    ]
    assert (done.added, again.same) == (3, 3)


def test_a_mailbox_is_its_familys_by_whatever_name_they_go_too():
    ada = a_person("Ada Byron").reached_by("email", "smiths@loom.example")
    ada.person.othernames.create(owner=ada.owner, name="Ada Smith")
    fair = a_gathering("Loom Fair", "2026-06-01")

    invite(fair, "Ada Smith <smiths@loom.example>")

    assert on_list(fair) == [("Ada Smith", "Ada Byron", False)]


def test_a_whole_name_that_one_person_bears_is_maybe_them():
    a_person("Ada Byron")
    fair = a_gathering("Loom Fair", "2026-06-01")

    invite(fair, "ada byron\nKofi Novak")

    assert on_list(fair) == [("ada byron", "Ada Byron", True), ("Kofi Novak", None, False)]


def test_a_name_that_two_people_bear_or_two_guests_or_half_a_name_finds_nobody():
    for name in ("Ada Byron", "Ada Byron", "Kofi Novak", "Rosa"):
        a_person(name)
    fair = a_gathering("Loom Fair", "2026-06-01")

    invite(fair, "Ada Byron\nKofi Novak <k1@loom.example>\nKofi Novak <k2@loom.example>\nRosa")

    assert [person for _, person, _ in on_list(fair)] == [None, None, None, None]


def test_unknown_guests_stay_names_and_become_nobody():
    fair = a_gathering("Loom Fair", "2026-06-01")

    invite(fair, "Kofi Novak <kofi@loom.example>")

    assert (Person.objects.count(), fair.attendances.count()) == (0, 1)


def test_the_same_list_twice_adds_nobody():
    fair = a_gathering("Loom Fair", "2026-06-01")
    text = "Ada Byron\nKofi Novak <kofi@loom.example>\nKofi <kofi@loom.example>"
    invite(fair, text)

    done = invite(fair, text)

    fair.refresh_from_db()
    assert (done.added, done.same, fair.size) == (0, 3, 3)


def test_the_owner_is_not_on_their_own_list():
    maya = an_owner()
    claim(maya, "email", "maya@book.example")
    claim(maya, "name", "Maya Lind")
    fair = a_gathering("Loom Fair", "2026-06-01")

    invite(fair, "Maya <maya@book.example>\nMaya Lind\nKofi Novak")

    assert on_list(fair) == [("Kofi Novak", None, False)]


def test_somebody_who_was_erased_does_not_come_back_with_a_list_nor_stay_in_the_journal():
    fair = a_gathering("Loom Fair", "2026-06-01")
    invite(fair, "Ada Byron <ada@loom.example>")
    ada = a_person("Ada Byron").reached_by("email", "ada@loom.example")
    erase(ada.person)

    invite(fair, "Ada Byron <ada@loom.example>\nKofi Novak")

    assert on_list(fair) == [("Kofi Novak", None, False)]
    assert not [touch for touch in Touch.objects.all() if "ada@loom.example" in str(touch.after)]


def test_a_list_is_one_deed_that_can_be_taken_back():
    fair = a_gathering("Loom Fair", "2026-06-01")
    invite(fair, "\n".join(f"Guest Number{chr(97 + n)}" for n in range(20)))

    undo(fair.owner, Deed.objects.get(verb="attendee list").uid)

    fair.refresh_from_db()
    assert (fair.attendances.count(), fair.size) == (0, 1)


def test_a_table_with_other_columns_is_refused_and_changes_nothing():
    fair = a_gathering("Loom Fair", "2026-06-01")

    with pytest.raises(NotPossible, match="A list has a column Name or Email"):
        put_on_list(fair, BytesIO(b"sku,price\nloom,3\n"))

    assert (Attendance.objects.count(), Deed.objects.filter(verb="attendee list").count()) == (0, 0)


def test_control_signs_in_a_name_are_gone():
    fair = a_gathering("Loom Fair", "2026-06-01")

    invite(fair, 'Name,Email\n"Ada\x07 <b>Byron",ada@loom.example')

    assert on_list(fair) == [("Ada <b>Byron", None, False)]


def test_somebody_can_be_taken_off_a_list():
    fair = a_gathering("Loom Fair", "2026-06-01")
    invite(fair, "Ada Byron\nKofi Novak")

    take_off(fair.attendances.get(name="Ada Byron"))

    fair.refresh_from_db()
    assert (on_list(fair), fair.size) == ([("Kofi Novak", None, False)], 2)

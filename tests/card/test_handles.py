from __future__ import annotations

from dataclasses import replace

import pytest

from amity.card.actions import CardSaid, add, edit, take_down
from amity.card.handles import RESERVED, read_handle
from amity.card.models import Card
from amity.journal.actions import undo
from amity.journal.models import Deed
from amity.owner.actions import NotPossible
from cast import an_owner


@pytest.mark.parametrize(
    ("typed", "handle"),
    [("ada", "ada"), (" @Ada-Byron ", "ada-byron"), ("\uff21\uff24\uff21", "ada"), ("", ""), ("4d", "4d")],
)
def test_a_handle_is_lower_case_without_its_at(typed, handle):
    assert read_handle(typed) == handle


@pytest.mark.parametrize(
    "typed",
    ["a", "a" * 31, "-ada", "ada-", "a--b", "ada byron", "zoë", "\u0430da", "ada/..", "~ada", "ada\x00"],
)
def test_other_signs_are_refused_with_one_sentence(typed):
    with pytest.raises(NotPossible) as refused:
        read_handle(typed)

    assert (
        refused.value.sentence
        == "A handle is 2 to 30 letters a to z, digits and single hyphens, like ada-byron."
    )


@pytest.mark.parametrize("typed", ["Admin", *sorted(RESERVED)])
def test_a_reserved_handle_is_refused_with_one_sentence(typed):
    with pytest.raises(NotPossible) as refused:
        read_handle(typed)

    assert refused.value.sentence == f"@{typed.lower()} is kept free for the house; please choose another."


def test_a_handle_is_one_owners_even_in_another_spelling(card):
    jonas = an_owner("Jonas")

    with pytest.raises(NotPossible, match=r"^@maya is already taken here; please choose another\.$"):
        add(jonas, CardSaid(label="work", name="Jonas", handle="@MAYA"))

    assert Card.objects.of(jonas).count() == 0


def test_a_card_taken_down_keeps_its_handle(card):
    take_down(card)

    with pytest.raises(NotPossible, match="already taken"):
        add(an_owner("Jonas"), CardSaid(label="work", name="Jonas", handle="maya"))


def test_a_race_for_a_handle_is_lost_with_the_same_sentence(card, monkeypatch):
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda _rows: False)

    with pytest.raises(NotPossible, match=r"^@maya is already taken here; please choose another\.$"):
        add(an_owner("Jonas"), CardSaid(label="work", name="Jonas", handle="maya"))


def test_a_card_may_keep_its_own_handle_when_it_is_changed(card, said):
    edit(card, replace(said, title="Head weaver"))

    card.refresh_from_db()
    assert (card.handle, card.title) == ("maya", "Head weaver")


def test_a_change_of_a_card_can_be_undone(card, said):
    edit(card, replace(said, name="M. Lind", fields=()))

    undo(card.owner, Deed.objects.of(card.owner).latest("id").uid)

    card.refresh_from_db()
    assert card.name == "Maya Lind"
    assert [field.value for field in card.fields.order_by("place")] == [field.value for field in said.fields]

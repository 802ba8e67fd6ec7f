from __future__ import annotations

from dataclasses import replace

import pytest

from amity.card import actions, queries
from amity.card.actions import CardSaid, FieldSaid
from amity.card.queries import FieldShown, Reached
from amity.owner.actions import NotPossible
from amity.people.queries import NotFound
from cast import a_gathering, an_owner, day, instant

NOW = instant("2026-05-10 12:00", "Europe/Berlin")
TODAY = day("2026-05-10")


def test_a_card_shows_what_is_for_everybody_and_says_that_there_is_more(card):
    shown = queries.shown(queries.reach("Maya", now=NOW))

    assert (shown.name, shown.title, shown.organisation) == ("Maya Lind", "Weaver", "Loom & Co")
    assert shown.fields == (
        FieldShown("email", "maya@loom.example", "work", "mailto:maya@loom.example"),
        FieldShown("url", "https://loom.example/maya", "my page", "https://loom.example/maya"),
    )
    assert shown.withheld


def test_who_left_theirs_sees_all_of_it(card):
    shown = queries.shown(queries.reach("maya", now=NOW), everything=True)

    assert shown.fields[2] == FieldShown("phone", "+49 30 1234567", "mobile", "tel:+49301234567")
    assert not shown.withheld


@pytest.mark.parametrize("at", ["nobody", "", "~", "~" + "a" * 16, "maya\x00", "maya/x", "~maya", "x" * 5000])
def test_an_address_that_never_was_is_answered_like_one_that_is_over(card, at):
    actions.take_down(card)

    with pytest.raises(NotFound) as gone:
        queries.reach("maya", now=NOW)
    with pytest.raises(NotFound) as never:
        queries.reach(at, now=NOW)

    assert gone.value.sentence == never.value.sentence


def test_a_card_can_be_put_up_again(card):
    actions.take_down(card)

    actions.put_up(card)

    assert queries.reach("maya", now=NOW).card == card


def test_a_card_is_seen_through_its_last_day_where_the_owner_is(card, said):
    actions.edit(card, replace(said, expires_on=TODAY))

    assert queries.reach("maya", now=instant("2026-05-10 23:59", "Europe/Berlin")).card == card
    with pytest.raises(NotFound):
        queries.reach("maya", now=instant("2026-05-11 00:00", "Europe/Berlin"))


def test_a_card_without_a_handle_is_found_by_a_link_only(card):
    private = actions.add(card.owner, CardSaid(label="private", name="Maya"))
    link = actions.add_link(private, today=TODAY)

    assert queries.reach(f"~{link.token}", now=NOW).card == private
    with pytest.raises(NotFound):
        queries.reach("", now=NOW)


def test_a_link_for_a_gathering_says_how_we_met_and_ends_a_week_after_it(card):
    weavers = a_gathering("Weavers' Day", "2026-05-12", last_day=day("2026-05-13"), owner=card.owner)

    link = actions.add_link(card, today=TODAY, gathering=weavers)

    assert (link.how_met, link.expires_on) == ("We met at Weavers' Day.", day("2026-05-20"))


def test_a_link_cannot_be_guessed(card):
    tokens = {actions.add_link(card, today=TODAY).token for _ in range(50)}

    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {16}


def test_a_link_ends_on_its_day_and_at_once_when_it_is_revoked(card):
    short = actions.add_link(card, today=TODAY, until=TODAY)
    revoked = actions.revoke_link(actions.add_link(card, today=TODAY))

    for link, now in ((short, instant("2026-05-11 09:00")), (revoked, NOW)):
        with pytest.raises(NotFound):
            queries.reach(f"~{link.token}", now=now)


@pytest.mark.parametrize("until", ["2026-05-09", "2027-06-01"])
def test_a_link_ends_neither_in_the_past_nor_in_years(card, until):
    with pytest.raises(NotPossible, match=r"^A card link ends between today and a year from now\.$"):
        actions.add_link(card, today=TODAY, until=day(until))


def test_what_is_held_out_is_the_link_of_todays_gathering_else_the_first_card(card):
    actions.add(card.owner, CardSaid(label="private", name="Maya"))
    tomorrow = a_gathering("Weavers' Day", "2026-05-11", owner=card.owner)
    link = actions.add_link(card, today=TODAY, gathering=tomorrow)

    assert queries.at_hand(card.owner, now=NOW) == Reached(card)
    assert queries.at_hand(card.owner, now=instant("2026-05-11 12:00")) == Reached(card, link)


def test_nothing_is_held_out_without_a_card(db):
    assert queries.at_hand(an_owner(), now=NOW) is None


@pytest.mark.parametrize(
    ("written", "kind", "href"),
    [
        ("Ada.Byron@Loom.example", "email", "mailto:Ada.Byron@Loom.example"),
        ("+49 (30) 123-4567", "phone", "tel:+49301234567"),
        ("www.loom.example/ada", "url", "https://www.loom.example/ada"),
        ("http://loom.example", "url", "http://loom.example"),
        ("@ada@weavers.example", "handle", ""),
        ("ada.byron", "handle", ""),
        ("javascript:alert(1)", "handle", ""),
        ("javascript://loom.example/%0aalert(1)", "handle", ""),
        ("data:text/html,<script>", "handle", ""),
    ],
)
def test_a_way_is_told_from_how_it_is_written(card, written, kind, href, said):
    actions.edit(card, replace(said, fields=(FieldSaid(written),)))

    (field,) = queries.shown(Reached(card)).fields

    assert (field.kind, field.href) == (kind, href)


def test_a_card_needs_a_name_and_holds_a_dozen_ways(card, said):
    with pytest.raises(NotPossible, match=r"^A card needs a name\.$"):
        actions.edit(card, replace(said, name=" \x00 "))
    with pytest.raises(NotPossible, match=r"^A card holds up to 12 ways; fewer are kinder\.$"):
        actions.edit(card, replace(said, fields=(FieldSaid("@ada"),) * 13))

from __future__ import annotations

from amity.book.export import export
from amity.book.reimport import bring_back
from amity.card.actions import add_link, set_photo
from amity.card.models import Card, CardLink
from amity.card.queries import Reached, photo, shown
from amity.card.visiting import Left, leave
from amity.card.waiting import accept
from cast import an_owner, day


def test_cards_and_who_waits_travel_with_the_book(card, a_picture, tmp_path):
    set_photo(card.owner, a_picture)
    link = add_link(card, today=day("2026-05-10"), how_met="At the loom.")
    accept(leave(Reached(card, link), Left("Ada Byron", "ada@looms.example", "", "yes")))
    before = (shown(Reached(card), everything=True), photo(card), link.token)
    export(card.owner, tmp_path / "book.zip")
    card.owner.delete()

    jonas = an_owner("Jonas")
    bring_back(jonas, tmp_path / "book.zip")

    back = Card.objects.of(jonas).get()
    assert (
        shown(Reached(back), everything=True),
        photo(back),
        CardLink.objects.of(jonas).get().token,
    ) == before
    assert back.visitors.get().person.name == "Ada Byron"

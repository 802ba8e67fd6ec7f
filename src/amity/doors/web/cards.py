"""The owner's cards: written, shown full-screen, printed, given out as links, and taken down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.card import actions, codes, files, queries
from amity.card.actions import CardSaid, FieldSaid
from amity.card.models import Card, CardField, CardLink, OwnPhoto
from amity.card.queries import Reached, shown
from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, day_said, file_said, said
from amity.doors.web.words import long_day
from amity.gatherings import queries as gatherings
from amity.gatherings.models import Gathering
from amity.owner.access import owners_only
from amity.owner.address import public_url
from amity.owner.queries import identities
from amity.people.queries import NotFound, one_of

SPARE_ROWS, GATHERINGS_OFFERED = 2, 40
ON_A_SHEET = 8


@dataclass(frozen=True)
class CardListed:
    """A card as the list shows it: where it is found, whether it is up, and its links."""

    card: Card
    url: str
    up: bool
    links: list[tuple[CardLink, str, str]]  # with its address, and its last day in words


@owners_only
def cards(request: Request) -> HttpResponse:
    """List the cards with everything that can be done with them."""
    return render(request, "card/cards.html", _list(request, Outcome()))


def _list(request: Request, outcome: Outcome) -> dict[str, Any]:
    coming = gatherings.of(request.owner).filter(last_day__gte=request.today)[:GATHERINGS_OFFERED]
    return {
        "cards": [_listed(card) for card in queries.cards(request.owner)],
        "address": public_url(),
        "has_photo": OwnPhoto.objects.of(request.owner).exists(),
        "gatherings": coming,
        **outcome.context(),
    }


def _listed(card: Card) -> CardListed:
    now, address = timezone.now(), public_url()
    links = [
        (link, queries.short_url(Reached(card, link), address), long_day(link.expires_on))
        for link in queries.live_links(card, now)
    ]
    return CardListed(card, queries.short_url(Reached(card), address), queries.is_up(card, now), links)


@owners_only
def card_add(request: Request) -> HttpResponse:
    """Write a new card."""
    name = request.owner.name
    return _writing(request, None, CardSaid(label=_("work"), name=name))


@owners_only
def card_edit(request: Request, uid: str) -> HttpResponse:
    """Write a card anew."""
    card = one_of(request.owner, Card, uid)
    return _writing(request, card, _as_said(card))


def _writing(request: Request, card: Card | None, written: CardSaid) -> HttpResponse:
    outcome = Outcome()
    if request.method == "POST":
        with doing(request, "card", outcome):
            written = _said(request)
            written = replace(written, expires_on=day_said(request, "expires_on"))
            outcome.made = actions.edit(card, written) if card else actions.add(request.owner, written)
        if outcome.made:
            return then(request, outcome, "cards")
    rows = [*written.fields, *[FieldSaid("")] * SPARE_ROWS]
    context = {
        "card": card,
        "written": written,
        "rows": rows,
        "own": [one.value for one in identities(request.owner) if one.kind != "name"],
        "address": settings.AMITY_URL,
    }
    return render(request, "card/edit.html", context | outcome.context(), status=outcome.status)


def _said(request: Request) -> CardSaid:
    columns = [request.POST.getlist(name) for name in ("value", "label", "who")]
    rows = zip(*columns, strict=False)
    return CardSaid(
        label=said(request, "what"),
        name=said(request, "name"),
        handle=said(request, "handle"),
        title=said(request, "title"),
        organisation=said(request, "organisation"),
        about=said(request, "about"),
        with_photo=bool(said(request, "with_photo")),
        fields=tuple(FieldSaid(value, label, who == "after") for value, label, who in rows if value.strip()),
    )


def _as_said(card: Card) -> CardSaid:
    fields = CardField.objects.filter(card=card).order_by("place")
    return CardSaid(
        label=card.label,
        name=card.name,
        handle=card.handle,
        title=card.title,
        organisation=card.organisation,
        about=card.about,
        with_photo=card.with_photo,
        expires_on=card.expires_on,
        fields=tuple(FieldSaid(one.value, one.label, one.after) for one in fields),
    )


@owners_only
@require_POST
def card_up(request: Request, uid: str) -> HttpResponse:
    """Take a card down, or put it up again."""
    card = one_of(request.owner, Card, uid)
    with doing(request) as outcome:
        actions.put_up(card) if said(request, "do") == "up" else actions.take_down(card)
    return then(request, outcome, "cards")


@owners_only
@require_POST
def card_link_add(request: Request, uid: str) -> HttpResponse:
    """Make an unguessable link to a card, for a gathering or for anything else."""
    card = one_of(request.owner, Card, uid)
    with doing(request, "link") as outcome:
        chosen = said(request, "gathering")
        gathering = one_of(request.owner, Gathering, chosen) if chosen else None
        until = day_said(request, "until")
        actions.add_link(
            card, today=request.today, gathering=gathering, how_met=said(request, "how_met"), until=until
        )
    if outcome.errors:
        return render(request, "card/cards.html", _list(request, outcome), status=outcome.status)
    return then(request, outcome, "cards")


@owners_only
@require_POST
def card_link_end(request: Request, uid: str) -> HttpResponse:
    """End a link at once."""
    with doing(request) as outcome:
        actions.revoke_link(one_of(request.owner, CardLink, uid))
    return then(request, outcome, "cards")


@owners_only
def own_photo(request: Request) -> HttpResponse:
    """Give the owner's own face, or change it."""
    if request.method != "POST":
        found = OwnPhoto.objects.of(request.owner).first()
        if found is None:
            raise NotFound(_("There is no photo of you here."))
        return HttpResponse(bytes(found.picture), content_type="image/jpeg")
    with doing(request, "photo") as outcome:
        photo = file_said(request, "photo")
        actions.set_photo(request.owner, photo) if photo else actions.drop_photo(request.owner)
    if outcome.errors:
        return render(request, "card/cards.html", _list(request, outcome), status=outcome.status)
    return then(request, outcome, "cards")


@owners_only
def card_hand(request: Request) -> HttpResponse:
    """Hold out the card that fits today."""
    reached = queries.at_hand(request.owner)
    return _full_screen(request, reached) if reached else redirect("card_add")


@owners_only
def card_show(request: Request, uid: str) -> HttpResponse:
    """Hold out one card, or one link to a card."""
    link = CardLink.objects.of(request.owner).filter(uid=uid).select_related("card", "gathering").first()
    return _full_screen(
        request, Reached(link.card, link) if link else Reached(one_of(request.owner, Card, uid))
    )


def _full_screen(request: Request, reached: Reached) -> HttpResponse:
    one, url = shown(reached), queries.short_url(reached, public_url())
    plain = not url or request.GET.get("as") == "mecard"
    context = {
        "card": one,
        "reached": reached,
        "url": url,
        "plain": plain,
        "code": _drawn(codes.mecard_code(one) if plain else codes.url_code(url)),
        "others": [card for card in queries.cards(request.owner) if card.pk != reached.card.pk],
    }
    return render(request, "card/show.html", context)


def _drawn(code: Any) -> SafeString:
    return mark_safe(codes.as_svg(code))  # noqa: S308  (segno's element holds only numbers)


@owners_only
def card_print(request: Request, uid: str) -> HttpResponse:
    """Show a sheet of small cards to print and cut."""
    card = one_of(request.owner, Card, uid)
    reached = Reached(card)
    one, url = shown(reached), queries.short_url(reached, public_url())
    drawn = _drawn(codes.url_code(url) if url else codes.mecard_code(one))
    return render(
        request, "card/print.html", {"card": one, "url": url, "code": drawn, "sheet": range(ON_A_SHEET)}
    )


@owners_only
def card_zip(request: Request, uid: str) -> HttpResponse:
    """Give a card as a folder to put on any host: one page, one vCard, and the code that needs no network."""
    card = one_of(request.owner, Card, uid)
    one, jpeg = shown(Reached(card)), queries.photo(card)
    name = files.file_name(one)
    page = render_to_string(
        "card/static.html", {"card": one, "photo": files.data_uri(jpeg), "vcf": f"{name}.vcf"}
    )
    code = codes.as_file(codes.mecard_code(one))
    folder = files.static_zip(page, files.vcard(one, jpeg), code, name)
    response = HttpResponse(folder, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response

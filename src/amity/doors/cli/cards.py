"""Commands about your cards and who waits: card, waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from amity.card import actions, codes, files, queries
from amity.card import waiting as answers
from amity.card.actions import CardSaid, FieldSaid
from amity.card.models import Card, Visitor
from amity.card.queries import Reached, shown
from amity.doors.cli import home, print_json
from amity.doors.cli.commands import AsJson, app
from amity.doors.cli.shapes import iso
from amity.owner.address import public_url
from amity.owner.models import Owner
from amity.people.queries import NotFound, one_of


@app.command()
def card(
    card_id: Annotated[str | None, typer.Argument(metavar="ID", help="A card's id, handle or name.")] = None,
    new: Annotated[str, typer.Option(help="Write a new card: its handle.")] = "",
    label: Annotated[str, typer.Option(help="What you call the new card: work, private.")] = "work",
    way: Annotated[list[str] | None, typer.Option(help="A way for everybody; may be given again.")] = None,
    after: Annotated[
        list[str] | None, typer.Option(help="A way for who left theirs; may be given again.")
    ] = None,
    vcf: Annotated[Path | None, typer.Option(help="Write the card into this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """List your cards, or hold one out as a QR code."""
    owner = home.owner()
    if new:
        fields = [FieldSaid(one) for one in way or []] + [FieldSaid(one, after=True) for one in after or []]
        said = CardSaid(label=label, name=owner.name, handle=new, fields=tuple(fields))
        one: Card | None = actions.add(owner, said)
    else:
        one = _card(owner, card_id) if card_id else None
    if one is None:
        rows = [_row(each) for each in queries.cards(owner)]
        print_json(rows) if as_json else _tell_cards(rows)
        return
    if vcf:
        vcf.write_bytes(files.vcard(shown(Reached(one)), queries.photo(one)).encode())
    print_json(_row(one)) if as_json else _hold_out(one)


def _card(owner: Owner, named: str) -> Card:
    mine = queries.cards(owner)
    named = named.removeprefix("@")
    found = [one for one in mine if named in {one.uid, one.handle, one.label}]
    if len(found) != 1:
        raise NotFound(f"There is {'no' if not found else 'more than one'} card called {named[:60]!r} here.")
    return found[0]


def _row(one: Card) -> dict[str, Any]:
    """Give a card as JSON has it; ``url`` is '' without a public https address."""
    whole = shown(Reached(one), everything=True)
    open_to_all = {each.value for each in shown(Reached(one)).fields}
    now = timezone.now()
    return {
        "id": one.uid,
        "label": one.label,
        "handle": one.handle,
        "url": queries.short_url(Reached(one), public_url()),
        "up": queries.is_up(one, now),
        "expires": iso(one.expires_on),
        "name": one.name,
        "title": one.title,
        "organisation": one.organisation,
        "about": one.about,
        "ways": [
            {
                "kind": each.kind,
                "value": each.value,
                "label": each.label,
                "after": each.value not in open_to_all,
            }
            for each in whole.fields
        ],
        "links": [
            {
                "id": link.uid,
                "url": queries.short_url(Reached(one, link), public_url()),
                "how_met": link.how_met,
                "expires": iso(link.expires_on),
            }
            for link in queries.live_links(one, now)
        ],
    }


def _tell_cards(rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo("You have no card yet. Try: amity card --new HANDLE --way you@example.org")
    for one in rows:
        where = one["url"] or (f"@{one['handle']}" if one["handle"] else "by a link only")
        typer.echo(f"{one['id']}  {one['label']}  {where}{'' if one['up'] else '  (nobody can see it)'}")


def _hold_out(one: Card) -> None:
    url = queries.short_url(Reached(one), public_url())
    code = codes.url_code(url) if url else codes.mecard_code(shown(Reached(one)))
    typer.echo(codes.as_text(code))
    typer.echo(url or "AMITY_URL is no public https address, so this code holds your details themselves.")


@app.command()
def waiting(
    visitor_id: Annotated[str | None, typer.Argument(metavar="ID")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take them into your book.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Let their details go.")] = False,
    as_json: AsJson = False,
) -> None:
    """List who left their details on your card, or answer one of them."""
    owner = home.owner()
    if visitor_id is None:
        rows = [_visitor(each) for each in queries.waiting(owner)]
        print_json(rows) if as_json else _tell_waiting(rows)
        return
    one = one_of(owner, Visitor, visitor_id)
    answer: dict[str, Any] = {"id": one.uid}
    if accept:
        person = answers.accept(one)
        answer |= {"person": {"id": person.uid, "name": person.name}}
    elif reject:
        answers.reject(one)
    answer |= {"state": one.state}
    print_json(answer) if as_json else typer.echo(f"{one.name}: {one.state}.")


def _visitor(one: Visitor) -> dict[str, Any]:
    return {
        "id": one.uid,
        "name": one.name,
        "way": {"kind": one.kind, "value": one.value},
        "line": one.line,
        "how_met": one.how_met,
        "gathering": one.gathering.title if one.gathering else None,
        "at": iso(one.at),
    }


def _tell_waiting(rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo("Nobody is waiting.")
    for one in rows:
        typer.echo(f"{one['id']}  {one['name']}  {one['way']['value']}  {one['how_met']}".rstrip())

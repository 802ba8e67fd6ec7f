"""Commands that bring people together: introduce and table."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.doors.cli import home, print_json, telling
from amity.doors.cli.commands import AsJson, app
from amity.doors.cli.shapes import iso

if TYPE_CHECKING:
    from amity.gatherings.models import Gathering
    from amity.introductions.composing import Proposal
    from amity.introductions.models import Introduction
    from amity.people.models import Person

introduce = typer.Typer(
    help="Bring two people together, each asked alone. Without a word more: whom, and how far each one is.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(introduce, name="introduce")

Id = Annotated[str, typer.Argument(metavar="ID", help="An introduction's id.")]
AHEAD = timedelta(days=14)


@introduce.callback()
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List pairs who should know each other, and the introductions under way."""
    from amity.introductions import queries

    if context.invoked_subcommand:
        return
    owner = home.owner()
    pairs = queries.suggested(owner, owner.today())
    answer = {
        "suggestions": [{"a": _who(pair.a), "b": _who(pair.b), "why": pair.why} for pair in pairs],
        "introductions": [_shape(one) for one in [*queries.under_way(owner), *queries.past(owner)]],
    }
    print_json(answer) if as_json else _tell_list(answer)


def _who(person: Person) -> dict[str, str]:
    return {"id": person.uid, "name": person.name}


def _shape(one: Introduction) -> dict[str, Any]:
    from amity.introductions.queries import answer_of

    return {
        "id": one.uid,
        "state": one.state,
        "by": "mail" if one.by_mail else "drafts",
        "asked": iso(one.asked_on),
        "closes": iso(one.closes_at),
        "introduced": iso(one.introduced_on),
        **{end: _who(getattr(one, end)) | {"answer": answer_of(one, end) or None} for end in "ab"},
    }


def _tell_list(answer: dict[str, Any]) -> None:
    for pair in answer["suggestions"]:
        telling.say(f"{pair['a']['name']} and {pair['b']['name']}", "bold")
        telling.say(pair["why"])
        telling.say(f"amity introduce write {pair['a']['id']} {pair['b']['id']}", "dim")
    if not answer["suggestions"]:
        telling.say("No pair stands out just now.")
    for one in answer["introductions"]:
        telling.say(f"{one['id']}  {one['a']['name']} and {one['b']['name']}: {one['state']}")


@introduce.command()
def write(
    a: Annotated[str, typer.Argument(help="One of the two: an id, or a name only one person bears.")],
    b: Annotated[str, typer.Argument(help="The other.")],
    to_a: Annotated[str, typer.Option(prompt="One line for the first")],
    to_b: Annotated[str, typer.Option(prompt="One line for the second")],
    as_json: AsJson = False,
) -> None:
    """Write one line for each of two people; nobody is asked yet."""
    from amity.introductions import actions
    from amity.people.queries import get

    owner = home.owner()
    made = actions.begin(get(owner, a), get(owner, b), to_a=to_a, to_b=to_b, day=owner.today())
    _answer(made, f"Ask both with: amity introduce ask {made.uid}", as_json=as_json)


@introduce.command()
def ask(introduction: Id, as_json: AsJson = False) -> None:
    """Ask both: by mail where Amity can, else with two drafts for your own mail program."""
    from django.utils import timezone

    from amity.introductions import actions, letters

    one = actions.ask(_get(introduction), now=timezone.now())
    drafts = [] if one.by_mail else [letters.asking(one, end).mailto for end in "ab"]
    said = "Both have their mail." if one.by_mail else "\n\n".join(["Open these two drafts:", *drafts])
    _answer(one, said, as_json=as_json, drafts=drafts)


@introduce.command()
def tick(
    introduction: Id,
    end: Annotated[str, typer.Argument(help="a or b: the first or the second of the two.")],
    answer: Annotated[str, typer.Argument(help="yes, not now or no.")],
    as_json: AsJson = False,
) -> None:
    """Write down what one of them answered to your own mail."""
    from amity.introductions import actions, letters
    from amity.introductions.models import State

    one = actions.tick(_get(introduction), end, answer)
    drafts = [letters.introducing(one).mailto] if one.state == State.AGREED else []
    said = "\n\n".join(["Both said yes. Open this draft, then: amity introduce sent ID", *drafts])
    _answer(one, said if drafts else "Written down.", as_json=as_json, drafts=drafts)


@introduce.command()
def sent(introduction: Id, as_json: AsJson = False) -> None:
    """Say that the mail which brings both together has gone."""
    from amity.introductions import actions

    one = _get(introduction)
    actions.introduced(one, day=one.owner.today())
    _answer(one, "You brought them together. Thank you for that.", as_json=as_json)


@introduce.command()
def withdraw(introduction: Id, as_json: AsJson = False) -> None:
    """Let an introduction go; neither notices."""
    from amity.introductions import actions

    _answer(actions.withdraw(_get(introduction)), "Let go.", as_json=as_json)


def _get(uid: str) -> Introduction:
    from amity.introductions import queries

    return queries.get(home.owner(), uid)


def _answer(one: Introduction, said: str, *, as_json: bool, drafts: list[str] | None = None) -> None:
    if as_json:
        print_json(_shape(one) | ({} if drafts is None else {"drafts": drafts}))
    else:
        telling.say(said)


@app.command()
def table(
    *,
    size: Annotated[int, typer.Option(help="How many guests, four to eight.")] = 6,
    on: Annotated[str | None, typer.Option("--on", help="The day, as YYYY-MM-DD; else in two weeks.")] = None,
    city: Annotated[str, typer.Option(help="Only people the book knows to live there.")] = "",
    invite: Annotated[
        list[str] | None, typer.Option(help="Somebody who should be there; may be given again.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Somebody not this time; may be given again.")
    ] = None,
    seed: Annotated[int, typer.Option(help="2, 3 … for another table.", min=1)] = 1,
    set_it: Annotated[bool, typer.Option("--set", help="Write it down as a gathering.")] = False,
    at: Annotated[str, typer.Option(help="From when, as HH:MM.")] = "19:30",
    place: Annotated[str, typer.Option(help="Where.")] = "",
    keep_apart: Annotated[
        tuple[str, str] | None, typer.Option(help="Two people who never sit at one table.", metavar="A B")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compose a small table of people who would enjoy each other."""
    from amity.introductions.actions import keep_apart as part
    from amity.introductions.composing import Wanted, compose
    from amity.introductions.hosting import set_table
    from amity.people.queries import get

    owner = home.owner()
    if keep_apart:
        part(get(owner, keep_apart[0]), get(owner, keep_apart[1]))
    day = home.day_from(on, owner) if on else owner.today() + AHEAD
    must, left_out = (tuple(get(owner, one).pk for one in names or []) for names in (invite, without))
    proposal = compose(owner, Wanted(day, size, city, must, left_out, seed))
    made = None
    if set_it:
        guests = [seat.person for seat in proposal.seats]
        made = set_table(owner, guests, day=day, at=_hour(at), place=place)
    answer = _table(proposal, made) | {"day": iso(day)}
    print_json(answer) if as_json else _tell_table(answer)


def _hour(text: str) -> time:
    from amity.owner.actions import NotPossible

    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise NotPossible(f"{text[:20]!r} is not an hour; write it like 19:30.") from None


def _table(proposal: Proposal, made: Gathering | None) -> dict[str, Any]:
    return {
        "words": proposal.words,
        "seats": [_who(seat.person) | {"why": seat.why, "new": seat.new} for seat in proposal.seats],
        "gathering": made.uid if made else None,
    }


def _tell_table(answer: dict[str, Any]) -> None:
    telling.say(answer["words"])
    for seat in answer["seats"]:
        telling.say(f"{seat['name']}. {seat['why']}")
    if answer["gathering"]:
        telling.say(f"It is set for {answer['day']}; its page has the invitations.", "dim")
    else:
        telling.say("Clockwise from you. Add --set to write it down, --seed 2 for another.", "dim")

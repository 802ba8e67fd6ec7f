"""Commands before and after being with people: gather, brief, debrief, checkin."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction
from django.utils import timezone

from amity.doors.cli import home, print_json
from amity.doors.cli.commands import AsJson, app
from amity.doors.cli.shapes import iso
from amity.doors.cli.telling import out

GATHERING = typer.Argument(metavar="ID", help="A gathering's id or title; the one at hand when left out.")


@app.command()
def gather(  # noqa: PLR0917  (typer makes the options from them)
    title: Annotated[str | None, typer.Argument(help="What it is; else what comes is listed.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day, as YYYY-MM-DD; today when left out.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="The last day, as YYYY-MM-DD.")] = None,
    at: Annotated[str, typer.Option("--at", help="The hours, as 19:30 or 19:30-23:00.")] = "",
    place: Annotated[str, typer.Option(help="A place or a city.")] = "",
    setting: Annotated[str, typer.Option(help="coffee shop, dinner party, crowded room …")] = "",
    url: Annotated[str, typer.Option(help="A link, such as a Zoom, Meet or Teams call.")] = "",
    part_of: Annotated[str, typer.Option(help="The conference it is a session of.")] = "",
    attendees: Annotated[
        Path | None, typer.Option("--list", help="A CSV of attendees, or names one to a line.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write down a gathering, with its attendee list, or list what is coming."""
    from amity.gatherings import by_hand, queries

    owner = home.owner()
    if title is None:
        _list_what_is_coming(owner, as_json)
        return
    starts, _, ends = at.partition("-")
    planned = by_hand.Planned(
        title=title,
        day=home.day_from(on, owner),
        last_day=home.day_from(until, owner) if until else None,
        starts=_hour(starts),
        ends=_hour(ends),
        place=place,
        setting=setting,
        url=url,
    )
    whole = queries.get(owner, part_of) if part_of else None
    with transaction.atomic():  # a list that cannot be read leaves no gathering behind
        made = by_hand.write_down(owner, planned, part_of=whole)
        listed = _put_on_list(made, attendees) if attendees else {}
    answer = _gathering(made) | listed
    print_json(answer) if as_json else _tell_made(answer)


def _list_what_is_coming(owner: Any, as_json: bool) -> None:
    from amity.gatherings import queries

    rows = [_gathering(one) for one in queries.coming(owner, owner.today())]
    print_json(rows) if as_json else _tell_list(rows)


def _hour(text: str) -> time | None:
    from amity.owner.actions import NotPossible

    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise NotPossible(f"{text[:20]!r} is not an hour; write it like 19:30.") from None


def _put_on_list(gathering: Any, path: Path) -> dict[str, Any]:
    from amity.gatherings.guests import put_on_list
    from amity.owner.actions import NotPossible

    try:
        with path.open("rb") as file:
            done = put_on_list(gathering, file, path.name)
    except OSError as error:
        raise NotPossible(f"{path} could not be read: {(error.strerror or 'unknown').lower()}.") from error
    return {
        "list": {
            "added": done.added,
            "known": done.known,
            "maybe": done.maybe,
            "same": done.same,
            "skipped": [{"where": one.where, "why": one.why} for one in done.skipped],
        }
    }


def _gathering(one: Any) -> dict[str, Any]:
    return {
        "id": one.uid,
        "title": one.title,
        "day": iso(one.day),
        "last_day": iso(one.last_day),
        "starts": iso(one.starts_at),
        "ends": iso(one.ends_at),
        "place": one.place,
        "kind": one.kind,
        "setting": one.setting,
        "url": one.url,
        "part_of": one.part_of or None,
        "size": one.size,
        "debriefed": iso(one.debriefed_on),
    }


def _tell_list(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        out().print(f"{row['id']}  {row['day']}  {row['title']}{', ' if row['place'] else ''}{row['place']}")
    if not rows:
        out().print("Nothing is in the calendar. Try: amity gather TITLE --on YYYY-MM-DD")


def _tell_made(answer: dict[str, Any]) -> None:
    out().print(f"{answer['title']}, {answer['day']}. Its id is {answer['id']}.")
    if listed := answer.get("list"):
        out().print(f"{listed['added']:,} are on the list; {listed['known']:,} of them are in your book.")
        for skipped in listed["skipped"][:10]:
            out().print(f"  {skipped['where']}: {skipped['why']}", style="dim")


@app.command()
def brief(gathering: Annotated[str | None, GATHERING] = None, as_json: AsJson = False) -> None:
    """Read the brief of a gathering: who will be there, whom to look forward to, what to ask."""
    from amity.gatherings import queries
    from amity.meet import brief as briefs
    from amity.people.queries import NotFound

    owner = home.owner()
    one = queries.get(owner, gathering) if gathering else briefs.next_one(owner, now=timezone.now())
    if one is None:
        raise NotFound("Nothing is in the calendar. Try: amity gather TITLE --on YYYY-MM-DD")
    answer = _brief(briefs.brief(one, owner.today()))
    print_json(answer) if as_json else _tell_brief(answer)


def _brief(page: Any) -> dict[str, Any]:
    chosen = page.look_forward
    return {
        "gathering": _gathering(page.gathering),
        "sessions": [_gathering(one) for one in page.sessions],
        "look_forward": {"name": chosen.name, "why": chosen.why} if chosen else None,
        "questions": page.questions,
        "energy": page.energy,
        "exit": page.exit,
        "people": [_known(one) for one in page.known],
        "also": [one.person.name if one.person else one.name or one.email for one in page.also],
    }


def _known(one: Any) -> dict[str, Any]:
    return {
        "id": one.row.uid,
        "name": one.row.name,
        "maybe": one.guest.maybe,
        "last": {"day": iso(one.last.day), "text": one.last.text} if one.last else None,
        "hopes": [hope.text for hope in one.hopes],
        "question": one.question,
        "promises": [{"text": each.text, "due": iso(each.due)} for each in one.promises],
        "facts": [{"label": fact.label, "text": fact.text} for fact in one.facts],
        "known_by": one.known_by,
    }


def _tell_brief(answer: dict[str, Any]) -> None:
    one = answer["gathering"]
    out().print(f"{one['title']}, {one['day']}{', ' if one['place'] else ''}{one['place']}", style="bold")
    if chosen := answer["look_forward"]:
        out().print(f"To look forward to: {chosen['name']}. {chosen['why']}")
    for question in answer["questions"]:
        out().print(f"“{question}”", style="italic")
    out().print(answer["energy"])
    out().print(answer["exit"])
    for person in answer["people"]:
        out().print(f"\n{person['name']}{' (maybe)' if person['maybe'] else ''}", style="bold")
        lines = [f"last: {person['last']['day']} {person['last']['text'][:100]}"] if person["last"] else []
        lines += [f"hopes: {hope}" for hope in person["hopes"]]
        lines += [f"you promised: {promise['text']}" for promise in person["promises"]]
        lines += [f"{fact['label'] or 'to remember'}: {fact['text'][:200]}" for fact in person["facts"]]
        lines += [f"also known by {', '.join(person['known_by'])}"] if person["known_by"] else []
        for line in lines:
            out().print(line)
    if answer["also"]:
        out().print(f"\nand {len(answer['also'])} others: {', '.join(answer['also'][:20])}", style="dim")


@app.command()
def debrief(
    gathering: Annotated[str | None, GATHERING] = None,
    yes: Annotated[
        list[str] | None, typer.Option(help="A name you enjoyed talking to; may be given again.")
    ] = None,
    there: Annotated[
        list[str] | None, typer.Option(help="A name that was there, no more; may be given again.")
    ] = None,
    felt: Annotated[str, typer.Option(help="gave energy, neutral or took energy.")] = "",
    line: Annotated[str, typer.Option(help="One line.")] = "",
    as_json: AsJson = False,
) -> None:
    """Look back on a gathering: whom you enjoyed, how it felt. Only a yes becomes anything."""
    from amity.meet.debrief import Said
    from amity.meet.debrief import debrief as write

    owner = home.owner()
    one = _to_look_back_on(owner, gathering)
    answers = {uid: "not really" for name in there or [] for uid in _guests_called(one, name)}
    met = write(one, Said(answers, also=yes or [], felt=felt, line=line), today=owner.today())
    answer = {
        "gathering": {"id": one.uid, "title": one.title},
        "enjoyed": [{"id": person.uid, "name": person.name} for person in met],
    }
    if as_json:
        print_json(answer)
    else:
        names = ", ".join(person.name for person in met) or "nobody in particular, which is fine"
        out().print(f"{one.title}: you enjoyed {names}.")


def _to_look_back_on(owner: Any, gathering: str | None) -> Any:
    from amity.gatherings import queries
    from amity.people.queries import NotFound

    if gathering:
        return queries.get(owner, gathering)
    waiting = queries.to_debrief(owner, now=timezone.now())
    if not waiting:
        raise NotFound("No gathering of the last week waits for a word; name one: amity debrief ID")
    return waiting[0]


def _guests_called(gathering: Any, name: str) -> list[str]:
    from amity.owner.actions import NotPossible
    from amity.storage.folded import fold

    guests = gathering.attendances.select_related("person")
    found = [
        one.uid
        for one in guests
        if fold(name) in {fold(one.name), fold(one.person.name if one.person else "")}
    ]
    if not found:
        raise NotPossible(f"Nobody called {name[:60]!r} is on the list of {gathering.title}.")
    return found


@app.command()
def checkin(
    word: Annotated[
        str | None, typer.Argument(help="Networking is ___; without it, your words so far.")
    ] = None,
    felt: Annotated[str, typer.Option(help="gave energy, neutral or took energy.")] = "",
    line: Annotated[str, typer.Option(help="One line.")] = "",
    as_json: AsJson = False,
) -> None:
    """Finish the sentence “Networking is ___”; any word is a fair one."""
    from amity.checkins import actions, queries

    owner = home.owner()
    if word is not None:
        actions.add(owner, word, day=owner.today(), line=line, felt=felt)
    rows = [
        {"day": iso(one.day), "word": one.word, "line": one.line, "felt": one.felt or None}
        for one in queries.words(owner)
    ]
    answer = {"words": rows, "due": queries.is_due(owner, owner.today())}
    if as_json:
        print_json(answer)
    else:
        for row in rows[-12:]:
            out().print(f"{row['day']}  networking is {row['word']}")
        out().print("" if rows else "Networking is what, these days? Try: amity checkin WORD")

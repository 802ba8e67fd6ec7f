"""The same person, in the terminal: who is perhaps one, two become one, and two again."""

from __future__ import annotations

from typing import Annotated

import typer

from amity.doors.cli import home, print_json, shapes, telling
from amity.doors.cli.commands import AsJson, PersonId, app

OtherId = Annotated[str, typer.Argument(metavar="OTHER", help="Who becomes that person: an id or a name.")]
GoneId = Annotated[str, typer.Argument(metavar="ID", help="The id of whoever became somebody else.")]
LookAgain = Annotated[bool, typer.Option("--look", help="Look through the whole book once more.")]


@app.command()
def same(look: LookAgain = False, as_json: AsJson = False) -> None:
    """List who is perhaps one person, and who became one."""
    from amity.duplicates import actions, queries

    owner = home.owner()
    if look:
        actions.look(owner)
    answer = {
        "perhaps": [shapes.perhaps(one) for one in queries.waiting(owner, owner.today())],
        "merged": [shapes.merged(one) for one in queries.merges(owner)],
    }
    print_json(answer) if as_json else telling.same(answer)


@app.command()
def merge(person_id: PersonId, other: OtherId, as_json: AsJson = False) -> None:
    """Let two become one person: everything said of OTHER is said of ID."""
    from amity.duplicates import actions
    from amity.people.queries import get

    owner = home.owner()
    done = actions.merge(get(owner, person_id), get(owner, other))
    answer = shapes.merged(done)
    print_json(answer) if as_json else telling.say(
        f"{done.gone.name} and {answer['name']} are one person now."
    )


@app.command()
def unmerge(gone: GoneId, as_json: AsJson = False) -> None:
    """Let two be two people again."""
    from amity.duplicates import actions, queries

    back = actions.unmerge(queries.merge_of(home.owner(), gone))
    answer = {"id": back.uid, "name": back.name}
    print_json(answer) if as_json else telling.say(f"{back.name} is a person of their own again.")

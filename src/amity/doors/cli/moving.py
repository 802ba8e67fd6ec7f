"""Commands for the whole book: export, backup, restore, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amity.doors.cli import home, print_json, shapes, telling
from amity.doors.cli.commands import AsJson, app

File = Annotated[Path, typer.Argument(metavar="FILE")]


@app.command()
def export(
    file: File,
    person_id: Annotated[str, typer.Option("--person", metavar="ID", help="Only this one.")] = "",
    old_vcard: Annotated[bool, typer.Option("--old-vcard", help="vCard 3.0, for older programs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole book as one open ZIP, or as the suffix says: .vcf, .csv, .ics; one person as .json."""
    from amity.book.giving import write
    from amity.people.queries import get

    owner = home.owner()
    people = write(owner, file, person=get(owner, person_id) if person_id else None, old=old_vcard)
    answer = {"file": str(file), "people": people}
    print_json(answer) if as_json else telling.say(f"{people:,} people are in {file}.")


@app.command()
def backup(file: File, as_json: AsJson = False) -> None:
    """Write one file that restores alone."""
    from amity.book.backup import backup as write

    home.owner()
    rows = write(file)
    answer = {"file": str(file), "rows": rows}
    print_json(answer) if as_json else telling.say(f"{rows:,} rows are safe in {file}.")


@app.command()
def restore(
    file: File,
    over: Annotated[bool, typer.Option("--replace", help="Put a backup in place of the book here.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup into an empty home, or an exported book into an empty book."""
    from django.utils import timezone

    from amity.book import comeback, reimport
    from amity.storage.schema import bring_up_to_date

    bring_up_to_date()
    if reimport.is_export(file):
        answer = {"file": str(file), "people": reimport.bring_back(home.owner(), file)}
    else:
        came = comeback.replace(file, now=timezone.now()) if over else comeback.restore(file)
        answer = {"file": str(file), **shapes.brought(came)}
    print_json(answer) if as_json else telling.restored(answer)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what works here, and what would not."""
    from amity.book.doctor import examine

    home.owner()
    found = examine()
    answer = [{"what": one.what, "well": one.well, "says": one.says} for one in found]
    print_json(answer) if as_json else telling.doctor(found)
    if not all(one.well for one in found):
        raise typer.Exit(1)

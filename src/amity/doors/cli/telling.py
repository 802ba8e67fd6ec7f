"""What the terminal tells a person: readable tables and sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

from amity.book.doctor import Finding

out = Console(highlight=False)
ROWS_SHOWN = 60


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show progress that moves, on a terminal only."""
    if quiet or not out.is_terminal:
        yield lambda what, done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=out, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield tell


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def report(answer: dict[str, Any], *, dry_run: bool) -> None:
    """Tell what an import did, or would do."""
    for file in answer["files"]:
        if file["refused"]:
            out.print(f"{file['path']}: {file['refused']}")
            continue
        out.print(f"{file['path']}: {file['format']}, {_count(file['records'], 'record')}.")
        for skipped in file["skipped"][:10]:
            out.print(f"  {skipped['where']}: {skipped['why']}", style="dim")
        if len(file["skipped"]) > 10:  # noqa: PLR2004  (what fits on a screen)
            out.print(f"  and {len(file['skipped']) - 10} more that could not be read", style="dim")
    for note in answer["notes"]:
        out.print(note)
    people, moments, gatherings = answer["people"], answer["moments"], answer["gatherings"]
    out.print(
        f"{'Would bring' if dry_run else 'Brought'} {_count(people['new'], 'new person', 'new people')} "
        f"({people['updated']:,} updated, {people['same']:,} the same), "
        f"{_count(moments['new'], 'moment')} and {_count(gatherings['new'], 'gathering')}; "
        f"{_count(answer['robots'], 'sender was a robot', 'senders were robots')}."
    )
    if not dry_run:
        out.print(f"Take it back with: amity undo {answer['import']}", style="dim")


def imports(found: list[dict[str, Any]]) -> None:
    """List imports."""
    if not found:
        out.print("Nothing was brought in yet. Try: amity import FILE")
        return
    table = Table("id", "when", "state", "people", "moments", "files", box=None)
    for one in found:
        files = ", ".join(path.rsplit("/", 1)[-1] for path in one["paths"])
        table.add_row(
            one["id"], one["started"][:16].replace("T", " "), one["state"], f"{one['people']['new']:,}",
            f"{one['moments']['new']:,}", files,
        )  # fmt: skip
    out.print(table)


def undone(stayed: list[str]) -> None:
    """Tell what an undo left."""
    out.print("That import is taken back.")
    if stayed:
        out.print(f"You have touched these since, so they stay: {', '.join(stayed)}.")


def me(answer: dict[str, Any]) -> None:
    """Tell who the owner is."""
    out.print(f"You are {answer['name'] or 'somebody Amity has no name for yet'}, in {answer['zone']}.")
    for what in ("addresses", "names", "phones", "profiles"):
        if answer[what]:
            out.print(f"{what}: {', '.join(answer[what])}")


def people(rows: list[dict[str, Any]]) -> None:
    """List people."""
    if not rows:
        out.print("Nobody yet. Bring people in with: amity import FILE")
        return
    table = Table("id", "name", "standing", "last in touch", "sparks", "organisation", box=None)
    for row in rows[:ROWS_SHOWN]:
        table.add_row(
            row["id"], row["name"], row["standing"], row["last"] or "", ", ".join(row["sparks"]), row["organisation"]
        )
    out.print(table)
    if len(rows) > ROWS_SHOWN:
        out.print(f"and {len(rows) - ROWS_SHOWN:,} more; add words to find somebody", style="dim")


def person(one: dict[str, Any]) -> None:
    """Show a person."""
    out.print(one["name"], style="bold")
    work = ", ".join(part for part in (one["title"], one["organisation"]) if part)
    for line in (work, one["how_met"], f"{one['standing']}. {one['rhythm']['words']}"):
        if line:
            out.print(line)
    for way in one["ways"]:
        out.print(f"{way['kind']}: {way['value']}")
    for spark, line in one["spark_lines"].items():
        out.print(f"{spark}{': ' + line if line else ''}")
    for hope in one["hopes"]:
        out.print(f"hope ({hope['state']}): {hope['text']}")
    for fact in one["facts"]:
        if not fact["sensitive"]:
            out.print(f"{fact['label'] or 'fact'}: {fact['text'][:200]}")
    for moment in one["moments"][:12]:
        out.print(f"{moment['day']}  {moment['kind']}  {moment['text'][:100]}", style="dim")


def day(page: dict[str, Any]) -> None:
    """Show a page of the diary."""
    out.print(f"{page['date']}, {page['energy']} energy", style="bold")
    for nudge in page["nudges"]:
        out.print(f"\n{nudge['person']['name']}", style="bold")
        out.print(nudge["why"])
        out.print(f"“{nudge['opener']}”", style="italic")
        answers = f"amity done {nudge['id']}, amity skip {nudge['id']} or amity rest {nudge['id']}"
        out.print(answers if nudge["state"] == "offered" else nudge["state"], style="dim")
    if not page["nudges"]:
        out.print("\nNobody needs you today. Enjoy it.")
    for title, rows, line in (
        ("Later today", page["gatherings"], lambda one: f"{one['title']} {one['place']}".strip()),
        ("You said you would", page["promises"], lambda one: f"{one['person']['name']}: {one['text']}"),
    ):
        if rows:
            out.print(f"\n{title}", style="bold")
            for row in rows:
                out.print(line(row))


def demo(answer: dict[str, Any]) -> None:
    """Tell of the sample world."""
    out.print(
        f"The sample world holds {answer['people']} invented people, {answer['moments']:,} moments and "
        f"{answer['gatherings']} gatherings."
    )
    out.print("Look at it with: AMITY_BOOK=sample amity today", style="dim")


def doctor(found: list[Finding]) -> None:
    """Tell what was found."""
    for one in found:
        out.print(f"{'well' if one.well else 'not well'}  {one.what}: {one.says}")

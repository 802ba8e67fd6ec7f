"""What the terminal tells a person: readable tables and sentences, within eighty columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from amity.book.doctor import Finding

ROWS_SHOWN, SKIPPED_SHOWN, MOMENTS_SHOWN = 60, 10, 12


@lru_cache(maxsize=1)
def out() -> Console:
    """Give the terminal; what is written to it is never taken for markup."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def say(text: str, style: str = "") -> None:
    """Write one sentence."""
    out().print(_safe(text), style=style or None)


def _safe(text: str) -> str:
    """Leave out control signs, with which a file could steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, whole: Sequence[str]) -> None:
    """Write a table; the columns in `whole` are never cut, the others take what room is left."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, no_wrap=column in whole, overflow="fold")
    for row in rows:
        table.add_row(*map(_safe, row))
    out().print(table)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show progress that moves, on a terminal only."""
    if quiet or not out().is_terminal:
        yield _nothing
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=out(), transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=_safe(what), completed=done, total=total or None)

        yield tell


def _nothing(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def report(answer: dict[str, Any], *, dry_run: bool) -> None:
    """Tell what an import did, or would do."""
    for file in answer["files"]:
        _file(file)
    for note in answer["notes"]:
        say(note)
    if all(file["refused"] for file in answer["files"]):
        say("Nothing was brought in.")
        return
    people, moments, gatherings = answer["people"], answer["moments"], answer["gatherings"]
    say(
        f"{'Would bring' if dry_run else 'Brought'} {_count(people['new'], 'new person', 'new people')} "
        f"({people['updated']:,} updated, {people['same']:,} the same), "
        f"{_count(moments['new'], 'moment')} and {_count(gatherings['new'], 'gathering')}; "
        f"{_count(answer['robots'], 'sender was a robot', 'senders were robots')}."
    )
    if not dry_run:
        say(f"Take it back with: amity undo {answer['import']}", "dim")


def _file(file: dict[str, Any]) -> None:
    if file["refused"]:
        say(f"{file['path']}: {file['refused']}")
        return
    say(f"{file['path']}: {file['format']}, {_count(file['records'], 'record')}.")
    for skipped in file["skipped"][:SKIPPED_SHOWN]:
        say(f"  {skipped['where']}: {skipped['why']}", "dim")
    if len(file["skipped"]) > SKIPPED_SHOWN:
        say(f"  and {len(file['skipped']) - SKIPPED_SHOWN:,} more that could not be read", "dim")


def imports(found: list[dict[str, Any]]) -> None:
    """List imports."""
    if not found:
        say("Nothing was brought in yet. Try: amity import FILE")
        return
    columns = ("id", "when", "state", "people", "moments", "files")
    rows = [
        (
            one["id"],
            one["started"][:16].replace("T", " "),
            _where_it_stands(one),
            f"{one['people']['new']:,}",
            f"{one['moments']['new']:,}",
            ", ".join(path.rsplit("/", 1)[-1] for path in one["paths"]),
        )
        for one in found
    ]
    _table(columns, rows, whole=columns[:-1])


def _where_it_stands(one: dict[str, Any]) -> str:
    says_nothing_of_its_own = one["repeats"] and one["state"] == "arrived"
    return f"same as {one['repeats']}" if says_nothing_of_its_own else str(one["state"])


def undone(stayed: list[str]) -> None:
    """Tell what an undo left."""
    say("That import is taken back.")
    if stayed:
        say(f"You have touched these since, so they stay: {', '.join(stayed)}.")


def me(answer: dict[str, Any]) -> None:
    """Tell who the owner is."""
    say(f"You are {answer['name'] or 'somebody Amity has no name for yet'}, in {answer['zone']}.")
    for what in ("addresses", "names", "phones", "profiles"):
        if answer[what]:
            say(f"{what}: {', '.join(answer[what])}")


def password(email: str) -> None:
    """Tell that a password was set."""
    say(f"You sign in as {email} from now on. Every browser was signed out.")


def people(rows: list[dict[str, Any]]) -> None:
    """List people."""
    if not rows:
        say("Nobody here. Bring people in with: amity import FILE")
        return
    columns = ("id", "name", "standing", "last", "sparks", "organisation")
    shown = [
        (
            row["id"],
            row["name"],
            row["standing"],
            row["last"] or "",
            ", ".join(row["sparks"]),
            row["organisation"],
        )
        for row in rows[:ROWS_SHOWN]
    ]
    _table(columns, shown, whole=("id", "standing", "last"))
    if len(rows) > ROWS_SHOWN:
        say(f"and {len(rows) - ROWS_SHOWN:,} more; add words to find somebody", "dim")


def found(answer: dict[str, Any]) -> None:
    """Tell what was found, group by group."""
    if answer["unknown"]:
        say(f"No filter here, so looked for as a word: {', '.join(answer['unknown'])}", "dim")
    if not answer["complete"]:
        say("Amity is still reading your newest import; ask again in a moment for all of it.", "dim")
    if not answer["found"]:
        say("Nothing here has these words.")
        return
    columns = ("what", "id", "", "day")
    rows = [
        (
            one["kind"],
            one["on"] or "",
            ": ".join(part for part in (one["title"], one["text"]) if part),
            one["day"] or "",
        )
        for one in answer["found"]
    ]
    _table(columns, rows, whole=("what", "id", "day"))


def person(one: dict[str, Any]) -> None:
    """Show a person; what is sensitive stays out."""
    say(one["name"], "bold")
    work = ", ".join(part for part in (one["title"], one["organisation"]) if part)
    for line in (work, one["how_met"], f"{one['standing']}. {one['rhythm']['words']}"):
        if line:
            say(line)
    for way in one["ways"]:
        say(f"{way['kind']}: {way['value']}")
    for spark, line in one["spark_lines"].items():
        say(f"{spark}{': ' + line if line else ''}")
    for hope in one["hopes"]:
        say(f"hope ({hope['state']}): {hope['text']}")
    for fact in one["facts"]:
        if not fact["sensitive"]:
            say(f"{fact['label'] or 'fact'}: {fact['text'][:200]}")
    for moment in one["moments"][:MOMENTS_SHOWN]:
        say(f"{moment['day']}  {moment['kind']}  {' '.join(moment['text'].split())[:100]}", "dim")


def day(page: dict[str, Any]) -> None:
    """Show a page of the diary."""
    say(f"{page['date']}, {page['energy']} energy", "bold")
    for nudge in page["nudges"]:
        say(f"\n{nudge['person']['name']}", "bold")
        say(nudge["why"])
        say(f"“{nudge['opener']}”", "italic")
        answers = f"amity done {nudge['id']}, amity skip {nudge['id']} or amity rest {nudge['id']}"
        say(answers if nudge["state"] == "offered" else nudge["state"], "dim")
    if not page["nudges"]:
        say("\nNobody needs you today. Enjoy it.")
    _listed("Later today", [f"{one['title']} {one['place']}".strip() for one in page["gatherings"]])
    _listed("Birthdays", [f"{one['person']['name']}, {one['date']}" for one in page["birthdays"]])
    _listed("You said you would", [f"{one['person']['name']}: {one['text']}" for one in page["promises"]])


def _listed(title: str, lines: list[str]) -> None:
    if lines:
        say(f"\n{title}", "bold")
        for line in lines:
            say(line)


def demo(answer: dict[str, Any]) -> None:
    """Tell of the sample world."""
    say(
        f"The sample world holds {answer['people']} invented people, {answer['moments']:,} moments and "
        f"{answer['gatherings']} gatherings."
    )
    say("Look at it with: AMITY_BOOK=sample amity today", "dim")


def restored(answer: dict[str, Any]) -> None:
    """Tell what came back."""
    if "rows" not in answer:
        say(f"{answer['people']:,} people are back.")
        return
    say(f"{answer['people']:,} people and {answer['moments']:,} moments are back.")
    if answer["erased_again"]:
        say(f"Erased once more: {answer['erased_again']:,}, as you had said since.")
    if answer["before"]:
        say(f"The book before is kept as {answer['before']} among the backups.")
    say("No mail leaves until you say so: amity letter resume")


def doctor(found: list[Finding]) -> None:
    """Tell what was found."""
    for one in found:
        say(f"{'well' if one.well else 'not well'}  {one.what}: {one.says}")


def same(found: dict[str, Any]) -> None:
    """List who is perhaps one, and who became one."""
    for one in found["perhaps"]:
        names = " / ".join(f"{each['name']} ({each['id']})" for each in one["people"])
        say(f"Perhaps one person: {names}: {', '.join(one['evidence'])}.")
    for one in found["merged"]:
        say(f"{one['gone']['name']} ({one['gone']['id']}) is {one['name']} ({one['id']}).")
    if not found["perhaps"] and not found["merged"]:
        say("There are no two records here that look like one person. Try: amity same --look")

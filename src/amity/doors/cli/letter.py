"""The terminal's letter: read it, write it, let it go, and see what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from amity.doors.cli import home, print_json
from amity.doors.cli.shapes import iso

app = typer.Typer(
    help="Every other Sunday: the letter to yourself, and your own to readers.", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Edition = Annotated[str, typer.Argument(metavar="LETTER")]


def _tell(answer: Any, sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        typer.echo(sentence)


def _shape(edition: Any) -> dict[str, Any]:
    from amity.letter.queries import sent

    became = sent(edition)
    return {
        "id": edition.uid,
        "title": edition.title,
        "state": edition.state,
        "at": iso(edition.at),
        "out": iso(edition.out_at),
        "counts": {name: getattr(became, name) for name in ("sent", "waiting", "failed", "left", "unknown")},
    }


def _line(edition: Any) -> str:
    return f"{edition.uid}  {edition.state:<6}  {edition.title}"


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List your letters, newest first."""
    from amity.letter.queries import editions

    found = list(editions(home.owner()))
    said = "\n".join(_line(one) for one in found) or "You have written no letter yet."
    _tell([_shape(one) for one in found], said, as_json=as_json)


@app.command()
def preview(
    letter: Annotated[
        str | None, typer.Argument(metavar="LETTER", help="One of yours; without it, the private one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a letter as it would be today; nothing is written or sent."""
    from amity.letter import dress, own, queries
    from amity.letter.setting_up import head_of

    owner = home.owner()
    head = head_of(owner)
    if letter:
        content = dress.edition(head, queries.edition(owner, letter))
    else:
        day = owner.today()
        content = dress.private(head, own.material(owner, day), own.tip_for(owner, day))
    text = dress.as_seen(content.text)
    answer = {"subject": content.subject, "text": text, "html_bytes": len(content.html.encode())}
    _tell(answer, text, as_json=as_json)


@app.command()
def draft(
    title: Annotated[
        str | None, typer.Argument(help="Its subject; without one, a draft from your fortnight.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="A Markdown file with its words.")] = None,
    as_json: AsJson = False,
) -> None:
    """Begin a letter of your own."""
    from amity.letter import actions

    owner = home.owner()
    words = file.read_text(encoding="utf-8") if file else ""
    made = actions.draft(owner, title, words) if title else actions.draft_from_fortnight(owner, owner.today())
    _tell(_shape(made), _line(made), as_json=as_json)


@app.command()
def schedule(
    letter: Edition,
    at: Annotated[
        str | None, typer.Option(help="YYYY-MM-DDTHH:MM, where you are; without it, the next Sunday.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let a letter go out at its hour."""
    from amity.letter import actions, queries
    from amity.owner.actions import NotPossible

    owner = home.owner()
    try:
        when = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(owner.zone)).astimezone(UTC) if at else None
    except ValueError:
        raise NotPossible(f"{at!r:.40} is no day and hour; write it like 2026-05-03T18:00.") from None
    made = actions.schedule(queries.edition(owner, letter), at=when)
    _tell(_shape(made), _line(made), as_json=as_json)


@app.command()
def send(letter: Edition, as_json: AsJson = False) -> None:
    """Send a letter now, to everybody who reads it."""
    from django.utils import timezone

    from amity.letter import actions, queries
    from amity.post.sending import send_due

    owner = home.owner()
    edition = queries.edition(owner, letter)
    actions.send(edition, now=timezone.now())
    while send_due(owner):
        pass
    became = queries.sent(edition)
    said = f"{became.sent} sent, {became.waiting} waiting, {became.failed} failed, {became.unknown} unknown."
    _tell(_shape(edition), said, as_json=as_json)


@app.command()
def pause(as_json: AsJson = False) -> None:
    """Let nothing more leave."""
    from amity.post import actions

    actions.pause(home.owner())
    _tell({"paused": True}, "Nothing leaves until you say: amity letter resume", as_json=as_json)


@app.command()
def resume(as_json: AsJson = False) -> None:
    """Let mail leave again."""
    from amity.post import actions

    actions.resume(home.owner())
    _tell({"paused": False}, "Mail leaves again.", as_json=as_json)


@app.command()
def unknown(
    again: Annotated[str | None, typer.Option(help="Send this one once more.")] = None,
    leave: Annotated[str | None, typer.Option(help="Count this one as sent.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the mails of which nobody knows whether they arrived, and decide."""
    from amity.people.queries import one_of
    from amity.post import actions, queries
    from amity.post.models import Delivery

    owner = home.owner()
    if again:
        actions.send_again(one_of(owner, Delivery, again))
    if leave:
        actions.let_be(one_of(owner, Delivery, leave))
    rows = [
        {"id": one.uid, "to": one.address, "subject": one.mailing.subject} for one in queries.unknowns(owner)
    ]
    said = "\n".join(f"{row['id']}  {row['to']}  {row['subject']}" for row in rows) or "None is unknown."
    _tell(rows, said, as_json=as_json)


@app.command("readers")
def readers_(
    bring_in: Annotated[Path | None, typer.Option("--import", help="A CSV file of readers.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="address=E-Mail; may be given again for name, circles.")
    ] = None,
    source: Annotated[str, typer.Option(help="Where they agreed to get your letter.")] = "",
    give_out: Annotated[
        Path | None, typer.Option("--export", help="Write all readers with their evidence.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count your readers, bring a list in, or write it out."""
    from django.utils import timezone

    from amity.letter import queries, readers

    owner = home.owner()
    answer: dict[str, Any] = {}
    if bring_in:
        mapping = dict(one.split("=", 1) for one in column or ["address=address"] if "=" in one)
        brought = readers.bring_in(owner, bring_in.read_bytes(), mapping, source=source, now=timezone.now())
        answer |= {"new": brought.new, "known": brought.known, "left_before": brought.left_before}
        answer |= {"refused": [{"line": line, "why": why} for line, why in brought.refused]}
    if give_out:
        give_out.write_text(readers.give_out(owner), encoding="utf-8")
        answer |= {"file": str(give_out)}
    answer |= {"readers": dict(queries.reader_counts(owner))}
    _tell(answer, ", ".join(f"{name}: {value}" for name, value in answer.items()), as_json=as_json)


@app.command()
def hear(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Mails that came back; without any, AMITY_IMAP is read.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in bounces, complaints, wishes to leave, and replies."""
    from django.utils import timezone

    from amity.letter import returns

    owner, now = home.owner(), timezone.now()
    if files:
        heard = returns.read_files(owner, (file.read_bytes() for file in files), now=now)
    else:
        heard = returns.read_mailbox(owner, now=now)
    said = ", ".join(f"{name}: {count}" for name, count in sorted(heard.items())) or "Nothing came back."
    _tell(dict(heard), said, as_json=as_json)


@app.command()
def doctor(
    try_it: Annotated[bool, typer.Option("--send", help="Send one to yourself and read it back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether a letter would arrive, and what to publish."""
    from django.utils import timezone

    from amity.letter.doctor import examine

    found = examine(home.owner(), now=timezone.now(), send=try_it)
    rows = [{"what": one.what, "well": one.well, "says": one.says, "publish": one.publish} for one in found]
    said = "\n".join(
        f"{'well' if one.well else 'look'}  {one.what}: {one.says} {one.publish}".rstrip() for one in found
    )
    _tell(rows, said, as_json=as_json)
    if not all(one.well for one in found):
        raise typer.Exit(1)

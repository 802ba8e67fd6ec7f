"""Every command of the terminal, in the order in which a person meets them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amity.doors.cli import home, letter, print_json, shapes, telling

app = typer.Typer(
    help="Turn the people you meet into long-term professional friends.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

HOST_HELP = "The address to listen on; another one only where a proxy alone can reach it."
WORDS_HELP = "Whose words to keep: none, direct (one-to-one messages) or all."
COLUMN_HELP = "What a column of a table holds, such as Alias=name; may be given again, and is remembered."
FIND_HELP = "Words of a name, organisation, address or circle."
ASK_HELP = "Words, and filters in words: spark:curious met:dinner since:2025 in:Lisbon."
WHO_HELP = "The id of whom a name means; may be given again."
SPARK_HELP = "like, admire, curious or rooting; may be given again."

app.add_typer(letter.app, name="letter")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do and do nothing.")]
OnDay = Annotated[str | None, typer.Option("--date", help="Another day, as YYYY-MM-DD; nothing is written.")]
PersonId = Annotated[str, typer.Argument(metavar="ID", help="An id, or a name only one person bears.")]
NudgeId = Annotated[str, typer.Argument(metavar="NUDGE")]


@app.command()
def run(
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help=HOST_HELP)] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open a browser where there is a display.")] = True,
) -> None:
    """Start Amity in the browser and print a one-time sign-in link."""
    from amity.owner.actions import NotPossible
    from amity.sources.actions import tidy

    tidy(home.owner())
    try:
        home.serve(host=host, port=port, open_browser=browser, say=typer.echo)
    except OSError as taken:
        why = (taken.strerror or "unknown").lower()
        raise NotPossible(f"Port {port} is taken: {why}. Try: amity run --port 8001") from taken


@app.command()
def demo(as_json: AsJson = False) -> None:
    """Make the sample world: an invented book of its own, apart from yours."""
    from amity.book.sample import make
    from amity.storage.schema import bring_up_to_date

    bring_up_to_date()
    made = make()
    answer = {"people": made.people, "moments": made.moments, "gatherings": made.gatherings, "book": "sample"}
    print_json(answer) if as_json else telling.demo(answer)


@app.command("import")
def bring_in(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files or folders, whatever they are called.")
    ],
    dry_run: DryRun = False,
    words: Annotated[str, typer.Option(help=WORDS_HELP)] = "direct",
    column: Annotated[list[str] | None, typer.Option(metavar="HEADER=FIELD", help=COLUMN_HELP)] = None,
    as_json: AsJson = False,
) -> None:
    """Bring in what you already have: LinkedIn ZIP, mailbox, calendar, vCards, tables of people (CSV)."""
    from amity.sources import actions as sources
    from amity.sources import columns as tables

    said = tables.said_in_words(column or [])
    begun = sources.begin(home.owner(), paths, words=words, preview=dry_run, columns=said)
    try:
        with telling.progress(quiet=as_json) as tell:
            report = sources.carry_out(begun, tell)
    finally:
        if dry_run:
            sources.drop(begun)
    if not dry_run and not report.all_refused:
        tables.remember_said(begun)
    answer = report.to_json(begun.uid) | {"joined": [] if dry_run else shapes.joined(begun)}
    print_json(answer) if as_json else telling.report(answer, dry_run=dry_run)
    if report.all_refused:
        raise typer.Exit(2)


@app.command(hidden=True)
def work(import_id: str) -> None:
    """Carry out an import that the browser began; it is started as a child process."""
    from amity.journal.models import Import
    from amity.nudges.actions import plan
    from amity.sources import actions as sources

    begun = Import.objects.select_related("owner").get(uid=import_id)
    sources.carry_out(begun, sources.tell_the_row(begun))
    if not begun.preview:
        plan(begun.owner, begun.owner.today())


@app.command()
def imports(as_json: AsJson = False) -> None:
    """List what was brought in, newest first."""
    from amity.journal import queries as journal

    found = [shapes.past_import(one) for one in journal.imports(home.owner())]
    print_json(found) if as_json else telling.imports(found)


@app.command()
def undo(import_id: Annotated[str, typer.Argument(metavar="IMPORT")], as_json: AsJson = False) -> None:
    """Take an import back."""
    from amity.journal.models import Import
    from amity.people.queries import one_of
    from amity.sources import actions as sources

    stayed = sources.undo(one_of(home.owner(), Import, import_id))
    answer = {"import": import_id, "stayed": stayed.people}
    print_json(answer) if as_json else telling.undone(stayed.people)


@app.command()
def me(
    name: Annotated[str | None, typer.Option(help="Your name.")] = None,
    address: Annotated[
        list[str] | None, typer.Option(help="An address of yours; may be given again.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Your time zone, such as Europe/Lisbon.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say or see who you are: your own addresses never become a person."""
    from django.db import transaction

    from amity.owner import actions as owners

    owner = home.owner()
    with transaction.atomic():
        if zone is not None:
            owners.set_zone(owner, zone)
        for one in address or []:
            owners.claim(owner, "email", one)
        if name is not None:
            owners.set_name(owner, name)
    answer = shapes.me(owner)
    print_json(answer) if as_json else telling.me(answer)


@app.command()
def password(
    address: Annotated[str | None, typer.Option(help="Your e-mail address, by which you sign in.")] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Let passkeys and codes go: it opens alone.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Set the password that signs you in where others can reach Amity; every browser is signed out."""
    from amity.owner.actions import set_password
    from amity.owner.keys import drop_keys
    from amity.owner.queries import is_local

    owner = home.owner()
    known = "" if is_local() else owner.email
    address = address or known or typer.prompt("Your e-mail address", err=True)
    set_password(owner, address, _secret("A new password"))
    if alone:
        drop_keys(owner)
    answer = {"email": owner.email, "alone": alone}
    print_json(answer) if as_json else telling.password(owner.email)


def _secret(asked: str) -> str:
    """Ask without showing what is typed; a script may write it to stdin."""
    if sys.stdin.isatty():
        return str(typer.prompt(asked, hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


@app.command()
def people(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]", help=FIND_HELP)] = None,
    as_json: AsJson = False,
) -> None:
    """List people, or those your words find."""
    from amity.people.queries import matching
    from amity.ties.story import listed

    owner = home.owner()
    found = list(matching(owner, " ".join(words or [])).order_by("folded", "id"))
    rows = [shapes.person(one) for one in listed(owner, found, owner.today())]
    print_json(rows) if as_json else telling.people(rows)


@app.command()
def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help=ASK_HELP)],
    as_json: AsJson = False,
) -> None:
    """Find anything: people, moments, hopes, facts, promises, gatherings."""
    from amity.search.queries import find as look_for

    owner = home.owner()
    answer = shapes.found(look_for(owner, _line(words), today=owner.today()))
    print_json(answer) if as_json else telling.found(answer)


def _line(words: list[str]) -> str:
    """Put together what the shell took apart: a value with spaces gets its quotes back."""
    spaced = [word.partition(":") for word in words]
    return " ".join(
        f'{name}:"{value}"' if " " in value and colon and '"' not in value else f"{name}{colon}{value}"
        for name, colon, value in spaced
    )


@app.command()
def person(person_id: PersonId, on: OnDay = None, as_json: AsJson = False) -> None:
    """Show one person."""
    from amity.people.queries import get
    from amity.ties.story import story

    owner = home.owner()
    answer = shapes.story(story(owner, get(owner, person_id), home.day_from(on, owner)))
    print_json(answer) if as_json else telling.person(answer)


@app.command()
def today(
    on: OnDay = None,
    energy: Annotated[str, typer.Option(help="rest, low or usual.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show today's nudges, gatherings and promises."""
    from amity.nudges import actions, queries

    owner = home.owner()
    day = home.day_from(on, owner)
    actions.check_energy(energy)
    if day == owner.today():
        actions.plan(owner, day, energy)
        page = queries.today(owner, day)
    else:
        page = queries.preview(owner, day, energy)
    answer = shapes.day(page)
    print_json(answer) if as_json else telling.day(answer)


def _answer(nudge_id: str, word: str, as_json: bool) -> None:
    from amity.nudges import actions, queries

    owner = home.owner()
    nudge = queries.get(owner, nudge_id)
    if word == "done":
        actions.done(nudge, today=owner.today())
    elif word == "skip":
        actions.skip(nudge)
    else:
        actions.let_rest(nudge, today=owner.today())
    answer = {
        "id": nudge.uid,
        "state": nudge.state,
        "person": {"id": nudge.person.uid, "name": nudge.person.name},
    }
    print_json(answer) if as_json else telling.say(f"{nudge.person.name}: {nudge.state}.")


@app.command()
def done(nudge: NudgeId, as_json: AsJson = False) -> None:
    """Say that you did it."""
    _answer(nudge, "done", as_json)


@app.command()
def skip(nudge: NudgeId, as_json: AsJson = False) -> None:
    """Say not today; it costs nothing."""
    _answer(nudge, "skip", as_json)


@app.command()
def rest(nudge: NudgeId, as_json: AsJson = False) -> None:
    """Let the tie rest for a season."""
    _answer(nudge, "rest", as_json)


@app.command()
def keep(
    person_id: PersonId,
    spark: Annotated[list[str] | None, typer.Option(help=SPARK_HELP)] = None,
    care: Annotated[str, typer.Option(help="light, warm or close.")] = "",
    as_json: AsJson = False,
) -> None:
    """Keep a person, and say why."""
    from amity.people import actions, queries

    owner = home.owner()
    sparks = dict.fromkeys(spark or [], "")
    kept = actions.keep(queries.get(owner, person_id), day=owner.today(), sparks=sparks, care=care)
    answer = shapes.kept(queries.rows(owner, [kept])[0])
    print_json(answer) if as_json else telling.say(f"Kept {kept.name}.")


@app.command()
def shelf(person_id: PersonId, as_json: AsJson = False) -> None:
    """Let a person rest on the shelf: searchable, never nagging."""
    from amity.people import actions, queries

    rested = actions.shelve(queries.get(home.owner(), person_id))
    answer = {"id": rested.uid, "name": rested.name, "place": rested.place}
    print_json(answer) if as_json else telling.say(f"{rested.name} rests on the shelf.")


@app.command()
def capture(
    line: Annotated[str, typer.Argument(metavar="LINE", help="What happened, in your words.")],
    who: Annotated[list[str] | None, typer.Option(help=WHO_HELP)] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write down what happened, in one line."""
    from amity.meet import actions
    from amity.moments.capture import sentence

    owner = home.owner()
    said = actions.read_line(owner, line, today=owner.today())
    answer = shapes.captured(said, sentence(said))
    if not dry_run:
        answer |= shapes.written(actions.capture(owner, line, today=owner.today(), who=who or ()))
    print_json(answer) if as_json else telling.say(answer["sentence"])


# The commands of other files join this app by being imported, once it is there.
from amity.doors.cli import moving, cards, meeting, sameness, together  # noqa: E402, F401, I001  (as help lists them)

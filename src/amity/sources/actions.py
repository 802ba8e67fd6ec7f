"""Bringing files in: begin, preview, carry out, resume, undo."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from amity.duplicates.actions import look
from amity.formats.identities import region_of
from amity.formats.records import OwnerHint, Refused
from amity.journal.actions import lock, record_import
from amity.journal.models import Import, ImportState
from amity.owner.actions import NotPossible, claim
from amity.owner.models import Owner
from amity.owner.queries import known_by
from amity.people.identity import normal
from amity.people.models import Person
from amity.sources import columns as tables
from amity.sources import staging, undoing
from amity.sources.bundles import opened
from amity.sources.keys import storable
from amity.sources.reading import Staged, files_in, fingerprint, in_turn, names_in_chat, refuse, stage
from amity.sources.report import Report
from amity.sources.saving import Saver
from amity.sources.whose import (
    ASK,
    ASK_ABOUT_GUESTS,
    ASK_NAME,
    NOT_YOURS,
    in_every_chat,
    owners_addresses,
    somebody_elses,
)
from amity.storage.schema import refresh_statistics

Progress = Callable[[str, int, int], None]
SECONDS_BETWEEN_TELLS = 0.5
SAME_BEFORE = (
    "The same files came in before, on {day}. What they say is that import's, "
    "and goes out of your book when that one is undone."
)
WORDS = ("none", "direct", "all")


def _quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def begin(
    owner: Owner,
    paths: Sequence[str],
    *,
    words: str = "direct",
    preview: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Import:
    """Write down that an import is wanted; ``columns`` says what columns of a table hold, by folded name.

    Raises:
        NotPossible: without a file, or for an unknown choice of words.
    """
    if not paths:
        raise NotPossible("Say which files to bring in.")
    if words not in WORDS:
        raise NotPossible(f"Words are kept of {', '.join(WORDS)}, not of {words[:40]!r}.")
    return Import.objects.create(
        owner=owner,
        paths=[str(path) for path in paths],
        words=words,
        preview=preview,
        columns=dict(columns or {}),
    )


def carry_out(run: Import, tell: Progress = _quiet) -> Report:
    """Read, match and save, from wherever this import stands; what another one left half-way goes first.

    A preview stops in state *ready* with its report; everything else ends *arrived*, or *failed*
    when every file was refused. Another import of this book is waited for.
    """
    with staging.alone(run.owner, wait=True):
        _finish_interrupted(run.owner, but=run.pk)
        return _carry_out(run, tell)


def _carry_out(run: Import, tell: Progress = _quiet) -> Report:
    started = time.perf_counter()
    run.refresh_from_db()
    if run.state in {ImportState.WAITING, ImportState.READING}:
        _read(run, tell)
    report = Report.from_row(run.report)
    if run.state in {ImportState.READY, ImportState.ARRIVING}:
        report = report.as_read() if run.preview else report
        _save(run, report, tell)
        report.seconds += time.perf_counter() - started
        _end(run, report)
        if run.state == ImportState.ARRIVED:
            refresh_statistics()
            _look_for_the_same(run, report)
    return report


def _look_for_the_same(run: Import, report: Report) -> None:
    """Where people came in, let those who surely are one person become one, and find whom to ask about."""
    if report.people_new or report.people_updated:
        brought = Person.objects.filter(imported_by=run).values_list("pk", flat=True)
        look(run.owner, because=run, among={*brought, *undoing.told_more_about(run)})


def tell_the_row(run: Import) -> Progress:
    """Write the progress of reading into the import's row, twice a second at most, for a page to show."""
    told = [0.0]

    def tell(_what: str, done: int, _total: int) -> None:
        if time.monotonic() - told[0] > SECONDS_BETWEEN_TELLS:
            told[0] = time.monotonic()
            Import.objects.filter(pk=run.pk, state=ImportState.READING).update(done=done)

    return tell


def _read(run: Import, tell: Progress) -> None:
    """Stage every file; this can be interrupted and begun again without a trace."""
    run.state = ImportState.READING
    run.save(update_fields=["state"])
    report = Report()
    with opened(list(dict.fromkeys(files_in(run.paths))), staging.unpacked_path(run)) as found:
        chats = _who_is_in_every_chat(found.files)
        with staging.staging_path(run).open("wb") as out:
            read = {file: _read_one(run, file, out, report, tell, chats) for file in in_turn(found.files)}
            staging.settle(out)
        for file, name in found.called.items():
            read[file].report.path = name
        report.files = [read[one].report if isinstance(one, Path) else one for one in found.entries]
        _ask_about_guests(run, report, list(read.values()))
        report.robots = len(set[str]().union(*(one.tally.robots for one in read.values())))
        run.fingerprint = fingerprint(file for file in found.files if not read[file].report.refused)
    run.total = sum(file.records for file in report.files)
    run.report = report.to_row()
    run.state = ImportState.FAILED if report.all_refused else ImportState.READY
    run.finished_at = timezone.now() if report.all_refused else None
    run.save()
    if report.all_refused:
        staging.discard(run)


def _read_one(
    run: Import, file: Path, out: BinaryIO, report: Report, tell: Progress, in_every_chat: str
) -> Staged:
    def told(count: int) -> None:
        tell(f"Reading {file.name}", count, 0)

    start = out.tell()
    hints = partial(tables.hints_for, run)
    staged = stage(file, out, told, today=run.owner.today(), hints=hints)
    if staged.report.refused:
        return staged
    if (table := tables.table_of(run, file)) and (note := tables.note_of(table)):
        report.notes.append(note)
    try:
        claims = _whose(run.owner, file, staged, report, in_every_chat)
    except Refused as refused:
        return refuse(staged, storable(refused.sentence), out, start)
    report.claims += [one for one in claims if one not in report.claims]
    return staged


def _whose(owner: Owner, file: Path, staged: Staged, report: Report, in_every_chat: str) -> list[list[str]]:
    """Give what a file calls its owner's own, or what can be told of that.

    Raises:
        Refused: it is somebody else's file, or nobody can tell who its owner is.
    """
    tally, own = staged.tally, known_by(owner) | {(kind, form) for kind, _, form in report.claims}
    if theirs := somebody_elses(tally.hints, own, region_of(owner.zone)):
        yours = next(form for kind, form in sorted(own) if kind == "name").title()
        raise Refused(NOT_YOURS.format(name=file.name, theirs=theirs, yours=yours))
    claims = _claims(owner, tally.hints)
    own |= {(kind, form) for kind, _, form in claims}
    addresses = owners_addresses(tally, {form for kind, form in own if kind == "email"})
    if addresses is None and tally.personal:
        raise Refused(ASK.format(name=file.name))
    for address in sorted(addresses or ()):
        claims.append(["email", address, address])
        report.notes.append(f"Amity takes {address} for your own address.")
    if tally.spoke and not any(("name", name) in own for name in tally.spoke):
        if in_every_chat not in tally.spoke:
            raise Refused(ASK_NAME.format(name=file.name))
        claims.append(["name", in_every_chat.title(), in_every_chat])
        report.notes.append(f"Amity takes {in_every_chat.title()} for your own name.")
    return claims


def _who_is_in_every_chat(files: list[Path]) -> str:
    """Give the one name that several chats have in common, folded."""
    return in_every_chat([names for file in files if (names := names_in_chat(file))])


def _ask_about_guests(run: Import, report: Report, read: list[Staged]) -> None:
    """Ask which guest the owner is, where a calendar has guests and none of them is known to be."""
    own = _own_addresses(run.owner, report.claims)
    if any(one.tally.invited and owners_addresses(one.tally, own) is None for one in read):
        report.ask_about_guests = True
        report.notes.append(ASK_ABOUT_GUESTS)


def _own_addresses(owner: Owner, claims: list[list[str]]) -> set[str]:
    own = [*known_by(owner), *((kind, form) for kind, _, form in claims)]
    return {form for kind, form in own if kind == "email"}


def _claims(owner: Owner, hints: list[OwnerHint]) -> list[list[str]]:
    """Give what a file calls its owner's own, as (kind, value, normal form)."""
    region = region_of(owner.zone)
    told = [("name", hint.name) for hint in hints]
    told += [(way.kind, way.value) for hint in hints for way in hint.ways]
    forms = [[kind, value, normal(kind, value, region)] for kind, value in told]
    return [one for one in forms if one[0] in {"name", "email", "phone", "url"} and one[2]]


def _save(run: Import, report: Report, tell: Progress) -> None:
    if not run.preview:
        with transaction.atomic():
            for kind, value, _ in report.claims:
                claim(run.owner, kind, value, said_by=run.uid)
            run.state = ImportState.ARRIVING
            run.save(update_fields=["state"])
    repeat = _same_before(run) is not None
    saver = Saver(run, report, dry=run.preview, repeat=repeat, now=timezone.now())
    saver.work(staging.staging_path(run), lambda done, total: tell("Bringing people in", done, total))


def _same_before(run: Import) -> Import | None:
    """Give the import by which the very same files are in the book already."""
    arrived = Import.objects.filter(owner=run.owner, state=ImportState.ARRIVED, fingerprint=run.fingerprint)
    return arrived.exclude(pk=run.pk).order_by("id").first()


def _end(run: Import, report: Report) -> None:
    with transaction.atomic():
        lock(run.owner)
        run.done = run.total
        run.finished_at = timezone.now()
        if not run.preview:
            if (before := _same_before(run)) and not report.brought_anything:
                run.fingerprint = ""  # it says nothing of its own, so nothing repeats it
                _tell_of(before, report)
            run.state = ImportState.ARRIVED
            record_import(run, "import")
        run.report = report.to_row()
        run.save()
    if not run.preview:
        _tidy_files(run)


def _tell_of(before: Import, report: Report) -> None:
    """Say whose everything is that these files say: of two imports of one file, only the first one's."""
    day = (before.finished_at or before.started_at).astimezone(before.owner.tz)
    report.repeats = before.uid
    report.notes.append(SAME_BEFORE.format(day=f"{day.day} {day:%B %Y}"))


def confirm(run: Import, *, words: str = "") -> Import:
    """Say yes to a preview: it can now be carried out, and whose words are to be kept can still be changed.

    Raises:
        NotPossible: when it does not wait for a yes, or for an unknown choice of words.
    """
    if words not in {"", *WORDS}:
        raise NotPossible(f"Words are kept of {', '.join(WORDS)}, not of {words[:40]!r}.")
    if not run.waits:
        raise NotPossible("That import is not waiting for a yes.")
    run.report = Report.from_row(run.report).as_read().to_row()
    run.preview, run.done, run.finished_at, run.words = False, 0, None, words or run.words
    run.save(update_fields=["preview", "report", "done", "finished_at", "words"])
    return run


def drop(run: Import) -> None:
    """Say no to a preview: nothing of it stays."""
    if run.state in {ImportState.READY, ImportState.FAILED, ImportState.WAITING}:
        _tidy_files(run)
        run.delete()


def _tidy_files(run: Import) -> None:
    staging.discard(run)
    shutil.rmtree(upload_folder(run), ignore_errors=True)


def upload_folder(run: Import) -> Path:
    """Give the folder where the browser's files of this import wait."""
    folder: Path = settings.AMITY_HOME / "uploads" / run.uid
    return folder


def undo(run: Import) -> undoing.Stayed:
    """Take an import back: what it alone said goes, what the owner has touched stays and is listed.

    Raises:
        NotPossible: when it has not arrived, or was undone already.
    """
    with staging.alone(run.owner, wait=True):
        _finish_interrupted(run.owner, but=run.pk)
        run.refresh_from_db()
        if run.state not in {ImportState.ARRIVED, ImportState.LEAVING}:
            raise NotPossible("That import is not in the book.")
        return undoing.undo(run)


def tidy(owner: Owner) -> list[Import]:
    """Finish or clear what an interrupted process left; give the imports that were finished.

    Whatever was only being read is marked failed and leaves nothing; what was arriving arrives,
    what was leaving leaves. While an import is under way nothing is done.
    """
    try:
        with staging.alone(owner, wait=False):
            return _finish_interrupted(owner)
    except staging.InUse:
        return []


def _finish_interrupted(owner: Owner, *, but: int = 0) -> list[Import]:
    """With the book's imports held, every other one that stands half-way was interrupted."""
    begun = [ImportState.READING, ImportState.READY, ImportState.ARRIVING, ImportState.LEAVING]
    halfway = Import.objects.filter(owner=owner, state__in=begun).exclude(pk=but)
    return [run for run in halfway.order_by("id") if _finish(run)]


def _finish(run: Import) -> bool:
    """Bring one interrupted import to an end; tell whether it arrived."""
    if run.state == ImportState.READING:
        Import.objects.filter(pk=run.pk).update(state=ImportState.FAILED, finished_at=timezone.now())
        staging.discard(run)
    elif run.state == ImportState.LEAVING or not staging.staging_path(run).exists():
        if run.state != ImportState.READY:
            undoing.undo(run)
    elif not run.preview:
        _carry_out(run)
        return True
    return False

"""Bringing files in: begin, preview, carry out, resume, undo."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from amity.formats.records import OwnerHint
from amity.journal.actions import record_import
from amity.journal.models import Import, ImportState
from amity.owner.actions import NotPossible, claim
from amity.owner.models import Owner, OwnIdentity
from amity.owner.queries import known_by
from amity.sources import staging, undoing
from amity.sources.reading import Staged, files_in, fingerprint, stage, tellers_first
from amity.sources.report import Report
from amity.sources.saving import Saver
from amity.sources.whose import ASK, owner_address

Progress = Callable[[str, int, int], None]
SECONDS_BETWEEN_TELLS = 0.5
WORDS = ("none", "direct", "all")
ASK_ABOUT_GUESTS = (
    "Amity cannot tell which guest is you, so past meetings are not moments yet; "
    "say it with: amity me --address you@example.org"
)


def _quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def begin(owner: Owner, paths: Sequence[str], *, words: str = "direct", preview: bool = False) -> Import:
    """Write down that an import is wanted.

    Raises:
        NotPossible: without a file, or for an unknown choice of words.
    """
    if not paths:
        raise NotPossible("Say which files to bring in.")
    if words not in WORDS:
        raise NotPossible(f"Words are kept of {', '.join(WORDS)}, not of {words[:40]!r}.")
    return Import.objects.create(owner=owner, paths=[str(path) for path in paths], words=words, preview=preview)


def carry_out(run: Import, tell: Progress = _quiet) -> Report:
    """Read, match and save, from wherever this import stands.

    A preview stops in state *ready* with its report; everything else ends *arrived*, or *failed*
    when every file was refused.

    Raises:
        staging.InUse: when another process is at it.
    """
    started = time.perf_counter()
    with staging.locked(run) as path:
        run.refresh_from_db()
        if run.state in {ImportState.WAITING, ImportState.READING}:
            _read(run, path, tell)
        report = Report.from_row(run.report)
        if run.state == ImportState.FAILED:
            return report
        _save(run, report, path, tell)
        report.seconds += time.perf_counter() - started
        _end(run, report)
    if run.state == ImportState.ARRIVED:
        _tidy_files(run)
    return report


def tell_the_row(run: Import) -> Progress:
    """Write the progress of reading into the import's row, twice a second at most, for a page to show."""
    told = [0.0]

    def tell(_what: str, done: int, _total: int) -> None:
        if time.monotonic() - told[0] > SECONDS_BETWEEN_TELLS:
            told[0] = time.monotonic()
            Import.objects.filter(pk=run.pk, state=ImportState.READING).update(done=done)

    return tell


def _read(run: Import, path: Path, tell: Progress) -> None:
    """Stage every file; this can be interrupted and begun again without a trace."""
    run.state = ImportState.READING
    run.save(update_fields=["state"])
    report, robots = Report(), set[str]()
    files = list(files_in(run.paths))
    run.fingerprint = fingerprint(files)
    with path.open("wb") as out:
        read = {file: _read_one(run, file, out, report, tell) for file in tellers_first(files)}
    for file in files:
        report.files.append(read[file].report)
        robots |= read[file].tally.robots
    _ask_about_guests(run, report, list(read.values()))
    report.robots = len(robots)
    run.total = sum(file.records for file in report.files)
    run.report = report.to_row()
    refused = not report.files or report.all_refused
    run.state = ImportState.FAILED if refused else ImportState.READY
    run.finished_at = timezone.now() if refused else None
    run.save()
    if refused:
        staging.discard(run)


def _read_one(run: Import, file: Path, out: BinaryIO, report: Report, tell: Progress) -> Staged:
    start = out.tell()
    staged = stage(file, out, lambda count: tell(f"Reading {file.name}", count, 0))
    if staged.report.refused:
        return staged
    _claim(run, staged.tally.hints)
    address = owner_address(staged.tally, _own_addresses(run))
    if address:
        claim(run.owner, "email", address, said_by=run.uid)
        report.notes.append(f"Amity takes {address} for your own address.")
    elif address is None and staged.tally.personal:
        out.seek(start)
        out.truncate()
        staged.report.records, staged.report.refused = 0, ASK.format(name=file.name)
    return staged


def _ask_about_guests(run: Import, report: Report, read: list[Staged]) -> None:
    """Ask which guest the owner is, where a calendar has guests and none of them is known to be."""
    own = _own_addresses(run)
    if any(one.tally.invited and owner_address(one.tally, own) is None for one in read):
        report.ask_about_guests = True
        report.notes.append(ASK_ABOUT_GUESTS)


def _own_addresses(run: Import) -> set[str]:
    return {form for kind, form in known_by(run.owner) if kind == "email"}


def _claim(run: Import, hints: list[OwnerHint]) -> None:
    for hint in hints:
        wanted = [(way.kind, way.value) for way in hint.ways if way.kind in {"email", "phone", "url"}]
        for kind, value in [("name", hint.name), *wanted] if hint.name else wanted:
            try:
                claim(run.owner, kind, value, said_by=run.uid)
            except NotPossible:
                continue  # a number or address the file spells in no known way


def _save(run: Import, report: Report, path: Path, tell: Progress) -> None:
    repeat = _seen_before(run)
    if not run.preview:
        run.state = ImportState.ARRIVING
        run.save(update_fields=["state"])
    saver = Saver(run, report, dry=run.preview, repeat=repeat)
    saver.work(path, lambda done, total: tell("Bringing people in", done, total))


def _seen_before(run: Import) -> bool:
    """Tell whether the very same files are in the book already."""
    arrived = Import.objects.filter(owner=run.owner, state=ImportState.ARRIVED, fingerprint=run.fingerprint)
    return arrived.exclude(pk=run.pk).exists()


def _end(run: Import, report: Report) -> None:
    with transaction.atomic():
        run.report = report.to_row()
        run.done = run.total
        run.finished_at = timezone.now()
        if not run.preview:
            run.state = ImportState.ARRIVED
            record_import(run, "import")
        run.save()


def confirm(run: Import, *, words: str = "") -> Import:
    """Say yes to a preview: it can now be carried out, and whose words are to be kept can still be changed.

    Raises:
        NotPossible: when it does not wait for a yes, or for an unknown choice of words.
    """
    if words not in {"", *WORDS}:
        raise NotPossible(f"Words are kept of {', '.join(WORDS)}, not of {words[:40]!r}.")
    if run.state != ImportState.READY or not run.preview:
        raise NotPossible("That import is not waiting for a yes.")
    counted = Report.from_row(run.report)
    run.report = Report(files=counted.files, robots=counted.robots, notes=counted.notes).to_row()
    run.preview, run.done, run.words = False, 0, words or run.words
    run.save(update_fields=["preview", "report", "done", "words"])
    return run


def drop(run: Import) -> None:
    """Say no to a preview: nothing of it stays."""
    if run.state in {ImportState.READY, ImportState.FAILED, ImportState.WAITING}:
        OwnIdentity.objects.filter(owner=run.owner, said_by=run.uid).delete()
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
    if run.state not in {ImportState.ARRIVED, ImportState.LEAVING}:
        raise NotPossible("That import is not in the book.")
    with staging.locked(run):
        stayed = undoing.undo(run)
    staging.discard(run)
    return stayed


def tidy(owner: Owner) -> list[Import]:
    """Finish or clear what an interrupted process left; give the imports that were finished.

    Whatever was only being read is marked failed and leaves nothing; what was arriving arrives,
    what was leaving leaves.
    """
    finished = []
    for run in Import.objects.of(owner).exclude(state__in=["arrived", "undone", "failed", "ready"]):
        try:
            finished += _finish(run)
        except staging.InUse:
            continue
    return finished


def _finish(run: Import) -> list[Import]:
    if run.state == ImportState.LEAVING:
        undo(run)
    elif run.state == ImportState.ARRIVING and staging.staging_path(run).exists():
        carry_out(run)
        return [run]
    elif run.state == ImportState.ARRIVING:
        undoing.clear(run)
    elif run.state == ImportState.READING:
        with staging.locked(run):
            Import.objects.filter(pk=run.pk).update(state=ImportState.FAILED, finished_at=timezone.now())
        staging.discard(run)
    return []

"""Imports as their pages show them: what a file was, what came of it, how far the work is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import PurePath
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.doors.web.asking import Request
from amity.doors.web.words import counted, moment_ago, sentence
from amity.journal.models import Import, ImportState
from amity.owner.queries import identities
from amity.sources import child
from amity.sources.report import FileReport, Report

SKIPPED_SHOWN, NAMES_SHOWN = 100, 3
FORMATS = {
    "linkedin": gettext_lazy("LinkedIn export"),
    "vcard": gettext_lazy("contact cards"),
    "mbox": gettext_lazy("a mailbox"),
    "maildir": gettext_lazy("a mailbox"),
    "eml": gettext_lazy("a mail"),
    "ics": gettext_lazy("a calendar"),
    "google": gettext_lazy("Google contacts"),
    "outlook": gettext_lazy("Outlook contacts"),
    "thunderbird": gettext_lazy("a Thunderbird address book"),
    "monica": gettext_lazy("Monica export"),
    "whatsapp": gettext_lazy("a chat"),
    "zip": gettext_lazy("a ZIP of several files"),
    "csv": gettext_lazy("a table of people"),
}
WORDS = [
    ("direct", gettext_lazy("of messages between the two of you")),
    ("all", gettext_lazy("of mail and groups too")),
    ("none", gettext_lazy("of nothing, only who and when")),
]


@dataclass(frozen=True)
class FileShown:
    """One file of an import."""

    name: str
    format: str
    records_words: str
    skipped_words: str
    refused: str | None
    skipped: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ImportShown:
    """One import, in the history or on its own page."""

    uid: str
    when_words: str
    sentence: str
    sentences: list[str]
    notes: list[str]
    files: list[FileShown]
    undone: bool
    repeats: bool
    can_undo: bool
    running: bool
    waits: bool
    failed: bool
    stayed: list[str]


@dataclass(frozen=True)
class Progress:
    """How far an import is. `total` is None while nobody can know."""

    uid: str
    sentence: str
    done: int
    total: int | None
    finished: bool
    next_url: str
    failed: str


def import_shown(run: Import, today: date, zone: tzinfo) -> ImportShown:
    """Dress an import."""
    report = report_of(run)
    return ImportShown(
        uid=run.uid,
        when_words=moment_ago(run.finished_at or run.started_at, today, zone),
        sentence=_in_one(run, report),
        sentences=_sentences(run, report),
        notes=report.notes,
        files=[_file(one) for one in report.files],
        undone=run.state == ImportState.UNDONE,
        repeats=bool(report.repeats),
        can_undo=run.state == ImportState.ARRIVED,
        running=not run.waits and run.state not in child.OVER,
        waits=run.waits,
        failed=run.state == ImportState.FAILED,
        stayed=run.report.get("stayed", []),
    )


def report_of(run: Import) -> Report:
    """Read the report of an import, also where an undo has written beside it."""
    return Report.from_row(
        {name: value for name, value in run.report.items() if name not in {"stayed", "refold"}}
    )


def _in_one(run: Import, report: Report) -> str:
    names = [PurePath(path).name for path in run.paths]
    more = len(names) - NAMES_SHOWN
    said = ", ".join(names[:NAMES_SHOWN]) + (_(" and %s more") % more if more > 0 else "")
    if report.people_new and run.state == ImportState.ARRIVED:
        return _("%(files)s: %(people)s") % {"files": said, "people": _new_people(report.people_new)}
    return said


def _new_people(count: int) -> str:
    return counted(count, _("new person"), _("new people"))


def _sentences(run: Import, report: Report) -> list[str]:
    """Say what came in, or would."""
    if not report.files or report.all_refused:
        return [_("Nothing here could be read.")]
    would = run.state == ImportState.READY
    new = [_new_people(report.people_new)] if report.people_new else []
    new += [counted(report.moments_new, _("moment"), _("moments"))] if report.moments_new else []
    new += [counted(report.gatherings_new, _("gathering"), _("gatherings"))] if report.gatherings_new else []
    if not new:
        return [
            _("Everything in here is in your book already.")
            if would
            else _("Everything was in your book already.")
        ]
    came = _("%s would come into your book.") if would else _("%s came into your book.")
    return [sentence(came % _and(new)), *_beside(report)]


def _beside(report: Report) -> list[str]:
    known = report.people_updated
    robots = counted(report.robots, _("sender was a machine or a list"), _("senders were machines or lists"))
    return [
        *([_("%s you already have will be better known.") % sentence(_persons(known))] if known else []),
        *([_("%s, and left out.") % sentence(robots)] if report.robots else []),
    ]


def _persons(count: int) -> str:
    return counted(count, _("person"), _("people"))


def _and(parts: list[str]) -> str:
    return (
        parts[0]
        if len(parts) == 1
        else _("%(first)s and %(last)s")
        % {
            "first": ", ".join(parts[:-1]),
            "last": parts[-1],
        }
    )


def _file(one: FileReport) -> FileShown:
    skipped = len(one.skipped) + one.skipped_more
    return FileShown(
        name=PurePath(one.path).name,
        format=str(FORMATS.get(one.format, one.format)),
        records_words=counted(one.records, _("entry"), _("entries")),
        skipped_words=_("%s left out") % counted(skipped, _("line"), _("lines")) if skipped else "",
        refused=one.refused,
        skipped=one.skipped[:SKIPPED_SHOWN],
    )


def progress(run: Import) -> Progress:
    """Say how far an import is, and where it goes from here."""
    page = "import_look" if run.state in {ImportState.READY, ImportState.FAILED} else "import_report"
    return Progress(
        uid=run.uid,
        sentence=_how_far(run),
        done=max(run.done, run.checkpoint),
        total=run.total or None,
        finished=(run.state in child.OVER or run.waits) and not child.is_at_work(run),
        next_url=reverse(page, args=[run.uid]),
        failed=_("The work stopped before its end, and nothing of it is in your book. Try once more.")
        if child.has_died(run)
        else "",
    )


def _how_far(run: Import) -> str:
    if run.state == ImportState.ARRIVED:
        return _("Everybody is in; looking who is here twice, and planning your day")
    if run.state == ImportState.READY and run.preview:
        return _("Comparing with the people you have")
    if run.state in {ImportState.ARRIVING, ImportState.READY} and run.total:
        return _("Bringing people in: %(done)s of %(total)s") % {
            "done": f"{max(run.done, run.checkpoint):,}",
            "total": f"{run.total:,}",
        }
    return (
        _("Reading: %s so far") % counted(run.done, _("entry"), _("entries"))
        if run.done
        else _("Opening your files")
    )


def preview(request: Request, run: Import) -> dict[str, Any]:
    """Give the page that says what an import would do."""
    known = [one.value for one in identities(request.owner) if one.kind in {"name", "email"}]
    you = _("You are %s.") % ", ".join(known[:NAMES_SHOWN]) if known else ""
    report = report_of(run)
    refused = [file.refused for file in report.files if file.refused]
    asks = report.ask_about_guests or any("which address" in one for one in refused)
    return {
        "preview": import_shown(run, request.today, request.owner.tz),
        "you_words": you,
        "asks": asks,
        "asks_name": any("which name" in one for one in refused),
        "words": [{"value": value, "label": label, "on": value == run.words} for value, label in WORDS],
        "can_go": run.waits,
    }

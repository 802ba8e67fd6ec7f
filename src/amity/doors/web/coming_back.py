"""A backup comes back, in two steps: what it holds, and then in place of the book that is here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import ngettext

from amity.book import comeback
from amity.book.leaving import backups
from amity.doors.web.answering import Outcome, doing
from amity.doors.web.asking import Request, said
from amity.doors.web.words import long_day
from amity.owner.access import owners_only
from amity.owner.queries import has_the_house_alone, with_key


@owners_only
def restore(request: Request) -> HttpResponse:
    """Show the backups there are; a POST shows what one holds, and with `do=restore` puts it in place."""
    outcome = Outcome()
    if request.method == "POST" and has_the_house_alone(request.owner):
        with doing(request, "backup", outcome):
            path = _chosen(request)
            if said(request, "do") == "restore":
                return _restored(request, path)
            outcome.made = (path.name, comeback.holds(path))
    return render(request, "owner/restore.html", _page(request, outcome), status=outcome.status)


def _chosen(request: Request) -> Path:
    """Give the backup that is meant: one of the folder's, or the one that was dropped in."""
    file = request.FILES.get("file")
    if file is not None:
        return comeback.take_in(file, now=timezone.now())
    return comeback.named(said(request, "backup"))


def _restored(request: Request, path: Path) -> HttpResponse:
    """Put a backup in place, and open the book that came for whoever asked, if it is theirs."""
    key = bytes(request.owner.key)
    came = comeback.replace(path, now=timezone.now())
    logout(request)
    if owner := with_key(key):
        login(request, owner)
    return render(request, "owner/restored.html", {"came": came, "signed_in": owner is not None})


def _page(request: Request, outcome: Outcome) -> dict[str, Any]:
    name, held = outcome.made or ("", None)
    zone = request.owner.tz
    made = held.made.astimezone(zone).date() if held and held.made else None
    return {
        "alone": has_the_house_alone(request.owner),
        "backups": [(one.name, long_day(one.day), filesizeformat(one.size)) for one in backups(zone)],
        "chosen": name,
        "held": held,
        "made": long_day(made) if made else "",
        "counts": _counts(held.rows) if held else [],
        **outcome.context(),
    }


def _counts(rows: dict[str, int]) -> list[str]:
    n = {name: rows.get(name, 0) for name in ("person", "moment", "gathering", "promise", "subscriber")}
    said = {
        "person": ngettext("%(n)s person", "%(n)s people", n["person"]),
        "moment": ngettext("%(n)s moment", "%(n)s moments", n["moment"]),
        "gathering": ngettext("%(n)s gathering", "%(n)s gatherings", n["gathering"]),
        "promise": ngettext("%(n)s promise", "%(n)s promises", n["promise"]),
        "subscriber": ngettext("%(n)s reader", "%(n)s readers", n["subscriber"]),
    }
    return [words % {"n": n[name]} for name, words in said.items() if n[name]]

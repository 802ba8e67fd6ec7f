"""How well Amity knows its owner, as a picture with sentences: ten marks a word, drawn here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.doors.web.asking import Request
from amity.owner.access import owners_only
from amity.ties.knowing import Said, knowing
from amity.ties.words import number

TEN, STEP = 10, 24  # marks; pixels from one to the next


@dataclass(frozen=True)
class Row:
    """One word: the band of marks it promises, the marks that came true, and the same in sentences."""

    word: str
    band: int
    width: int
    marks: list[tuple[int, bool]]
    words: str


@owners_only
def knows(request: Request) -> HttpResponse:
    """Show what Amity would have said beside what happened."""
    found = knowing(request.owner, request.today)
    context = {
        "rows": [row(one) for one in found.said],
        "weeks": weeks(found.weeks),
        "width": TEN * STEP,
        "height": STEP,
    }
    return render(request, "owner/knows.html", context)


def row(one: Said) -> Row:
    """Draw one word; without marks when it was said too seldom."""
    true = round(TEN * one.share)
    marks = [(at * STEP + STEP // 2, at < true) for at in range(TEN)] if one.is_telling else []
    band, end = round(one.low * TEN * STEP), round(one.high * TEN * STEP)
    return Row(one.word, band, end - band, marks, told(one, true))


def told(one: Said, true: int) -> str:
    """Say what became of a word."""
    if not one.is_telling:
        return _("Amity has said “%(word)s” too seldom to tell.") % {"word": one.word}
    often = ngettext("%(times)s time in ten", "%(times)s times in ten", true) % {"times": number(true)}
    said = _("When Amity said “%(word)s”, you were in touch within a month %(often)s.") % {
        "word": one.word,
        "often": often,
    }
    if one.holds:
        return said
    more = _("That is more often than the word promises.")
    return f"{said} {more if one.share > one.high else _('That is less often than the word promises.')}"


def weeks(left: int) -> str:
    """Say how long until Amity may trust itself."""
    if not left:
        return _("Amity has enough of your own past to judge itself by, and adjusts a little every week.")
    return ngettext(
        "Amity is still getting to know your pace. It needs about %(weeks)s more week.",
        "Amity is still getting to know your pace. It needs about %(weeks)s more weeks.",
        left,
    ) % {"weeks": number(left)}

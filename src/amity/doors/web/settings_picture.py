"""Settings that suit the owner, as a picture with sentences: one mark for each occasion, drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.doors.web.answering import doing
from amity.doors.web.asking import Request, said
from amity.doors.web.words import FELT, SETTINGS, setting_said
from amity.gatherings.conferences import Conference
from amity.meet.ideas import ideas
from amity.meet.suiting import Suiting, settings, summary
from amity.moments.models import Felt
from amity.moments.own_settings import name_setting, own_settings
from amity.owner.access import owners_only
from amity.ties.queries import album

IN_A_ROW, ROWS, STEP = 12, 3, 20


@dataclass(frozen=True)
class Mark:
    """One occasion of the picture, at its place in pixels; `felt` is gave, neutral, took or empty."""

    x: int
    y: int
    felt: str


@dataclass(frozen=True)
class Row:
    """One setting: its name, the shape it is drawn with, its marks and the same in words."""

    name: str
    shape: str
    words: str
    friends: list[str]
    marks: list[Mark] = field(default_factory=list)
    more: int = 0

    @property
    def height(self) -> int:
        """Give the height of the drawing in pixels."""
        return STEP * (1 + max((mark.y for mark in self.marks), default=0) // STEP)


@owners_only
def settings_that_suit(request: Request) -> HttpResponse:
    """Show what gave energy, where friends came from, where one might go; name a setting of one's own."""
    with doing(request, "setting") as outcome:
        if request.method == "POST":
            outcome.made = name_setting(request.owner, said(request, "name"))
    if outcome.made:
        return redirect("settings_that_suit")
    found = settings(request.owner, album(request.owner, request.today))
    context = {
        **outcome.context(),
        "own": own_settings(request.owner),
        "summary": summary(found),
        "rows": [row(one) for one in found],
        "ideas": [(idea, days(idea.conference)) for idea in ideas(request.owner, request.today)],
        "width": IN_A_ROW * STEP,
    }
    return render(request, "meet/settings.html", context, status=outcome.status)


def row(one: Suiting) -> Row:
    """Draw one setting: those that gave energy first, then the others."""
    felt = [
        FELT.get(word, "") for word in (Felt.GAVE, Felt.NEUTRAL, Felt.TOOK, "") for _ in range(one.felt[word])
    ]
    shown = felt[: IN_A_ROW * ROWS]
    half = STEP // 2
    marks = [
        Mark(at % IN_A_ROW * STEP + half, at // IN_A_ROW * STEP + half, word) for at, word in enumerate(shown)
    ]
    shape = SETTINGS.get(one.setting, "other")
    return Row(setting_said(one.setting), shape, one.words, one.friends, marks, len(felt) - len(shown))


def days(one: Conference) -> str:
    """Say when a conference is: ``12 to 14 June 2027``."""
    last = date_format(one.ends, "j F Y")
    if one.starts == one.ends:
        return last
    first = date_format(one.starts, "j" if one.starts.month == one.ends.month else "j F")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}

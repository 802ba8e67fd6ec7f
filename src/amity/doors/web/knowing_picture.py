"""How well Amity knows its owner: each word in sentences, and what was expected beside what happened."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.doors.web.asking import Request
from amity.owner.access import owners_only
from amity.ties.knowing import WEEK, Knowing, knowing
from amity.ties.words import number, so_long
from amity.ties.words_kept import Word

TEN = 10  # steps of the scale


@dataclass(frozen=True)
class Picture:
    """What was forecast of one word, what happened, and its give or take; per cent of the width."""

    forecast: float
    happened: float
    least: float
    most: float


@dataclass(frozen=True)
class Row:
    """One word: what became of it in sentences, and the picture once it was said often enough."""

    word: str
    words: str
    picture: Picture | None


@owners_only
def knows(request: Request) -> HttpResponse:
    """Show what Amity would have said beside what happened."""
    found = knowing(request.owner, request.today)
    context = {
        "lead": lead(found),
        "rows": [row(one) for one in found.words] if found.telling else [],
        "scale": [x(step / TEN) for step in range(TEN + 1)],
    }
    return render(request, "owner/knows.html", context)


def x(share: float) -> float:
    """Give the place of a share on the scale, in per cent of the width."""
    return round(100 * share, 2)


def row(one: Word) -> Row:
    """Draw one word; without a picture when it was said too seldom."""
    if not one.is_telling:
        return Row(one.word, seldom(one), None)
    picture = Picture(x(one.forecast), x(one.share), x(one.least), x(one.most))
    return Row(one.word, f"{happened(one)} {expected(one)}", picture)


def seldom(one: Word) -> str:
    """Say that a word cannot be judged yet."""
    if not one.times:
        return _("Amity has not said “%(word)s” yet.") % {"word": one.word}
    return ngettext(
        "Amity has said “%(word)s” %(times)s time, too seldom to tell.",
        "Amity has said “%(word)s” %(times)s times, too seldom to tell.",
        one.times,
    ) % {"word": one.word, "times": number(one.times)}


def happened(one: Word) -> str:
    """Say how often a word came true."""
    told = {"hits": number(one.in_touch) if one.in_touch else _("none"), "times": number(one.times)}
    every = one.in_touch == one.times
    often = (_("all %(times)s times") if every else _("%(hits)s of %(times)s times")) % told
    return _("When Amity said “%(word)s”, you were in touch within three months %(often)s.") % {
        "word": one.word,
        "often": often,
    }


def expected(one: Word) -> str:
    """Say what had been forecast, and whether what happened differs by more than chance."""
    hits = round(one.forecast * one.times)
    told = {"hits": number(hits) if hits else _("none")}
    if one.holds:
        return _("It had expected about %(hits)s: the word is kept, give or take chance.") % told
    if one.share > one.forecast:
        return _("It had expected about %(hits)s: you are in touch more often than it thinks.") % told
    return _("It had expected about %(hits)s: you are in touch less often than it thinks.") % told


def lead(found: Knowing) -> str:
    """Say whether Amity can be judged; if not yet, when, or what is missing."""
    if found.telling:
        return kept(found.telling)
    if not found.met_twice:
        return _("Amity is judged by people you have been in touch with on two days. There is nobody yet.")
    if found.weeks is None:
        return _("Amity cannot be judged yet: of the forecasts that count, fewer than ten said the same.")
    return _(
        "It is too early to tell. Amity looks three months ahead, and ten such forecasts in one word have to "
        "be over first. That takes about %(time)s."
    ) % {"time": so_long(found.weeks * WEEK)}


def kept(telling: list[Word]) -> str:
    """Say whether the words that can be judged are kept."""
    more = any(one.share > one.forecast for one in telling if not one.holds)
    less = any(one.share < one.forecast for one in telling if not one.holds)
    if not more and not less:
        return _("Held against your own past, Amity is as right as chance allows.")
    if more and less:
        return _("Held against your own past, Amity is not always right. It adjusts every week.")
    if more:
        return _("Held against your own past, Amity expects too little. It adjusts every week.")
    return _("Held against your own past, Amity expects too much. It adjusts every week.")

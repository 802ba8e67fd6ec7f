"""The thread of time as numbers a drawing needs: all x are per cent of its width, the present at 97."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amity.doors.web.words import FELT, about, long_day, sentence, setting_of, when
from amity.moments.models import Moment
from amity.ties.queries import Portrait
from amity.ties.words import every, so_long

PRESENT, TICKS_UNTIL = 97.0, 92.0
SHORTEST = 60  # days the drawing covers at least
MOST_DOTS, MOST_BANDS, MOST_TICKS = 240, 60, 12
NARROWEST = 0.2  # per cent: on a phone, most of a pixel
WIDEST, FRINGE = 0.5, 0.96  # of a rhythm: a band, and at most with its fringe, so that two never touch
TEXT_SHOWN = 80
DOT = '<use class="dot {}" href="#at-{}" x="{}%" y="{}"><title>{}</title></use>'
MET, ONLINE = 56, 84  # how far down


@dataclass(frozen=True)
class Dot:
    """A moment. `words` is what pointing at it reads."""

    x: float
    setting: str
    felt: str
    words: str

    @property
    def drawn(self) -> SafeString:
        """Draw it; here, for in a template two hundred take long."""
        height = ONLINE if self.setting == "online" else MET
        return format_html(DOT, self.felt, self.setting, self.x, height, self.words)


@dataclass(frozen=True)
class Band:
    """When, by the two's own rhythm, one would expect to hear from each other."""

    x: float
    w: float


@dataclass(frozen=True)
class Tick:
    """The first day of a year."""

    x: float
    label: str


@dataclass(frozen=True)
class Thread:
    """Everything the drawing shows, and the same in words."""

    dots: list[Dot]
    bands: list[Band]
    fringes: list[Band]
    ticks: list[Tick]
    silence: float | None
    words: str
    legend: list[tuple[str, str]]


@dataclass(frozen=True)
class Scale:
    """From days to per cent."""

    start: date
    today: date

    def x(self, day: date | float) -> float:
        """Give the place of a day (or of an ordinal)."""
        ordinal = day.toordinal() if isinstance(day, date) else day
        share = (ordinal - self.start.toordinal()) / (self.today - self.start).days
        return round(1 + (PRESENT - 1) * share, 2)


def thread(moments: Sequence[Moment], tie: Portrait, today: date) -> Thread | None:
    """Draw the moments of one person, given newest first; None when there is none until today."""
    shown = [moment for moment in moments if moment.day <= today][:MOST_DOTS][::-1]
    if not shown:
        return None
    start = min(shown[0].day, date.fromordinal(today.toordinal() - SHORTEST))
    scale = Scale(start, today)
    words = _("From %(first)s; the last one was %(last)s.") % {
        "first": long_day(shown[0].day),
        "last": when(shown[-1].day, today),
    }
    bands = _bands(tie, scale, WIDEST)
    if rhythm := _rhythm(tie, drawn=bool(bands)):
        words = f"{words} {rhythm}"
    return Thread(
        dots=_dots(shown, scale),
        bands=bands,
        fringes=_bands(tie, scale, _fringe(tie)),
        ticks=_ticks(scale),
        silence=scale.x(tie.last) if tie.last else None,
        words=words,
        legend=_legend(shown),
    )


def _dots(shown: Sequence[Moment], scale: Scale) -> list[Dot]:
    kinds = {_kind(moment): moment for moment in shown}  # a few, of some hundred
    said = {kind: about(moment, []) for kind, moment in kinds.items()}
    return [_dot(moment, said[_kind(moment)], scale) for moment in shown]


def _kind(moment: Moment) -> tuple[str, str, str]:
    return moment.setting, moment.kind, moment.direction


def _dot(moment: Moment, about_words: str, scale: Scale) -> Dot:
    said = ", ".join(part for part in (long_day(moment.day), about_words) if part)
    text = moment.text[:TEXT_SHOWN].strip()
    felt = FELT.get(moment.felt, "")
    return Dot(scale.x(moment.day), setting_of(moment), felt, f"{said}: {text}" if text else sentence(said))


def _rhythm(tie: Portrait, *, drawn: bool) -> str:
    """Say the band and the silence in words; where it is too fine to be drawn, the rhythm."""
    if tie.rhythm is None or tie.silence is None:
        return ""
    said = {"every": _give_or_take(tie, every(tie.rhythm)), "quiet": so_long(tie.silence)}
    if not drawn:
        return _("Your rhythm is %(every)s.") % said
    if not tie.silence:
        return _("The soft band repeats your rhythm, %(every)s; you were in touch today.") % said
    return (
        _("The soft band repeats your rhythm, %(every)s; the line at its end is %(quiet)s of quiet.") % said
    )


def _give_or_take(tie: Portrait, said: str) -> str:
    """Say a rhythm with what it may as well be; it alone where that is said alike."""
    if tie.rhythm is None or tie.low is None or tie.high is None:
        return said
    times = sqrt(tie.high / tie.low)
    low, high = every(tie.rhythm / times), every(tie.rhythm * times)
    if low == high:
        return said
    return _("%(every)s (it may as well be %(low)s or %(high)s)") % {"every": said, "low": low, "high": high}


def _fringe(tie: Portrait) -> float:
    """Give the share of a rhythm the band takes with its uncertainty: wider, the fewer gaps tell it."""
    if tie.low is None or tie.high is None:
        return 0.0
    return min(FRINGE, WIDEST * sqrt(tie.high / tie.low))


def _bands(tie: Portrait, scale: Scale, share: float) -> list[Band]:
    """Give the repeating band, anchored at the last day the two were in touch; of many the newest."""
    if tie.rhythm is None or tie.last is None or not tie.rhythm:
        return []
    half = share * tie.rhythm / 2
    first, last = scale.start.toordinal(), scale.today.toordinal()
    steps = range(
        int((first - tie.last.toordinal()) / tie.rhythm), int((last - tie.last.toordinal()) / tie.rhythm) + 2
    )
    centres = [tie.last.toordinal() + step * tie.rhythm for step in steps[-MOST_BANDS:]]
    edges = [(scale.x(max(first, c - half)), scale.x(min(last, c + half))) for c in centres]
    return [Band(a, round(b - a, 2)) for a, b in edges if b - a >= NARROWEST]


def _ticks(scale: Scale) -> list[Tick]:
    years = list(range(scale.start.year + 1, scale.today.year + 1))
    every = -(-len(years) // MOST_TICKS) or 1
    ticks = [Tick(scale.x(date(year, 1, 1)), str(year)) for year in years[::every]]
    return [tick for tick in ticks if tick.x <= TICKS_UNTIL]


def _legend(shown: Sequence[Moment]) -> list[tuple[str, str]]:
    names = {
        "coffee": _("coffee shop"),
        "video": _("video call"),
        "bar": _("hotel bar"),
        "dinner": _("dinner party"),
        "festival": _("festival or sporting event"),
        "breakout": _("conference breakout"),
        "crowd": _("crowded room"),
        "office": _("office"),
        "online": _("mail and messages"),
        "other": _("elsewhere"),
    }
    there = {setting_of(moment) for moment in shown}
    return [(setting, name) for setting, name in names.items() if setting in there]

"""The thread of time as numbers a drawing needs: all x are per cent of its width, its last day at 97."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amity.doors.web.thread_words import words_of
from amity.doors.web.words import FELT, SETTING_OF_KIND, SETTINGS, about, long_day, sentence
from amity.moments.models import Moment
from amity.ties.queries import Portrait

FIRST_X, LAST_X, TICKS_UNTIL = 2.0, 97.0, 90.0
SHORTEST = 60  # days the drawing covers at least
# On a phone sixty marks stand six pixels apart. Of a close friend older ones would leave none to be told from
# the next, and of the present silence not a pixel; they are in the list below.
MOST_DAYS, MOST_DOTS, MOST_TICKS = 60, 240, 8
CLOSE = 2.4  # per cent: nearer than this shapes cover each other, on a phone by half, and stitches are drawn
TEXT_SHOWN = 80
DOT = '<use class="dot {}" href="#at-{}" x="{}%" y="{}"><title>{}</title></use>'
MET, ONLINE = 60, 86  # how far down
STITCH = "stitch"
STITCHES = {"gave": "stitch-gave", "took": "stitch-took"}


@dataclass(frozen=True)
class Dot:
    """A moment. `shape` is its setting's, or a stitch's where moments are close; `words` is what it reads."""

    x: float
    shape: str
    felt: str
    words: str
    online: bool = False

    @property
    def drawn(self) -> SafeString:
        """Draw it; here, for in a template two hundred take long."""
        return format_html(DOT, self.felt, self.shape, self.x, ONLINE if self.online else MET, self.words)


@dataclass(frozen=True)
class Natural:
    """When, by their own rhythm, the two would be in touch again, give or take; `middle` is the rhythm."""

    x: float
    w: float
    middle: float


@dataclass(frozen=True)
class Tick:
    """The first day of a year."""

    x: float
    label: str


@dataclass(frozen=True)
class Key:
    """One line of the legend that explains a dot."""

    shape: str
    felt: str
    label: str


@dataclass(frozen=True)
class Thread:
    """Everything the drawing shows, and the same in words."""

    dots: list[Dot]
    natural: Natural | None
    ticks: list[Tick]
    now: float
    silence: float | None
    words: str
    legend: list[Key]


@dataclass(frozen=True)
class Scale:
    """From days to per cent."""

    start: date
    end: date

    def x(self, day: date | float) -> float:
        """Give the place of a day (or of an ordinal); what came before the drawing begins at its edge."""
        ordinal = day.toordinal() if isinstance(day, date) else day
        share = (ordinal - self.start.toordinal()) / (self.end - self.start).days
        return max(0.0, round(FIRST_X + (LAST_X - FIRST_X) * share, 2))


def thread(moments: Sequence[Moment], tie: Portrait, today: date) -> Thread | None:
    """Draw the moments of one person, given newest first; None when there is none until today."""
    past = [moment for moment in moments if moment.day <= today]
    shown = _newest(past)
    if not shown:
        return None
    cut = len(shown) < len(past)
    scale = _scale(shown, cut, tie, today)
    dots = _dots(shown, scale)
    return Thread(
        dots=dots,
        natural=_natural(tie, scale),
        ticks=_ticks(scale),
        now=scale.x(today),
        silence=scale.x(tie.last) if tie.last and tie.silence else None,
        words=words_of([moment.day for moment in shown], tie, today, cut=cut),
        legend=_legend(dots),
    )


def _newest(past: Sequence[Moment]) -> list[Moment]:
    """Give the moments of the newest days, oldest first."""
    days = sorted({moment.day for moment in past}, reverse=True)[:MOST_DAYS]
    return [moment for moment in past if moment.day >= days[-1]][:MOST_DOTS][::-1]


def _scale(shown: Sequence[Moment], cut: bool, tie: Portrait, today: date) -> Scale:
    """Give the axis: on beyond the present where the next natural time is still to come.

    One that was cut begins with what is shown: empty days before it would say that there was nothing.
    """
    start = min(shown[0].day, today - timedelta(days=1 if cut else SHORTEST))
    around = tie.around
    if tie.last is None or around is None:
        return Scale(start, today)
    return Scale(start, max(today, tie.last + timedelta(days=int(around[1]) + 1)))


def _natural(tie: Portrait, scale: Scale) -> Natural | None:
    """Give the marks around the next natural time: the same numbers as the words'."""
    around = tie.around
    if tie.last is None or tie.rhythm is None or around is None:
        return None
    low, middle, high = (scale.x(tie.last.toordinal() + days) for days in (around[0], tie.rhythm, around[1]))
    return Natural(low, round(high - low, 2), middle) if high else None


def _dots(shown: Sequence[Moment], scale: Scale) -> list[Dot]:
    kinds = {_kind(moment): moment for moment in shown}  # a few, of some hundred
    said = {kind: about(moment, []) for kind, moment in kinds.items()}
    dots = [_dot(moment, said[_kind(moment)], scale) for moment in shown]
    close = _close([dot for dot in dots if dot.online]), _close([dot for dot in dots if not dot.online])
    return [
        replace(dot, shape=STITCHES.get(dot.felt, STITCH)) if dot.x in close[not dot.online] else dot
        for dot in dots
    ]


def _close(lane: Sequence[Dot]) -> set[float]:
    """Give the places where shapes would cover each other; where those are most, all.

    Moments of one day are one place. A lone shape among stitches would stand out for nothing.
    """
    places = sorted({dot.x for dot in lane})
    close = {x for pair in pairwise(places) if pair[1] - pair[0] < CLOSE for x in pair}
    return close if 2 * len(close) <= len(places) else set(places)


def _kind(moment: Moment) -> tuple[str, str, str]:
    return moment.setting, moment.kind, moment.direction


def _dot(moment: Moment, about_words: str, scale: Scale) -> Dot:
    said = ", ".join(part for part in (long_day(moment.day), about_words) if part)
    text = moment.text[:TEXT_SHOWN].strip()
    shape = _shape(moment)
    return Dot(
        x=scale.x(moment.day),
        shape=shape,
        felt=FELT.get(moment.felt, ""),
        words=f"{said}: {text}" if text else sentence(said),
        online=shape == "online",
    )


def _shape(moment: Moment) -> str:
    """Give the shape of where a moment was; one whose place was not said has a plain one."""
    if moment.setting:
        return SETTINGS.get(moment.setting, "other")
    return SETTING_OF_KIND.get(moment.kind, "unsaid")


def _ticks(scale: Scale) -> list[Tick]:
    years = list(range(scale.start.year + 1, scale.end.year + 1))
    every = -(-len(years) // MOST_TICKS) or 1
    ticks = [Tick(scale.x(date(year, 1, 1)), str(year)) for year in years[::every]]
    return [tick for tick in ticks if tick.x <= TICKS_UNTIL]


def _legend(dots: Sequence[Dot]) -> list[Key]:
    """Explain what the drawing has, and nothing else."""
    there = {dot.shape for dot in dots}
    close = [Key(STITCH, "", _("close together"))] if there & {STITCH, *STITCHES.values()} else []
    felt = {dot.felt: dot.shape for dot in dots}
    feelings = {"gave": _("gave energy"), "took": _("took energy")}
    return [
        *(Key(shape, "", name) for shape, name in _settings().items() if shape in there),
        *close,
        *(Key(felt[one], one, name) for one, name in feelings.items() if one in felt),
    ]


def _settings() -> dict[str, str]:
    return {
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
        "unsaid": _("place not said"),
    }

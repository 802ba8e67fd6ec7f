"""The thread of time in words: what its drawing shows, from the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.doors.web.words import long_day, when
from amity.ties.queries import Portrait
from amity.ties.words import every, number, so_long


def words_of(days: Sequence[date], tie: Portrait, today: date, *, cut: bool) -> str:
    """Say the moments on these days (oldest first), the present silence, the rhythm, and its next time.

    `cut` says that there are older moments, which are not drawn.
    """
    told = [_moments(days, today, cut=cut), _silence(tie, days[-1]), _rhythm(tie), _next_time(tie, today)]
    return " ".join(sentence for sentence in told if sentence)


def _moments(days: Sequence[date], today: date, *, cut: bool) -> str:
    said = {
        "count": number(len(days)),
        "first": long_day(days[0]),
        "last": when(days[-1], today),
    }
    if cut:
        return _("The newest %(count)s, since %(first)s; the last one was %(last)s.") % said
    if days[0] == days[-1]:
        return _("So far on one day, %(first)s.") % said
    return _("From %(first)s; the last one was %(last)s.") % said


def _silence(tie: Portrait, newest: date) -> str:
    """Say the silence; a newest moment that was not mutual, as an unanswered mail, does not end it."""
    if not tie.silence:
        return ""
    if tie.last == newest:
        return _("It has been quiet for %(long)s.") % {"long": so_long(tie.silence)}
    return _("The two of you were last in touch %(long)s ago.") % {"long": so_long(tie.silence)}


def _rhythm(tie: Portrait) -> str:
    """Say the rhythm with what it may as well be: what is said like the rhythm itself is no alternative."""
    if tie.rhythm is None:
        return ""
    said = every(tie.rhythm)
    low, high = (every(days) for days in tie.around or (tie.rhythm, tie.rhythm))
    others = [other for other in (low, high) if other != said]
    if not others:
        return _("Your rhythm is %(every)s.") % {"every": said}
    if len(others) == 1:
        return _("Your rhythm is %(every)s (it may as well be %(other)s).") % {
            "every": said,
            "other": others[0],
        }
    return _("Your rhythm is %(every)s (it may as well be %(low)s or %(high)s).") % {
        "every": said,
        "low": low,
        "high": high,
    }


def _next_time(tie: Portrait, today: date) -> str:
    """Say when, by that rhythm, the two would be in touch again, or would have been."""
    around = tie.around
    if tie.last is None or tie.rhythm is None or around is None:
        return ""
    first, middle, last = (
        tie.last + timedelta(days=round(days)) for days in (around[0], tie.rhythm, around[1])
    )
    if first == last == today:
        return _("By that rhythm you would be in touch again today.")
    if first <= today <= last:
        return _("By that rhythm you would be in touch again about now (%(range)s).") % {
            "range": _range(first, last)
        }
    said = {"day": long_day(middle)}
    if first != last:
        said["day"] = _("%(day)s (%(range)s)") % {"day": long_day(middle), "range": _range(first, last)}
    if last < today:
        return _("By that rhythm you would have been in touch again about %(day)s.") % said
    return _("By that rhythm you would be in touch again about %(day)s.") % said


def _range(first: date, last: date) -> str:
    begin = date_format(first, "j F") if first.year == last.year else long_day(first)
    return _("%(first)s to %(last)s") % {"first": begin, "last": long_day(last)}

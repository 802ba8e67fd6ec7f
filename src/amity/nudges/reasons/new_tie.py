"""The first six weeks decide whether a new spark becomes a tie (Vergara Hidd 2023)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amity.nudges.candidate import Candidate, Offer, with_hope
from amity.ties.words import so_long

WEEKS = 6
FRIENDS_FROM = 3
BREATH = 5  # days of peace after having been in touch


def new_tie(candidate: Candidate, *, today: date) -> Offer | None:
    """Give a nudge for somebody kept of late whom the owner has hardly, or never, been in touch with yet."""
    tie = candidate.portrait
    is_new = tie.days == 0 or (tie.standing == "new spark" and tie.days < FRIENDS_FROM)
    if not is_new or candidate.kept_on is None:
        return None
    if (today - candidate.kept_on).days > WEEKS * 7 or (tie.silence is not None and tie.silence < BREATH):
        return None
    return Offer(
        candidate.person,
        "new tie",
        with_hope(_why(candidate), candidate),
        _opener(candidate),
        candidate.written,
    )


def _why(candidate: Candidate) -> str:
    name, tie = candidate.first_name, candidate.portrait
    reason = {
        "like": _("You like %(name)s") % {"name": name},
        "admire": _("You admire %(name)s") % {"name": name},
        "curious": _("You are curious about %(name)s") % {"name": name},
        "rooting": _("You want to see %(name)s succeed") % {"name": name},
    }.get(candidate.spark, _("You said you would enjoy a coffee with %(name)s") % {"name": name})
    if candidate.spark_line:
        reason = f"{reason}: {candidate.spark_line.rstrip('.')}"
    if tie.silence is None:
        return _("%(reason)s. The first weeks are the easiest time to say hello.") % {"reason": reason}
    return _("%(reason)s. You were last in touch %(long)s ago.") % {
        "reason": reason,
        "long": so_long(tie.silence),
    }


def _opener(candidate: Candidate) -> str:
    """Say hello. The owner's words about a spark are theirs alone and never go into an opener."""
    hello = _("Hi %(name)s") % {"name": candidate.first_name}
    if candidate.portrait.silence is None:
        return _("%(hello)s, I thought of you today and wanted to say hello. No need to answer.") % {
            "hello": hello
        }
    return _(
        "%(hello)s, I enjoyed our talk and have thought of it since. I hope your week is a kind one."
    ) % {"hello": hello}

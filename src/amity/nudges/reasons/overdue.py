"""The silence has outgrown the two's own rhythm."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amity.nudges.candidate import CALL, Candidate, Offer, with_hope
from amity.ties.words import every, since, so_long

LONG = 3.0  # rhythms of silence after which a voice is kinder than a line (Bhattacharya 2016)


def overdue(candidate: Candidate, *, today: date) -> Offer | None:  # noqa: ARG001  (all reasons are called alike)
    """Give a nudge when the silence is longer than the rhythm the tie is held against."""
    tie = candidate.portrait
    due = tie.due_after
    if tie.silence is None or due is None or tie.silence < due:
        return None
    medium = CALL if tie.silence > LONG * due and candidate.can_call else candidate.written
    return Offer(
        candidate.person, "overdue", with_hope(_why(candidate), candidate), _opener(candidate), medium
    )


def _why(candidate: Candidate) -> str:
    tie = candidate.portrait
    silence = tie.silence or 0
    if tie.days == 1:
        return _("You were in touch with %(name)s once, %(long)s ago.") % {
            "name": candidate.first_name,
            "long": so_long(silence),
        }
    if tie.rhythm is None:
        return _("You and %(name)s were last in touch %(long)s ago.") % {
            "name": candidate.first_name,
            "long": so_long(silence),
        }
    usual = _("You and %(name)s usually %(verb)s %(every)s") % {
        "name": candidate.first_name,
        "verb": candidate.verb,
        "every": every(tie.rhythm),
    }
    return _("%(usual)s; it has been %(since)s.") % {"usual": usual, "since": since(silence, tie.rhythm)}


def _opener(candidate: Candidate) -> str:
    hello = _("Hi %(name)s, you crossed my mind today") % {"name": candidate.first_name}
    if candidate.hope:
        return _(
            "%(hello)s. I remembered what you were hoping for, and I am rooting for it. No need to answer."
        ) % {"hello": hello}
    return _("%(hello)s and I wanted to say hello. No need to answer.") % {"hello": hello}

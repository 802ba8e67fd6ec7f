"""They met at a gathering within the last two days."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.nudges.candidate import Candidate, Offer

HOURS = 48


def after_gathering(candidate: Candidate, *, today: date) -> Offer | None:
    """Give a nudge while the meeting is still warm."""
    if candidate.seen_at is None:
        return None
    title, day = candidate.seen_at
    when = {0: _("today"), 1: _("yesterday")}.get(
        (today - day).days, _("on %(weekday)s") % {"weekday": date_format(day, "l")}
    )
    return Offer(
        candidate.person,
        "after a gathering",
        _("You and %(name)s were both at %(title)s %(when)s.")
        % {"name": candidate.first_name, "title": title, "when": when},
        _("Hi %(name)s, it was good to see you at %(title)s.")
        % {"name": candidate.first_name, "title": title},
        candidate.written,
    )

"""It is their birthday."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amity.nudges.candidate import Candidate, Offer


def birthday(candidate: Candidate, *, today: date) -> Offer | None:  # noqa: ARG001  (all reasons are called alike)
    """Give a nudge on the day itself; the age is nobody's business."""
    if not candidate.has_birthday:
        return None
    return Offer(
        candidate.person,
        "birthday",
        _("It is %(name)s's birthday today.") % {"name": candidate.first_name},
        _("Happy birthday, %(name)s. I hope the day is a good one.") % {"name": candidate.first_name},
        candidate.written,
    )

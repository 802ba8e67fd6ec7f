"""A seat, once a fortnight, for somebody trusted from long ago (Levin, Walter and Murnighan 2011)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.nudges.candidate import CALL, MAIL, Candidate, Offer, with_hope
from amity.ties.words import so_long

DAYS_BETWEEN = 14
# Liu, Rim, Min and Min 2023: being thought of is appreciated more than the one who writes expects.
GLADNESS = gettext_lazy("People are gladder to hear from an old friend than one expects.")


def dormant(candidate: Candidate, *, today: date) -> Offer | None:  # noqa: ARG001  (all reasons are called alike)
    """Give a nudge for a dormant tie; after so long a call or a longer note is kinder than a line."""
    tie = candidate.portrait
    if tie.standing != "dormant" or tie.silence is None or not candidate.trusted:
        return None
    name = candidate.first_name
    why = _("You and %(name)s used to be in touch; it has been %(long)s. %(gladness)s") % {
        "name": name,
        "long": so_long(tie.silence),
        "gladness": GLADNESS,
    }
    opener = _(
        "Hi %(name)s, it has been a long while and I thought of you today. I hope life is kind to you."
    ) % {"name": name}
    medium = CALL if candidate.can_call else MAIL
    return Offer(candidate.person, "dormant", with_hope(why, candidate), opener, medium)

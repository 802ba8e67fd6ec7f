"""What two people are to each other, seen from either end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amity.people.models import Link, Person
from amity.people.queries import INTRODUCED_BY

# A link says what ``b`` is to ``a``. Where the word depends on the end, this is what ``a`` is to ``b``.
_OTHER_WAY_ROUND = {
    INTRODUCED_BY: _("introduced to you"),
    "child": _("parent"),
    "parent": _("child"),
    "stepchild": _("stepparent"),
    "stepparent": _("stepchild"),
    "grandchild": _("grandparent"),
    "grandparent": _("grandchild"),
    "nephew": _("uncle or aunt"),
    "uncle": _("nephew or niece"),
    "godson": _("godparent"),
    "godfather": _("godchild"),
    "subordinate": _("boss"),
    "boss": _("works for them"),
    "protégé": _("mentor"),
    "mentor": _("protégé"),
    "in love with": _("loved by"),
    "loved by": _("in love with"),
}


def as_seen_from(link: Link, person: Person) -> str:
    """Give what the other one is to this person, in words."""
    return link.kind if link.a_id == person.pk else str(_OTHER_WAY_ROUND.get(link.kind, link.kind))

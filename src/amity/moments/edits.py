"""What an owner says differently of moments and promises."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.journal.actions import deed
from amity.moments.actions import prose
from amity.moments.models import Moment, Promise
from amity.owner.actions import NotPossible
from amity.people.actions import clean


def reword(moment: Moment, text: str) -> Moment:
    """Tell a moment in other words."""
    with deed(
        moment.owner,
        "edit moment",
        _("Changed a moment of %(day)s.") % {"day": date_format(moment.day, "j F Y")},
    ) as writing:
        for participation in moment.participations.select_related("person"):
            writing.about(participation.person)
        return writing.change(moment, text=prose(text))


def reword_promise(promise: Promise, text: str, *, due: date | None) -> Promise:
    """Say a promise in other words, or for another day.

    Raises:
        NotPossible: without words.
    """
    text = clean(text)
    if not text:
        raise NotPossible(_("A promise needs words."))
    with deed(
        promise.owner, "edit promise", _("Changed a promise to %(name)s.") % {"name": promise.person.name}
    ) as writing:
        writing.about(promise.person)
        return writing.change(promise, text=text, due=due)

"""Finishing the sentence "Networking is ___"."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amity.checkins.models import Checkin, NotNow
from amity.journal.actions import deed
from amity.moments.models import Felt
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean

WORD_LENGTH = 200


def add(owner: Owner, word: str, *, day: date, line: str = "", felt: str = "") -> Checkin:
    """Keep the owner's word for how networking is on a day; any word is a fair one.

    Raises:
        NotPossible: without a word, or for an unknown feeling.
    """
    word = clean(word, WORD_LENGTH)
    if not word:
        raise NotPossible(_("There is no word there yet; any word will do."))
    if felt not in ["", *Felt.values]:
        raise NotPossible(_("%(felt)r is not a feeling.") % {"felt": felt[:40]})
    with deed(owner, "check in", _("Networking is %(word)s.") % {"word": word}) as writing:
        return writing.make(Checkin(owner=owner, day=day, word=word, line=clean(line), felt=felt))


def not_now(owner: Owner, *, day: date) -> None:
    """Leave the owner in peace for a fortnight, as if they had answered."""
    with deed(owner, "not now", _("You were left in peace with words for a fortnight.")) as writing:
        writing.make(NotNow(owner=owner, day=day))

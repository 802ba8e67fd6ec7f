"""Being glad with somebody whose hope happened, and thanking for a gift. Neither is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.journal.actions import deed
from amity.moments.actions import Told, record
from amity.moments.models import Direction, Gift, Kind, Moment
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.models import Hope, HopeState
from amity.storage.wording import Questions, worded_once

RECENT = timedelta(days=30)
_THANKS = {
    "kind word": gettext_lazy("what you said"),
    "idea": gettext_lazy("the idea"),
    "introduction": gettext_lazy("the introduction"),
    "time": gettext_lazy("your time"),
    "help": gettext_lazy("your help"),
}


@dataclass(frozen=True)
class Open:
    """What may be answered with a word: hopes that happened, gifts received; newest first."""

    hopes: list[Hope]
    gifts: list[Gift]


def waiting(owner: Owner, day: date) -> Open:
    """Give what happened within a month and was not answered; older things rest."""
    return Open(*_unanswered(owner, day))


@worded_once
def _unanswered(owner: Owner, day: date) -> Questions:
    living = {"person__trashed_at": None, "person__remembered": False}
    hopes = Hope.objects.of(owner).filter(
        state=HopeState.HAPPENED, cheered_on=None, ended_on__gte=day - RECENT, **living
    )
    gifts = Gift.objects.of(owner).filter(received=True, thanked_on=None, day__gte=day - RECENT, **living)
    return [
        hopes.select_related("person").order_by("-ended_on", "-id"),
        gifts.select_related("person").order_by("-day", "-id"),
    ]


def words_for_hope(hope: Hope) -> str:
    """Give a word to send, without an ask."""
    return _("Hi %(name)s, I heard it happened: %(text)s. I am so glad for you.") % {
        "name": hope.person.name.split()[0],
        "text": hope.text,
    }


def words_for_gift(gift: Gift) -> str:
    """Give a word of thanks, without an ask."""
    what = _THANKS.get(gift.kind, _("that"))
    said = f" ({gift.text})" if gift.text else ""
    return _("Hi %(name)s, thank you for %(what)s%(said)s. It stayed with me.") % {
        "name": gift.person.name.split()[0],
        "what": what,
        "said": said,
    }


def cheer(hope: Hope, *, day: date, text: str = "", kind: str = Kind.MESSAGE) -> Moment:
    """Write down that the owner was glad with somebody.

    Raises:
        NotPossible: for a hope that has not happened.
    """
    if hope.state != HopeState.HAPPENED:
        raise NotPossible(_("That has not happened yet; there will be something to be glad of."))
    with deed(hope.owner, "cheer", _("You were glad with %(name)s.") % {"name": hope.person.name}) as writing:
        writing.change(hope, cheered_on=day)
        told = Told(
            kind=kind,
            direction=_direction(kind),
            text=text or _("Glad with them: %(text)s") % {"text": hope.text},
        )
        return record(hope.owner, [hope.person], day=day, told=told)


def thank(gift: Gift, *, day: date, text: str = "", kind: str = Kind.MESSAGE) -> Moment:
    """Write down that the owner said thank you.

    Raises:
        NotPossible: for a gift the owner gave.
    """
    if not gift.received:
        raise NotPossible(_("You gave that; the thanks are theirs to say, or not."))
    with deed(gift.owner, "thank", _("You thanked %(name)s.") % {"name": gift.person.name}) as writing:
        writing.change(gift, thanked_on=day)
        told = Told(
            kind=kind,
            direction=_direction(kind),
            text=text or _("Thanked them for %(thanks)s") % {"thanks": _THANKS[gift.kind]},
        )
        return record(gift.owner, [gift.person], day=day, told=told)


def _direction(kind: str) -> str:
    return "" if kind == Kind.MET else Direction.OUT

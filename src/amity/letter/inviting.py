"""People of the book and the letter: they may be asked once whether they want it, and are never added."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from amity.letter import consent, queries
from amity.letter.models import Letterhead, ReaderState
from amity.owner.actions import NotPossible
from amity.owner.address import public_url
from amity.people.models import Person, Way
from amity.post.actions import wants_letters
from amity.post.address import digest_of, is_address


def said_of(person: Person) -> str | None:
    """Say on their page how they stand to the letter: '' when they may be asked, None for nothing."""
    head = queries.head(person.owner)
    if head is None or not head.title or person.remembered or not _address(person):
        return None
    return why_not(head, person)


def why_not(head: Letterhead, person: Person) -> str:
    """Say in one sentence why somebody is not asked, '' when they may be."""
    address = _address(person)
    if not address or person.remembered or person.trashed_at:
        return _("There is no address at which %(name)s could be asked.") % {"name": person.name}
    digest = digest_of(head.owner, address)
    reader = queries.reader(head.owner, digest)
    if not wants_letters(head.owner, digest) or (reader and reader.state == ReaderState.LEFT):
        return _("%(name)s left your letter, or cannot be reached, and is not asked again.") % {
            "name": person.name
        }
    if reader and reader.state == ReaderState.READING:
        return _("%(name)s reads your letter already.") % {"name": person.name}
    if reader:
        return _("%(name)s was asked already; once is enough.") % {"name": person.name}
    no_door = _("Nobody could say yes here: AMITY_URL is no https address that others can open.")
    return "" if public_url() else no_door


def invite(head: Letterhead, person: Person, *, now: datetime) -> None:
    """Ask somebody of the book, once, whether they want the letter; it comes only when they say yes.

    Raises:
        NotPossible: without an address, for somebody who is remembered, reads it, was asked, or left.
    """
    wrong = why_not(head, person)
    if wrong:
        raise NotPossible(wrong)
    consent.ask(head, _address(person), now=now, name=person.name[:200], form="invited")


def _address(person: Person) -> str:
    ways = Way.objects.of(person.owner).filter(person=person, kind="email").order_by("id")
    return next((way.value for way in ways if is_address(way.value)), "")

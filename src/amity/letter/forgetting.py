"""Forgetting somebody of the book in everything a letter keeps: as a reader, and where a mail names them."""

from __future__ import annotations

from amity.letter import consent
from amity.letter.models import PrivateLetter
from amity.people.models import Person, Way
from amity.post.actions import forget_naming
from amity.post.address import digest_of


def forget(person: Person) -> None:
    """Take an erased person out of private letters, the outbox, and the list of readers.

    What has not left to them, or names them, will not leave; of what was sent only the bare fact stays.
    """
    owner = person.owner
    addresses = Way.objects.filter(person=person, kind="email").values_list("value", flat=True)
    for address in addresses:
        consent.erase(owner, digest_of(owner, address))
    for letter in PrivateLetter.objects.of(owner).iterator():
        without = _without(letter.content, person.uid)
        if without != letter.content:
            PrivateLetter.objects.filter(pk=letter.pk).update(content=without)
    forget_naming(owner, person.name)


def _without(content: dict[str, object], uid: str) -> dict[str, object]:
    """Leave out the lines about one person; the rest of a letter stays as it was."""
    return {
        name: [one for one in said if one["uid"] != uid] if isinstance(said, list) else said
        for name, said in content.items()
    }

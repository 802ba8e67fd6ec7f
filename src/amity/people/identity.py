"""Who is meant: from the ways a file gives to the one person of the book that has them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from django.db import models

from amity.formats.identities import (
    A_GENERATION,
    generation_among,
    is_role,
    normal_email,
    normal_phone,
    normal_url,
)
from amity.journal.actions import table_of
from amity.journal.models import Origin
from amity.owner.models import Owner
from amity.owner.queries import known_by
from amity.people.models import Erased, OtherName, Person, Way
from amity.storage.folded import fold

# Strongest first: the same record of the same source, a profile (one person's), a mailbox (nearly
# always one person's), a number (often).
_OF_FAMILIES = {"", "the", "family", "familie", "familia", "famille", "fam", "house", "home", "mail"}
MATCHING = ("key", "url", "email", "phone")
Identity = tuple[str, str]
Ref = int | Person
Bearer = TypeVar("Bearer", int, Person, Ref)


def normal(kind: str, value: str, region: str = "") -> str:
    """Give what two spellings of one way have in common, '' when it is not a way of that kind."""
    if kind == "email":
        return normal_email(value)
    if kind == "url":
        return normal_url(value)[:500]
    if kind == "phone":
        return normal_phone(value, region)
    return fold(value)[:500]


def identifies(kind: str, form: str) -> bool:
    """Tell whether this way says who somebody is: a desk's mailbox or a firm's front page does not."""
    if kind == "email":
        return bool(form) and not is_role(form)
    if kind == "url":
        return "/" in form
    return bool(form) and kind in MATCHING


def may_be_one(name: str, other: str) -> bool:
    """Tell whether one name holds all words of the other: *Ada* may be *Ada Byron*, never *Tom Byron*.

    Nor is *Tom Vale jr* *Tom Vale*, who may be his father.
    """
    words, others = _words(name), _words(other)
    if words and others and generation_among(words) != generation_among(others):
        return False
    return set(words) <= set(others) or set(others) <= set(words)


@lru_cache(maxsize=4096)
def may_be_called(name: str, other: str, mailbox: str = "") -> bool:
    """Tell whether two names at one mailbox may be one person's: a family shares a surname and a mailbox.

    *Ada Byron* may be *Ada Lovelace*, *A. Byron* or *Byron, Ada*; never *Tom Byron*, and not *Lady Lovelace*.
    Where the mailbox is known and not the family's, *Dan* may also be *Daniel*, and *Tom Vale* *Tom Vale jr*.
    """
    if may_be_one(name, other):
        return True
    words, others = _words(name), _words(other)
    shared = set(words) & set(others)
    own = bool(mailbox) and not _is_of_a_family(mailbox, shared)
    told = {generation_among(words), generation_among(others)} - ({""} if own else set())
    if not shared or len(told) > 1:
        return False
    if words[0] == others[0]:
        return True
    rest, more = ([word for word in some if word not in shared] for some in (words, others))
    return not (rest and more) or any(_begin_alike(one, two, own) for one in rest for two in more)


@lru_cache(maxsize=4096)
def are_two_at_one_mailbox(name: str, other: str, mailbox: str) -> bool:
    """Tell whether those who write from one mailbox under two names are two of one family.

    Only a mailbox that bears their surname alone says so: *smiths@* of *Ada* and *Tom Smith*. Any other is
    one person's, or a service's, whatever it is shown as.
    """
    shared = set(_words(name)) & set(_words(other))
    return _is_of_a_family(mailbox, shared) and not may_be_called(name, other, mailbox)


def called_so(bearers: Sequence[tuple[Bearer, Sequence[str]]], name: str, mailbox: str) -> Bearer | None:
    """Give whom a name means of those who have a mailbox, each with all their names.

    Whoever may be called so goes first; else anybody but the others of a family whose mailbox it is.
    """
    for one, names in bearers if len(bearers) > 1 else ():
        if any(may_be_called(name, other, mailbox) for other in names):
            return one
    return next((one for one, names in bearers if not _is_another(name, names, mailbox)), None)


def _is_another(name: str, names: Sequence[str], mailbox: str) -> bool:
    if not names or name in names:
        return False
    return all(are_two_at_one_mailbox(name, other, mailbox) for other in names)


def _is_of_a_family(mailbox: str, shared: set[str]) -> bool:
    """Tell whether a mailbox is called after a surname alone: *smith@*, *the.smiths@*, *familie-mueller@*."""
    local = "".join(sign for sign in fold(mailbox.partition("@")[0]) if sign.isalpha())
    for word in shared:
        for spelt in {word, *(word.replace(sign, f"{sign}e") for sign in "aou" if sign in word)}:
            before, there, after = local.partition(spelt)
            if there and before in _OF_FAMILIES and after in {"s", *_OF_FAMILIES}:
                return True
    return False


def may_be_as_old(name: str, born: str, other: str, others: str) -> bool:
    """Tell whether two whole birthdays (else '') may be one person's of these names.

    Two sources may know another day of somebody, but not of *Ann* and *Anna*, and not a generation apart.
    """
    if not born or not others or born == others:
        return True
    years = abs(int(born[:4]) - int(others[:4]))
    return years < A_GENERATION and sorted(_words(name)) == sorted(_words(other))


def _words(name: str) -> list[str]:
    return [word for one in fold(name).split() if (word := one.strip(".,"))]


def _begin_alike(one: str, other: str, own: bool) -> bool:
    """Tell an initial; at somebody's own mailbox a short name, too."""
    return (one.startswith(other) or other.startswith(one)) and (own or 1 in {len(one), len(other)})


def erased_digest(owner: Owner, kind: str, form: str) -> str:
    """Give the keyed hash under which an erased identity is remembered."""
    return hmac.new(bytes(owner.key), f"{kind}:{form}".encode(), hashlib.sha256).hexdigest()


@dataclass
class Directory:
    """Every identity of one owner's book in memory, kept up while an import adds to it.

    ``people`` maps (kind, normal form) to a person's key, or to the person itself while it is not
    saved yet; about 300 bytes an identity. ``sharing`` has whoever else bears what somebody has already.
    """

    owner: Owner
    people: dict[Identity, Ref] = field(default_factory=dict)
    sharing: dict[Identity, list[Ref]] = field(default_factory=dict)
    own: set[Identity] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, owner: Owner, *, with_import: int | None = None) -> Directory:
        """Read the book's identities; those of the shelf and the trash too, so that nobody comes back."""
        ways = Way.objects.of(owner) | Way.objects.filter(owner=owner, imported_by=with_import or -1)
        rows = ways.filter(kind__in=MATCHING).exclude(normal="").order_by("id")
        became = who_became_whom(owner)
        book = cls(owner, own=known_by(owner))
        for kind, form, person in rows.values_list("kind", "normal", "person_id").iterator(chunk_size=5000):
            book.add([(kind, form)], became.get(person, person))
        book.people |= {("key", key): became.get(one, one) for key, one in _keys(owner, with_import)}
        book.erased = set(Erased.objects.of(owner).values_list("digest", flat=True))
        return book

    def find(self, identities: Iterable[Identity]) -> tuple[Ref | None, str]:
        """Give the person who has one of these identities, by the strongest that is known, and its kind."""
        best, kind_of_best = None, ""
        for kind, form in identities:
            if not identifies(kind, form) or (person := self.people.get((kind, form))) is None:
                continue
            if best is None or MATCHING.index(kind) < MATCHING.index(kind_of_best):
                best, kind_of_best = person, kind
        return best, kind_of_best

    def bearers(self, identity: Identity) -> list[Ref]:
        """Give everybody who has this, whoever had it first at the head."""
        first = self.people.get(identity)
        return [] if first is None else [first, *self.sharing.get(identity, ())]

    def add(self, identities: Iterable[Identity], person: Ref) -> None:
        """Say that these identities are this person's, too where somebody else has them already."""
        for kind, form in identities:
            if identifies(kind, form):
                first = self.people.setdefault((kind, form), person)
                if first != person and person not in (others := self.sharing.setdefault((kind, form), [])):
                    others.append(person)

    def settle(self, identities: Iterable[Identity], person: Person) -> None:
        """Exchange a person that has now been saved for its key."""
        for identity in identities:
            if self.people.get(identity) is person:
                self.people[identity] = person.pk
            elif identity in self.sharing:
                self.sharing[identity] = [
                    one if one is not person else one.pk for one in self.sharing[identity]
                ]

    def is_owner(self, identities: Iterable[Identity]) -> bool:
        """Tell whether one of these identities is the owner's own."""
        return any(identity in self.own for identity in identities)

    def is_erased(self, identities: Iterable[Identity]) -> bool:
        """Tell whether the owner had one of these identities erased."""
        if not self.erased:
            return False
        return any(erased_digest(self.owner, kind, form) in self.erased for kind, form in identities)


def _keys(owner: Owner, with_import: int | None) -> Iterator[tuple[str, int]]:
    origins = Origin.objects.of(owner) | Origin.objects.filter(owner=owner, imported_by=with_import or -1)
    said_again = origins.filter(table=table_of(Person)).exclude(key="")
    yield from said_again.values_list("key", "row").iterator(chunk_size=5000)
    # Last, for they are surer: what was said again of two who were one may since be said of one of them.
    people = Person.everything.of(owner) | Person.everything.filter(
        owner=owner, imported_by=with_import or -1
    )
    yield from people.exclude(source_key="").values_list("source_key", "id").iterator(chunk_size=5000)


def names_of(people: models.QuerySet[Person]) -> dict[int, list[str]]:
    """Give people's names by their keys, the one they are shown by before the others they go by."""
    found = {key: [name] for key, name in people.values_list("id", "name")}
    others = OtherName.objects.filter(person__in=people.values("pk")).order_by("id")
    for key, name in others.values_list("person_id", "name"):
        found[key].append(name)
    return found


def who_became_whom(owner: Owner) -> dict[int, int]:
    """Give those who turned out to be somebody else, and whom, by their keys."""
    gone = Person.everything.filter(owner=owner).exclude(became="")
    stay = dict(Person.objects.filter(owner=owner, uid__in=gone.values("became")).values_list("uid", "id"))
    return {key: stay[uid] for key, uid in gone.values_list("id", "became") if uid in stay}


def now(person: Person) -> Person:
    """Give whom somebody has become; themselves, as a rule."""
    if not person.became:
        return person
    return Person.objects.select_related("owner").get(owner=person.owner, uid=person.became)


def person_with(owner: Owner, kind: str, value: str, region: str = "", *, name: str = "") -> Person | None:
    """Give the person whom this way belongs to; of a family's mailbox, whoever is called so."""
    form = normal(kind, value, region)
    if not identifies(kind, form):
        return None
    ways = Way.objects.of(owner).filter(kind=kind, normal=form).select_related("person").order_by("id")
    people = [way.person for way in ways]
    if people and kind == "email" and name:
        names = names_of(Person.everything.filter(pk__in=[one.pk for one in people]))
        meant = called_so([(one, names[one.pk]) for one in people], name, form)
        people = [meant] if meant else []
    return now(people[0]) if people else None

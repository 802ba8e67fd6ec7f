"""Who is meant: from the ways a file gives to the one person of the book that has them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from amity.formats.identities import (
    A_GENERATION,
    GENERATIONS,
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
from amity.people.models import Erased, Person, Way
from amity.storage.folded import fold

# Strongest first: the same record of the same source, a profile (one person's), a mailbox (nearly
# always one person's), a number (often).
MATCHING = ("key", "url", "email", "phone")
Identity = tuple[str, str]
Ref = int | Person


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


def may_be_called(name: str, other: str) -> bool:
    """Tell whether two names at one mailbox may be one person's: a family shares a surname and a mailbox.

    *Ada Byron* may be *Ada Lovelace*, *A. Byron* or *Byron, Ada*; never *Tom Byron*, and not *Lady Lovelace*.
    """
    if may_be_one(name, other):
        return True
    words, others = _words(name), _words(other)
    shared = set(words) & set(others)
    if not shared or generation_among(words) != generation_among(others):
        return False
    if words[0] == others[0]:
        return True
    rest, more = ([word for word in some if word not in shared] for some in (words, others))
    return not (rest and more) or any(_is_initial(one, two) for one in rest for two in more)


def are_two_at_one_mailbox(name: str, other: str, mailbox: str) -> bool:
    """Tell whether those who write from one mailbox under two names are two of one family.

    They share a surname, no given name, and the mailbox is neither's own: *smiths@* of *Ada* and *Tom Smith*.
    Where the names have no word in common it is one person's mailbox, whatever it is shown as.
    """
    words, others = set(_words(name)), set(_words(other))
    shared = words & others
    if not shared or may_be_called(name, other):
        return False
    local = fold(mailbox.partition("@")[0])
    given = (words | others) - shared - GENERATIONS.keys()
    own = {one for one in given if len(one) > 1} | {
        f"{one[0]}{surname}" for one in given for surname in shared
    }
    return not any(one in local for one in own)


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


def _is_initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in {len(one), len(other)}


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


def person_with(owner: Owner, kind: str, value: str, region: str = "") -> Person | None:
    """Give the person whom this way belongs to."""
    form = normal(kind, value, region)
    if not identifies(kind, form):
        return None
    way = Way.objects.of(owner).filter(kind=kind, normal=form).select_related("person").order_by("id").first()
    return now(way.person) if way else None

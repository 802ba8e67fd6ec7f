"""Questions about introductions: who should know each other, and where each introduction stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.introductions.known import Said, acquainted, all_words, apart, said_of, two
from amity.introductions.letters import ends, first_name, signed_by
from amity.introductions.models import Answer, Introduction, State
from amity.introductions.topics import pairs, weights
from amity.owner.models import Owner
from amity.people.models import Person, Place
from amity.people.queries import NotFound, reachable

SUGGESTED = 3
LOOKED_AT = 400
MONTH = timedelta(days=30)
CLOSED = gettext_lazy(
    "This link is not open any more. If you have answered already, thank you; there is nothing else to do. "
    "If not, just write to the friend who sent it."
)


class LinkClosed(Exception):
    """A private link that is unknown, used, or past its day: one sentence for all three tells nothing."""

    status = 404

    @property
    def sentence(self) -> str:
        """Say it in the language of who opened the link."""
        return str(CLOSED)


@dataclass(frozen=True)
class Pair:
    """Two people who should know each other, with why in one sentence."""

    a: Person
    b: Person
    word: str
    why: str


def suggested(owner: Owner, day: date, limit: int = SUGGESTED) -> list[Pair]:
    """Give pairs of kept people who share a curiosity or a hope and have no moment together.

    The rarer the words they share, the sooner; nobody is in two pairs, and a pair that was ever begun or
    passed over does not come again.
    """
    people = reachable(owner, day).filter(place=Place.KEPT).select_related("owner").in_bulk()
    said = said_of(owner, people)
    words = {key: all_words(lines) for key, lines in said.items()}
    rare, shared = weights(words), pairs(words)
    best = sorted(shared, key=lambda pair: (-sum(rare[word] for word in shared[pair]), pair))[:LOOKED_AT]
    known = acquainted(owner, {key for pair in best for key in pair}) | apart(owner) | _begun(owner)
    taken: set[int] = set()
    found: list[Pair] = []
    for a, b in (pair for pair in best if pair not in known):
        if len(found) < limit and not {a, b} & taken:
            taken |= {a, b}
            word = shared[a, b][0]
            found.append(Pair(people[a], people[b], word, _why(people[a], people[b], word, said)))
    return found


def _begun(owner: Owner) -> set[tuple[int, int]]:
    return {two(a, b) for a, b in Introduction.objects.of(owner).values_list("a_id", "b_id")}


def _why(a: Person, b: Person, word: str, said: dict[int, list[Said]]) -> str:
    one, other = (_clause(person, word, said[person.pk]) for person in (a, b))
    return _("%(one)s, and %(other)s.") % {"one": one[:1].upper() + one[1:], "other": other}


def _clause(person: Person, word: str, said: list[Said]) -> str:
    line = next(one for one in said if word in one.words)
    name, text = first_name(person.name), line.text.rstrip(".")[:160]
    hopes, intrigues = _("%(name)s hopes: “%(text)s”"), _("%(name)s makes you curious: “%(text)s”")
    return (hopes if line.how == "hope" else intrigues) % {"name": name, "text": text}


def get(owner: Owner, uid: str) -> Introduction:
    """Give one introduction.

    Raises:
        NotFound: when it is not there.
    """
    one = _of(owner).filter(uid=uid).first()
    if one is None:
        raise NotFound(_("There is no such introduction."))
    return one


def _of(owner: Owner) -> QuerySet[Introduction]:
    return Introduction.objects.of(owner).select_related("owner", "a__owner", "b__owner")


def under_way(owner: Owner) -> list[Introduction]:
    """Give the introductions that still want something, newest first."""
    waiting = [State.WRITING, State.ASKED, State.AGREED]
    return list(_of(owner).filter(state__in=waiting).order_by("-id"))


def past(owner: Owner, limit: int = 20) -> list[Introduction]:
    """Give the introductions that came about or were let go, newest first, without those passed over."""
    done = [State.INTRODUCED, State.LET_GO, State.WITHDRAWN]
    return list(_of(owner).filter(state__in=done).order_by("-id")[:limit])


def to_look_back_on(owner: Owner, day: date) -> Introduction | None:
    """Give an introduction of a month ago or more of which the owner has not said whether it was good."""
    ripe = _of(owner).filter(state=State.INTRODUCED, good="", introduced_on__lte=day - MONTH)
    return ripe.order_by("introduced_on", "id").first()


def between(one: Person, other: Person) -> QuerySet[Introduction]:
    """Give every introduction there ever was between two people."""
    either = Q(a=one, b=other) | Q(a=other, b=one)
    return Introduction.objects.of(one.owner).filter(either)


@dataclass(frozen=True)
class Asked:
    """What somebody sees who opens their private link: nothing of it depends on the other's answer."""

    owner: str
    name: str
    other: str
    other_first: str
    line: str
    closes_at: datetime


def digest(token: str) -> str:
    """Give what the book keeps of a link."""
    return sha256(token.encode()).hexdigest()


def behind(token: str, now: datetime) -> tuple[Introduction, str]:
    """Give the introduction and the end that an open link belongs to.

    Raises:
        LinkClosed: when it is forged, answered or expired.
    """
    mark = digest(token)
    found = Introduction.objects.filter(Q(digest_a=mark) | Q(digest_b=mark))
    one = found.select_related("owner", "a__owner", "b__owner").first()
    if one is None or one.closes_at is None or one.closes_at <= now:
        raise LinkClosed
    end = "a" if one.digest_a == mark else "b"
    if answer_of(one, end):
        raise LinkClosed
    return one, end


def asked(token: str, now: datetime) -> Asked:
    """Give what an open link shows.

    Raises:
        LinkClosed: when it is forged, answered or expired.
    """
    one, end = behind(token, now)
    person, other = ends(one, end)
    line = one.line_a if end == "a" else one.line_b
    assert one.closes_at is not None
    return Asked(
        signed_by(one.owner), first_name(person.name), other.name, first_name(other.name), line, one.closes_at
    )


def answer_of(one: Introduction, end: str) -> str:
    """Give what the person at an end answered, '' when nothing yet."""
    return one.answer_a if end == "a" else one.answer_b


def answers(one: Introduction) -> Iterator[str]:
    """Give both answers."""
    return (answer_of(one, end) for end in "ab")


def both_said_yes(one: Introduction) -> bool:
    """Tell whether it may go on."""
    return all(answer == Answer.YES for answer in answers(one))


def is_closed(one: Introduction, now: datetime) -> bool:
    """Tell whether the time to answer is over without two answers."""
    return one.state == State.ASKED and one.closes_at is not None and one.closes_at <= now

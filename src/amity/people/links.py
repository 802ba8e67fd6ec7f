"""Who knows whom: the links that the owner writes between two people of the book."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amity.formats.partial_date import parse
from amity.journal.actions import Writing, deed
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import NAME_LENGTH, clean
from amity.people.models import Link, Person, Place
from amity.people.queries import INTRODUCED_BY, matching, of
from amity.storage.folded import fold
from amity.storage.wording import answered_once

YOU = "you"
OFFERED = 200  # names that a form offers to choose from
KIND_LENGTH = 120


def know(person: Person, other: Person | str, kind: str, since: str = "") -> Link:
    """Write down that two people know each other: `other` is the person's `kind`. One deed.

    `other` is a person, an id, or a name; a name that nobody bears becomes somebody mentioned. `since` is a
    day as 1990-12-10, 1990-12 or 1990, or nothing. What is there already is given back as it stands.

    Raises:
        NotPossible: without a name or a kind, for a name that several bear, for the person themselves, or
            for a `since` that is no day.
    """
    kind, day = clean(kind, KIND_LENGTH), _since(since)
    if not kind:
        raise NotPossible(_("Say how they know each other: colleague, friend, or in your own words."))
    found = _found(person, other) if isinstance(other, str) else other
    if isinstance(found, Person) and found.pk == person.pk:
        raise NotPossible(_("That is %(name)s themselves.") % {"name": person.name})
    if isinstance(found, Person) and (there := _between(person, found, kind)):
        return there
    with deed(person.owner, "know", _("Wrote down whom %(name)s knows.") % {"name": person.name}) as writing:
        end = found if isinstance(found, Person) else _mention(writing, person.owner, found)
        writing.about(person, end)
        return writing.make(Link(owner=person.owner, a=person, b=end, kind=kind, since=day, source=YOU))


def unlink(link: Link) -> None:
    """Take a link out, and with it whoever was mentioned by it alone; it can be undone."""
    ends = [link.a, link.b]
    with deed(
        link.owner, "unlink", _("Took out that %(a)s and %(b)s know each other.") % {"a": link.a, "b": link.b}
    ) as writing:
        writing.about(*[end for end in ends if not end.mentioned])
        writing.remove(link)
        for end in ends:
            if end.mentioned and not Link.objects.filter(Q(a=end) | Q(b=end)).exists():
                writing.remove(end)


def introducer_name(person: Person) -> str:
    """Give the name of whoever introduced this person to the owner, '' for nobody."""
    there = _introduction(person)
    return there.b.name if there else ""


def set_introducer(person: Person, name: str) -> None:
    """Say through whom the owner met this person; no name takes it out. One deed.

    Raises:
        NotPossible: as ``know`` does.
    """
    there = _introduction(person)
    if fold(name) == fold(there.b.name if there else ""):
        return
    with deed(
        person.owner, "set introducer", _("Changed through whom you met %(name)s.") % {"name": person.name}
    ):
        if there:
            unlink(there)
        if name:
            know(person, name, INTRODUCED_BY)


@answered_once
def names_offered(person: Person) -> QuerySet[Person, str]:
    """Give the names of the kept people that a form may offer beside this person's."""
    kept = of(person.owner).filter(place=Place.KEPT).exclude(pk=person.pk)
    return kept.order_by("folded").values_list("name", flat=True)[:OFFERED]


def _introduction(person: Person) -> Link | None:
    links = Link.objects.of(person.owner).filter(a=person, kind=INTRODUCED_BY).select_related("a", "b")
    return links.order_by("-id").first()


def _since(text: str) -> str:
    if not text.strip():
        return ""
    day = parse(text)
    if day is None or day.startswith("-"):
        raise NotPossible(_("Write since when like 2019, 2019-05 or 2019-05-03."))
    return day


def _found(person: Person, said: str) -> Person | str:
    """Give whoever bears this id or name, else the name itself.

    Raises:
        NotPossible: without a name, or when several bear it.
    """
    name = clean(said, NAME_LENGTH)
    if not name:
        raise NotPossible(_("A person needs a name."))
    if by_id := of(person.owner).filter(uid=name).first():
        return by_id
    found = matching(person.owner, name).order_by("id")
    namesakes = [one for one in found if fold(one.name) == fold(name)]
    if len(namesakes) > 1:
        ids = ", ".join(one.uid for one in namesakes[:5])
        raise NotPossible(
            _("Several people here are called %(name)s; write the id of the one you mean: %(ids)s.")
            % {"name": name[:60], "ids": ids}
        )
    return namesakes[0] if namesakes else _mentioned_already(person, name) or name


def _mentioned_already(person: Person, name: str) -> Person | None:
    links = Link.objects.of(person.owner).filter(a=person, b__mentioned=True, b__folded=fold(name))
    link = links.select_related("b").first()
    return link.b if link else None


def _between(person: Person, other: Person, kind: str) -> Link | None:
    ends = Q(a=person, b=other) | Q(a=other, b=person)
    links = Link.objects.of(person.owner).filter(ends)
    return next(
        (link for link in links if fold(link.kind) == fold(kind) and _says_the_same(link, person)), None
    )


def _says_the_same(link: Link, person: Person) -> bool:
    """Tell whether a link reads the same from this person; only an introduction has a direction."""
    return link.a_id == person.pk or fold(link.kind) != fold(INTRODUCED_BY)


def _mention(writing: Writing, owner: Owner, name: str) -> Person:
    return writing.make(Person(owner=owner, name=name, folded=fold(name), mentioned=True))

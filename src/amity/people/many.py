"""What an owner does with several people at once: one deed, and few questions however many they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.journal.actions import at_once, deed
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import check, clean
from amity.people.finding import refold
from amity.people.models import Care, Circle, Membership, OfPerson, Person, Place, Spark, SparkKind
from amity.storage.folded import fold


def keep_all(owner: Owner, people: Sequence[Person], *, day: date, spark: str = "", care: str = "") -> None:
    """Keep these people from a day on, each with this spark if one is given, and with so much care.

    Raises:
        NotPossible: when nobody is chosen, or for a spark or care that is none.
    """
    check(spark or SparkKind.LIKE, SparkKind.values, "spark")
    check(care or Care.LIGHT, Care.values, "care")
    sentence = ngettext("Kept %(who)s.", "Kept %(count)s people.", len(people)) % _chosen(people)
    with deed(owner, "keep many", sentence) as writing:
        writing.about(*people)
        alike: dict[tuple[str, date], list[Person]] = {}
        for person in people:
            alike.setdefault((care or person.care or Care.LIGHT, person.kept_on or day), []).append(person)
        for (much, since), some in alike.items():
            writing.change_all(some, place=Place.KEPT, care=much, kept_on=since, trashed_at=None)
        if spark:
            there = {row.person_id for row in _rows(Spark, people, kind=spark)}
            new = [person for person in people if person.pk not in there]
            writing.make_all([Spark(owner=owner, person=person, kind=spark) for person in new])


def shelve_all(owner: Owner, people: Sequence[Person]) -> None:
    """Let these people rest on the shelf.

    Raises:
        NotPossible: when nobody is chosen.
    """
    sentence = ngettext("Put %(who)s on the shelf.", "Put %(count)s people on the shelf.", len(people))
    with deed(owner, "shelf many", sentence % _chosen(people)) as writing:
        writing.about(*people)
        writing.change_all(people, place=Place.SHELF, answered_on=owner.today())


def trash_all(owner: Owner, people: Sequence[Person]) -> None:
    """Put these people into the trash, from where they can be taken back for thirty days.

    Raises:
        NotPossible: when nobody is chosen.
    """
    sentence = ngettext("Put %(who)s into the trash.", "Put %(count)s people into the trash.", len(people))
    with deed(owner, "trash many", sentence % _chosen(people)) as writing:
        writing.about(*people)
        writing.change_all(people, trashed_at=timezone.now())


def join_all(owner: Owner, people: Sequence[Person], name: str) -> None:
    """Put these people into a circle, made if it is new.

    Raises:
        NotPossible: when nobody is chosen, or without a name.
    """
    name = _named(name)
    sentence = ngettext(
        "Put %(who)s into %(circle)s.", "Put %(count)s people into %(circle)s.", len(people)
    ) % {**_chosen(people), "circle": name}
    with deed(owner, "join circle", sentence) as writing:
        writing.about(*people)
        circle = Circle.objects.of(owner).filter(folded=fold(name)).first()
        circle = circle or writing.make(Circle(owner=owner, name=name, folded=fold(name)))
        writing.about(circle)
        there = {row.person_id for row in _rows(Membership, people, circle=circle)}
        new = [person for person in people if person.pk not in there]
        writing.make_all([Membership(owner=owner, person=person, circle=circle) for person in new])
        refold([person.pk for person in new])


def leave_all(owner: Owner, people: Sequence[Person], name: str) -> None:
    """Take these people out of a circle.

    Raises:
        NotPossible: when nobody is chosen, without a name, or when none of them is in that circle.
    """
    name = _named(name)
    there = _rows(Membership, people, circle__folded=fold(name))
    if people and not there:
        raise NotPossible(_("None of them is in %(circle)s.") % {"circle": name})
    members = {row.person_id for row in there}
    leaving = [person for person in people if person.pk in members]
    sentence = ngettext(
        "Took %(who)s out of %(circle)s.", "Took %(count)s people out of %(circle)s.", len(leaving)
    ) % {**_chosen(leaving), "circle": name}
    with deed(owner, "leave circle", sentence) as writing:
        writing.about(*leaving)
        writing.remove_all(there)
        refold([person.pk for person in leaving])


def _chosen(people: Collection[Person]) -> dict[str, object]:
    if not people:
        raise NotPossible(_("Nobody is chosen."))
    return {"who": next(iter(people)).name, "count": len(people)}


def _named(name: str) -> str:
    name = clean(name, 120).lstrip("# ")
    if not name:
        raise NotPossible(_("A circle needs a name."))
    return name


def _rows(model: type[OfPerson], people: Sequence[Person], **which: object) -> list[Any]:
    keys = [person.pk for person in people]
    return [row for some in at_once(keys) for row in model.objects.filter(person__in=some, **which)]

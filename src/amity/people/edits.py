"""What an owner changes on a person's page, line by line: say it differently, take it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.formats.identities import normal_phone
from amity.formats.partial_date import parse
from amity.journal.actions import Writing, deed
from amity.owner.actions import NotPossible
from amity.owner.models import Owner, OwnIdentity
from amity.owner.queries import known_by
from amity.people.actions import (
    add,
    clean,
    clipped,
    edit,
    join_circle,
    keep,
    leave_circle,
    refold,
    set_date,
    trash,
)
from amity.people.identity import identifies
from amity.people.links import set_introducer
from amity.people.models import (
    Affiliation,
    Fact,
    Hope,
    Membership,
    OfPerson,
    Organisation,
    Person,
    PersonDate,
    Photo,
    Season,
    Spark,
    Way,
)
from amity.people.photo import face
from amity.people.queries import matching
from amity.storage.folded import fold

_EMPTY = gettext_lazy("There is nothing written there yet.")


def keep_by_name(owner: Owner, named: Mapping[str, str], *, day: date) -> list[Person]:
    """Keep people by name, each with one spark or none. One deed.

    Raises:
        NotPossible: for a spark that is not one; nobody is kept then.
    """
    with deed(owner, "keep by name", _("Kept %(names)s.") % {"names": ", ".join(named)}):
        return [
            keep(_called(owner, name), day=day, sparks={spark: ""} if spark else {})
            for name, spark in named.items()
        ]


def _called(owner: Owner, name: str) -> Person:
    """Give the one person who bears this name, added where nobody or more than one does."""
    found = matching(owner, name).select_related("owner")
    namesakes = [person for person in found if fold(person.name) == fold(name)]
    return namesakes[0] if len(namesakes) == 1 else add(owner, name)


def keep_with(person: Person, *, day: date, sparks: Mapping[str, str], care: str = "") -> Person:
    """Keep a person with exactly these sparks: one that is no longer said is taken away. One deed.

    Raises:
        NotPossible: as ``keep`` does.
    """
    with deed(person.owner, "keep", _("Kept %(name)s.") % {"name": person.name}) as writing:
        keep(person, day=day, sparks=sparks, care=care)
        for spark in Spark.objects.filter(person=person):
            if spark.kind not in sparks:
                writing.remove(spark)
            elif not sparks[spark.kind]:
                writing.change(spark, line="")
    return person


def set_head(
    person: Person,
    *,
    name: str,
    how_met: str,
    remembered: bool,
    title: str,
    organisation: str,
    circles: list[str],
    through: str | None = None,
    photo: bytes = b"",
) -> Person:
    """Change what stands at the head of a person's page; `through` names who introduced them. One deed.

    Raises:
        NotPossible: without a name, for a photo that is none, or as ``know`` does; nothing is changed then.
    """
    with deed(
        person.owner, "edit person", _("Changed %(name)s.") % {"name": clipped(name, 120) or person.name}
    ):
        edit(person, name=name, how_met=how_met, remembered=remembered)
        set_work(person, title, organisation)
        set_circles(person, circles)
        if through is not None:
            set_introducer(person, through)
        if photo:
            set_photo(person, photo)
    return person


def reword_hope(hope: Hope, text: str) -> Hope:
    """Say a hope in other words.

    Raises:
        NotPossible: without words.
    """
    text = clean(text)
    if not text:
        raise NotPossible(str(_EMPTY))
    with deed(
        hope.owner, "edit hope", _("Changed a hope of %(name)s.") % {"name": hope.person.name}
    ) as writing:
        writing.about(hope.person)
        return writing.change(hope, text=text)


def reword_fact(fact: Fact, text: str, *, sensitive: bool) -> Fact:
    """Say a fact in other words, and whether it is private.

    Raises:
        NotPossible: without words.
    """
    text = clean(text, 5000)
    if not text:
        raise NotPossible(str(_EMPTY))
    with deed(
        fact.owner, "edit fact", _("Changed something about %(name)s.") % {"name": fact.person.name}
    ) as writing:
        writing.about(fact.person)
        return writing.change(fact, text=text, sensitive=sensitive)


def take_out(line: OfPerson) -> None:
    """Take one line out of a person's page; it can be undone."""
    person = line.person
    with deed(
        person.owner, "take out", _("Took a line out of %(name)s's page.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        writing.remove(line)
        refold(person)


def label_way(way: Way, label: str) -> Way:
    """Say what a way is for: work, home."""
    with deed(
        way.owner, "edit way", _("Changed a way to reach %(name)s.") % {"name": way.person.name}
    ) as writing:
        writing.about(way.person)
        return writing.change(way, label=clean(label, 80))


def kind_of_way(value: str) -> str:
    """Tell from its looks what kind of way this is: email, url, phone or handle."""
    if "@" in value[1:]:
        return "email"
    if "://" in value or ("." in value and " " not in value and not value.startswith("@") and "/" in value):
        return "url"
    return "phone" if normal_phone(value, "ZZ") or value.strip("+0123456789 -/.()") == "" else "handle"


def end_season(season: Season, *, day: date) -> Season:
    """Say that a stretch in peace is over as of this day; one that began today never was."""
    with deed(
        season.owner, "end season", _("%(name)s may be suggested again.") % {"name": season.person.name}
    ) as writing:
        writing.about(season.person)
        if season.starts >= day:
            writing.remove(season)
            return season
        return writing.change(season, ends=day - timedelta(days=1))


def reword_season(season: Season, why: str, *, starts: date, ends: date) -> Season:
    """Say why a tie is left in peace, and from when until when.

    Raises:
        NotPossible: when it ends before it begins.
    """
    if ends < starts:
        raise NotPossible(_("A season ends after it begins."))
    with deed(
        season.owner, "edit season", _("Changed a season of %(name)s.") % {"name": season.person.name}
    ) as writing:
        writing.about(season.person)
        return writing.change(season, why=clean(why, 200), starts=starts, ends=ends)


def that_is_me(person: Person) -> Person:
    """Say that somebody in the book is the owner: their addresses are the owner's own, and they go. One deed.

    What comes in later with one of these addresses is known to be the owner's.
    """
    with deed(
        person.owner, "that is me", _("%(name)s is you, and left the book.") % {"name": person.name}
    ) as writing:
        known = known_by(person.owner)
        for way in Way.objects.filter(person=person).order_by("id"):
            if identifies(way.kind, way.normal) and (way.kind, way.normal) not in known:
                known.add((way.kind, way.normal))
                writing.make(
                    OwnIdentity(owner=person.owner, kind=way.kind, value=way.value, normal=way.normal)
                )
        return trash(person)


def add_day(person: Person, kind: str, text: str) -> PersonDate:
    """Write down a birthday or another day, told as 1815-12-10, --12-10 or 1815.

    Raises:
        NotPossible: when it is no such day.
    """
    value = parse(text)
    if value is None:
        raise NotPossible(_("Write the day like 1990-12-10, or --12-10 where the year is not known."))
    return set_date(person, clean(kind, 80) or "birthday", value)


def set_work(person: Person, title: str, organisation: str) -> None:
    """Say what a person does and where; the newest answer is the one shown."""
    title, organisation = clean(title, 300), clean(organisation, 300)
    newest = Affiliation.objects.filter(person=person).select_related("organisation").order_by("-id").first()
    known = (newest.title, newest.organisation.name if newest.organisation else "") if newest else ("", "")
    if (title, organisation) == known:
        return
    with deed(person.owner, "set work", _("Changed what %(name)s does.") % {"name": person.name}) as writing:
        writing.about(person)
        place = _organisation(writing, person, organisation) if organisation else None
        writing.about(*[place] if place else [])
        writing.make(Affiliation(owner=person.owner, person=person, organisation=place, title=title))
        refold(person)


def _organisation(writing: Writing, person: Person, name: str) -> Organisation:
    found: Organisation | None = Organisation.objects.of(person.owner).filter(folded=fold(name)).first()
    return found or writing.make(Organisation(owner=person.owner, name=name, folded=fold(name)))


def set_circles(person: Person, names: list[str]) -> None:
    """Put a person into exactly these circles."""
    wanted = {fold(name): name for name in (clean(name, 120).lstrip("#") for name in names) if name}
    with deed(person.owner, "set circles", _("Changed the circles of %(name)s.") % {"name": person.name}):
        for membership in Membership.objects.filter(person=person).select_related("circle", "person"):
            if wanted.pop(membership.circle.folded, None) is None:
                leave_circle(membership)
        for name in wanted.values():
            join_circle(person, name)


def set_photo(person: Person, data: bytes) -> None:
    """Give a person a face.

    Raises:
        NotPossible: when it is not a picture that can be opened.
    """
    jpeg = face(data)
    if jpeg is None:
        raise NotPossible(_("That is not a picture Amity can open; a JPEG or PNG from a phone will do."))
    with deed(
        person.owner, "set photo", _("Changed the photo of %(name)s.") % {"name": person.name}
    ) as writing:
        writing.about(person)
        for old in Photo.objects.filter(person=person):
            writing.remove(old)
        writing.make(Photo(owner=person.owner, person=person, jpeg=jpeg))

"""Two people become one, come apart again, and are asked about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amity.duplicates import handing, queries
from amity.duplicates.models import Answer, Merge, Perhaps
from amity.journal.actions import Writing, at_once, deed, image, lock, table_of, values_from
from amity.journal.models import Import
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.finding import refold
from amity.people.identity import now
from amity.people.models import CARE_WEIGHT, Care, Fact, OtherName, Person, Place
from amity.storage.folded import fold

SURELY = "surely"
COLUMNS = ("place", "care", "kept_on", "answered_on", "how_met", "met_on", "remembered")


def merge(kept: Person, gone: Person, *, because: Import | None = None) -> Merge:
    """Let one person become another: everything said of them is said of that one, and can come apart again.

    `because` is the import after which Amity does so by itself.

    Raises:
        NotPossible: for one and the same, or somebody of another book, in the trash, or only mentioned.
    """
    sentence = _("%(gone)s and %(kept)s are one person now.") % {"gone": gone.name, "kept": kept.name}
    with deed(kept.owner, "merge", sentence, who="clock" if because else "owner") as writing:
        kept.refresh_from_db()
        gone.refresh_from_db()
        _refuse(kept, gone)
        writing.about(kept, gone)
        moved = handing.hand_over(writing, gone, kept)
        made = _what_else_was_said(writing, kept, gone)
        both, before = _both(kept, gone), image(kept, COLUMNS)
        writing.change(kept, **both)
        writing.change(gone, became=kept.uid)
        row = writing.make(
            Merge(
                owner=kept.owner,
                imported_by=because,
                gone=gone,
                into=kept.uid,
                moved=moved,
                made=[[table_of(one), one.uid] for one in made],
                before=before,
                after=image(kept, COLUMNS),
            )
        )
        refold([kept.pk, gone.pk])
    return row


def _refuse(kept: Person, gone: Person) -> None:
    if kept.pk == gone.pk or kept.uid == gone.became:
        raise NotPossible(_("%(name)s is one person already.") % {"name": kept.name})
    if kept.owner_id != gone.owner_id:
        raise NotPossible(_("These two are in two different books."))
    for one in (kept, gone):
        if one.trashed_at is not None:
            raise NotPossible(_("%(name)s is in the trash; take them out first.") % {"name": one.name})
        if one.mentioned:
            raise NotPossible(_("%(name)s is known only through somebody else.") % {"name": one.name})
        if one.became:
            raise NotPossible(_("%(name)s became somebody else already.") % {"name": one.name})


def _both(kept: Person, gone: Person) -> dict[str, object]:
    """Give what is true of the one person; where the two differ, the more protective wins."""
    places = {kept.place, gone.place}
    return {
        "place": next(place for place in (Place.SHELF, Place.KEPT, Place.NEW) if place in places),
        "care": max(kept.care, gone.care, key=lambda care: CARE_WEIGHT[Care(care)] if care else 0),
        "kept_on": _first(kept.kept_on, gone.kept_on),
        "answered_on": max(filter(None, (kept.answered_on, gone.answered_on)), default=None),
        "how_met": kept.how_met or gone.how_met,
        "met_on": _first(kept.met_on, gone.met_on),
        "remembered": kept.remembered or gone.remembered,
    }


def _first(*days: date | None) -> date | None:
    return min(filter(None, days), default=None)


def _what_else_was_said(writing: Writing, kept: Person, gone: Person) -> list[OtherName | Fact]:
    """Write down the other name, and the other words of how they met."""
    whose = {"owner": kept.owner, "person": kept, "imported_by_id": gone.imported_by_id}
    names = {fold(name) for name in OtherName.objects.filter(person=kept).values_list("name", flat=True)}
    made: list[OtherName | Fact] = []
    if fold(gone.name) not in {fold(kept.name), *names}:
        made.append(writing.make(OtherName(**whose, name=gone.name)))
    if gone.how_met and kept.how_met and fold(gone.how_met) != fold(kept.how_met):
        made.append(
            writing.make(
                Fact(
                    **whose,
                    label="How you met",
                    text=gone.how_met,
                    source="you" if gone.imported_by_id is None else "",
                )
            )
        )
    return made


def unmerge(merge: Merge) -> Person:
    """Let two be two again: each row goes back to whom it was of; what is newer stays where it is.

    Whoever Amity had joined by itself, or had asked about, it does not ask about again.
    """
    gone, holder = merge.gone, _chain(merge)[-1]
    sentence = _("%(gone)s and %(kept)s are two people again.") % {"gone": gone.name, "kept": holder.name}
    with deed(gone.owner, "unmerge", sentence) as writing:
        _never_again(writing, holder, merge)
        _come_apart(writing, merge)
    return gone


def _come_apart(writing: Writing, merge: Merge) -> None:
    gone, chain = merge.gone, _chain(merge)
    writing.about(gone, *chain)
    handing.hand_back(writing, merge, chain)
    for table, uid in merge.made:
        for row in apps.get_model(table)._base_manager.filter(owner=gone.owner, uid=uid):  # noqa: SLF001
            writing.remove(row)
    writing.change(chain[0], **_as_before(chain[0], merge))
    writing.change(gone, became="")
    writing.remove(merge)
    refold([gone.pk, *(one.pk for one in chain)])


def _chain(merge: Merge) -> list[Person]:
    """Give whom somebody became, whom those became since, and so on to who is there today."""
    people = [Person.everything.get(owner=merge.owner, uid=merge.into)]
    while people[-1].became:
        after = Merge.objects.get(gone=people[-1])
        people.append(Person.everything.get(owner=merge.owner, uid=after.into))
    return people


def _as_before(person: Person, merge: Merge) -> dict[str, object]:
    """Give the columns as they were, but for those that were changed again since."""
    today = image(person, COLUMNS)
    before = {name: value for name, value in merge.before.items() if today[name] == merge.after[name]}
    return values_from(Person, before)


def _never_again(writing: Writing, holder: Person, merge: Merge) -> None:
    gone, day = merge.gone, merge.owner.today()
    asked = _between(holder, gone).first()
    if asked is not None:
        writing.change(asked, answer=Answer.NO, answered_on=day)
    elif merge.imported_by_id is not None:
        writing.make(Perhaps(owner=gone.owner, a=holder, b=gone, answer=Answer.NO, answered_on=day))


def _between(one: Person, other: Person) -> QuerySet[Perhaps]:
    return Perhaps.everything.filter(Q(a=one, b=other) | Q(a=other, b=one))


def answer(asked: Perhaps, said: str, *, day: date) -> Perhaps:
    """Say that two are not the same person, or that it can wait.

    Raises:
        NotPossible: for any other word.
    """
    if said not in Answer.values:
        raise NotPossible(_("Say yes, no or later."))
    names = {"one": asked.a.name, "other": asked.b.name}
    sentence = (
        _("%(one)s and %(other)s are two people.") if said == Answer.NO else _("Later: %(one)s, %(other)s.")
    )
    with deed(asked.owner, "same or not", sentence % names) as writing:
        writing.about(asked.a, asked.b)
        return writing.change(asked, answer=said, answered_on=day)


def take_apart(run: Import) -> None:
    """Let those be two again whom Amity joined by itself on the word of an import that is taken back."""
    by_itself = Merge.objects.filter(owner=run.owner).exclude(imported_by=None).select_related("gone__owner")
    for one in by_itself.order_by("-id"):
        if run.pk in {one.imported_by_id, one.gone.imported_by_id, _chain(one)[0].imported_by_id}:
            with deed(run.owner, "unmerge", who="clock") as writing:
                _come_apart(writing, one)


@dataclass(frozen=True)
class Looked:
    """What a look through the book found: who became one by itself, and whether there is anything to ask."""

    joined: list[Merge]
    asks: bool


def look(owner: Owner, *, because: Import | None = None, among: Collection[int] = ()) -> Looked:
    """Look through the book for records of one person; ask about those that are perhaps one.

    Those that surely are become one by themselves after an import, where one of the two is `among` the people
    it brought or told about; not where the owner has said otherwise, or wants different things of the two.
    """
    joined, perhaps = [], []
    told_of = frozenset(among)
    for first, second, pair in queries.alike_in(owner):
        one, other = _by_now(first), _by_now(second)
        surely = because and pair.answer == SURELY and not told_of.isdisjoint([one.pk, other.pk])
        if one.pk == other.pk:
            continue
        if surely and _agree(one, other) and not _between(one, other).exists():
            joined.append(merge(*queries.who_stays(one, other), because=because))
        else:
            perhaps.append((one, other, list(pair.evidence)))
    return Looked(joined, _ask(owner, perhaps))


def _by_now(person: Person) -> Person:
    """Give whom somebody has become while the look went on."""
    if person.became:
        person.refresh_from_db(fields=["became"])  # who they became may have become somebody else since
    return now(person)


def _agree(one: Person, other: Person) -> bool:
    """Tell whether the owner wants the same of both: nobody who is kept goes to the shelf unasked."""
    return {one.place, other.place} != {Place.KEPT, Place.SHELF} and one.remembered == other.remembered


def _ask(owner: Owner, perhaps: list[tuple[Person, Person, list[str]]]) -> bool:
    """Write down what is to be asked; forget the questions nothing speaks for any more."""
    with transaction.atomic():
        lock(owner)
        known = {row.says(): row for row in Perhaps.everything.of(owner)}
        found = {frozenset([one.pk, other.pk]): (one, other, why) for one, other, why in perhaps}
        idle = [row.pk for ends, row in known.items() if not (row.answer or row.aside or ends in found)]
        for some in at_once(idle):
            Perhaps.everything.filter(pk__in=some).delete()
        fresh = [
            Perhaps(owner=owner, a=one, b=other, evidence=why)
            for ends, (one, other, why) in found.items()
            if ends not in known
        ]
        Perhaps.everything.bulk_create(fresh, batch_size=500)
    return queries.waiting(owner, owner.today()).exists()

"""The sample world: an invented book of its own, so that nobody has to bring their people in to look around.

The words are in ``world/*.txt``; ``world/cast.py`` says who there is, ``days.py`` and ``events.py`` when they
were in touch, ``pages.py`` and ``rows.py`` write it down. The same seed and day make the same book.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db import models, transaction

from amity.book.world import days, events
from amity.book.world.cast import Life, cast
from amity.book.world.draw import Draw
from amity.book.world.pages import Pages
from amity.book.world.rows import Rows
from amity.clock.models import Job
from amity.gatherings.models import Gathering
from amity.journal.actions import deed, lock
from amity.journal.models import Deed
from amity.moments.models import Moment
from amity.owner.actions import make_sample_owner
from amity.owner.models import Owner, SignInLink
from amity.people.models import Person
from amity.people.queries import of as people_of

SEED = 5
VERB = "sample world"
FRESH_FOR = timedelta(days=1)
_STAY = (Job, SignInLink)  # they belong to the machine, not to the book


@dataclass(frozen=True)
class Made:
    """How much the sample book holds."""

    people: int
    moments: int
    gatherings: int


def make(*, today: date | None = None, seed: int = SEED) -> Made:
    """Make the sample book up to a day, or leave it as it is while it is at most a day old.

    An older one, or one of another seed, is emptied and made anew: what somebody tried out in it is gone.
    No row of another owner is touched.
    """
    with transaction.atomic():
        owner = make_sample_owner()
        lock(owner)
        today = today or owner.today()
        if not _is_fresh(owner, today, seed):
            _empty(owner)
            _begin(owner, seed)
            draw = Draw(seed)
            _write(owner, today, draw)
            _tell(owner, today, seed, draw.uid())
    return _count(owner)


def _is_fresh(owner: Owner, today: date, seed: int) -> bool:
    made = Deed.objects.of(owner).filter(verb=VERB, sentence=_sentence(seed)).order_by("-id").first()
    return made is not None and timedelta(0) <= today - owner.today(made.at) <= FRESH_FOR


def _sentence(seed: int) -> str:
    return f"Made the sample world from seed {seed}."


def _empty(owner: Owner) -> None:
    """Delete every row of the sample owner's; until the transaction ends they may point at what is gone."""
    for model in apps.get_app_config("amity").get_models():
        if model not in _STAY and any(field.name == "owner" for field in _columns(model)):
            rows = model._base_manager.filter(owner=owner)  # noqa: SLF001
            rows._raw_delete(rows.db)  # noqa: SLF001  (no cascade to follow: all goes)


def _columns(model: type[models.Model]) -> list[models.Field[object, object]]:
    return list(model._meta.concrete_fields)  # noqa: SLF001  (Django's public model API)


def _begin(owner: Owner, seed: int) -> None:
    """Let the owner be Maya again; her key comes from the seed, so that the day's draws repeat."""
    owner.key = hashlib.sha256(f"sample world {seed}".encode()).digest()
    owner.save(update_fields=["key"])


def _write(owner: Owner, today: date, draw: Draw) -> None:
    lives = cast(draw, today)
    halls = events.conferences(draw, today)
    days.live(draw, lives, halls, today)
    tables = events.suppers(draw, lives, today)
    events.attend(draw, lives, halls)
    diary = [*halls, *tables, *events.coffees(lives, today), *events.to_come(draw, lives, today)]
    rows = Rows(owner, draw)
    _people(rows, lives, today)
    for life in lives:
        for beat in life.beats:
            rows.moment(life, beat)
    for event in diary:
        rows.gathering(event, today)
    rows.write()


def _people(rows: Rows, lives: list[Life], today: date) -> None:
    pages = Pages(rows, today)
    pages.owner()
    for life in lives:
        pages.person(life)
    for life in lives:
        pages.words(life)
    pages.gifts_back([life for life in lives if life.role == "friend"])
    pages.seasons(lives)
    pages.links(lives)
    pages.mentioned(lives)
    pages.checkins()


def _tell(owner: Owner, today: date, seed: int, uid: str) -> None:
    """Write the one deed from which upper rooms learn of everybody; it is not the owner's to undo."""
    with deed(owner, VERB, _sentence(seed), who="clock") as writing:
        writing.deed.uid = uid
        writing.deed.at = datetime.combine(today, time(0), owner.tz)
        writing.about(*Person.objects.filter(owner=owner))


def _count(owner: Owner) -> Made:
    return Made(
        people=people_of(owner).count(),
        moments=Moment.objects.of(owner).count(),
        gatherings=Gathering.objects.of(owner).count(),
    )

"""What a *yes* opens after a debrief: a word to send, a promise, a link, a card. None of it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from amity.gatherings.models import Gathering
from amity.meet.debrief import of_gathering
from amity.people import queries as people
from amity.people.models import Way

_SEARCH = "https://www.linkedin.com/search/results/people/?"


@dataclass(frozen=True)
class NextStep:
    """One person who was enjoyed. `linkedin` is their profile, or a search for their name."""

    uid: str
    name: str
    email: str
    linkedin: str
    profile_known: bool
    opener: str


def next_steps(gathering: Gathering) -> list[NextStep]:
    """Give a step for each person who was enjoyed, and for nobody else."""
    moment = of_gathering(gathering)
    if moment is None:
        return []
    enjoyed = people.of(gathering.owner).filter(participations__moment=moment).order_by("folded", "id")
    return [_step(gathering, row.uid, row.name, row.ways) for row in people.rows(gathering.owner, enjoyed)]


def _step(gathering: Gathering, uid: str, name: str, ways: list[Way]) -> NextStep:
    profile = next((way.value for way in ways if way.kind == "url" and "linkedin.com/in/" in way.normal), "")
    if profile and "://" not in profile:
        profile = f"https://{profile}"
    return NextStep(
        uid=uid,
        name=name,
        email=next((way.value for way in ways if way.kind == "email"), ""),
        linkedin=profile or _SEARCH + urlencode({"keywords": name}),
        profile_known=bool(profile),
        opener=_("Hi %(name)s, I enjoyed talking with you at %(title)s.")
        % {"name": name.split(maxsplit=1)[0], "title": gathering.title},
    )

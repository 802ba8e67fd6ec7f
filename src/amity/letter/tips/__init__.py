"""Tips of our own writing, one for each letter; none comes again within a year."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Tip:
    """One tip. `source` is the study it rests on and `sure` how sure one can be; both empty for craft."""

    slug: str
    title: str
    words: str
    source: str = ""
    sure: str = ""
    about: str = "friends"


def every() -> tuple[Tip, ...]:
    """Give all tips."""
    from amity.letter.tips.sales import SALES
    from amity.letter.tips.studies import STUDIES

    return tuple(_said(tip) for tip in (*STUDIES, *SALES))


def _said(tip: Tip) -> Tip:
    """Give a tip in the language of who reads it; the files only mark its words."""
    said = {name: _(words) for name in ("title", "words", "source", "sure") if (words := getattr(tip, name))}
    return replace(tip, **said)


def named(slug: str) -> Tip | None:
    """Give one tip by its name."""
    return next((tip for tip in every() if tip.slug == slug), None)


def choose(seed: bytes, used: Collection[str]) -> Tip:
    """Give the next tip in the owner's own order that is not among those of the past year.

    There are more tips than Sundays in a year; should all be used nevertheless, the order begins anew.
    """
    order = sorted(every(), key=lambda tip: hashlib.sha256(seed + tip.slug.encode()).digest())
    return next((tip for tip in order if tip.slug not in used), order[0])

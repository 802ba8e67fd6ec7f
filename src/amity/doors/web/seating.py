"""A table as a drawing: a round table with the owner at its foot, everybody else clockwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 400, 300
_CHAIRS, _ABOVE, _BESIDE = 100, 30, 24  # how far chairs are from the middle, and names from their chairs
_SIDE = 0.2  # beyond it a name stands beside its chair rather than above or below
_LONGEST = 10


@dataclass(frozen=True)
class Chair:
    """One chair: where it stands, what is written in it, and where its name begins, ends or is centred."""

    x: int
    y: int
    initials: str
    name: str
    whole_name: str
    name_x: int
    name_y: int
    anchor: str
    is_owner: bool = False


def chairs(names: Sequence[str], *, owner: str) -> list[Chair]:
    """Place the owner at the foot of the table and the guests clockwise from their left hand."""
    everybody = [owner, *names]
    return [_chair(at, name, len(everybody)) for at, name in enumerate(everybody)]


def _chair(at: int, name: str, count: int) -> Chair:
    angle = math.pi / 2 + 2 * math.pi * at / count  # y grows downwards, so this goes clockwise from the foot
    across, down = math.cos(angle), math.sin(angle)
    x, y = round(WIDTH / 2 + _CHAIRS * across), round(HEIGHT / 2 + _CHAIRS * down)
    first = name.split(maxsplit=1)[0] if name.split() else name
    beside = (across > _SIDE) - (across < -_SIDE)
    return Chair(
        x=x,
        y=y,
        initials=initials(name),
        name=first if len(first) <= _LONGEST else f"{first[:_LONGEST]}…",
        whole_name=name,
        name_x=x + _BESIDE * beside,
        name_y=y + 5 + (0 if beside else round(math.copysign(_ABOVE, down))),
        anchor=("end", "middle", "start")[beside + 1],
        is_owner=at == 0,
    )


def initials(name: str) -> str:
    """Give one or two letters that stand for a name."""
    parts = [part for part in name.split() if part[0].isalnum()] or [name or "?"]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

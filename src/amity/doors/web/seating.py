"""A table as a drawing: a round table with the owner at its foot, everybody else clockwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 300
_TABLE, _CHAIRS, _NAMES = 74, 100, 128  # how far from the middle: the table's edge, the chairs, the names
_SIDE = 0.35  # beyond it a name stands beside its chair rather than above or below


@dataclass(frozen=True)
class Chair:
    """One chair: where it stands, what is written in it, and where its name begins, ends or is centred."""

    x: int
    y: int
    initials: str
    name: str
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
    anchor = "middle" if abs(across) < _SIDE else ("start" if across > 0 else "end")
    reach = _NAMES if anchor == "middle" else _CHAIRS + 22
    first = name.split(maxsplit=1)[0] if name.split() else name
    return Chair(
        x=round(WIDTH / 2 + _CHAIRS * across),
        y=round(HEIGHT / 2 + _CHAIRS * down),
        initials=initials(name),
        name=first[:14],
        name_x=round(WIDTH / 2 + reach * across),
        name_y=round(HEIGHT / 2 + reach * down) + 5,
        anchor=anchor,
        is_owner=at == 0,
    )


def initials(name: str) -> str:
    """Give one or two letters that stand for a name."""
    parts = [part for part in name.split() if part[0].isalnum()] or [name or "?"]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

"""Where stars stand and which of them are named: a radial layout in numpy, the same for the same book.

A star's distance from the centre is given and means something; only its angle is free. People who know each
other come to stand side by side: in each round everybody moves towards the mean direction of whom they know
(Tutte 1963, on a circle), and then all are spread evenly again, by rank, so that nobody falls together. At
last those that touch are moved apart, along their own circle. O((n + m) log n) a round, no pair enumerated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amity.rhythm.days import Ints, Reals

ROUNDS, OWN_WILL = 40, 0.35  # how much of a star's own direction stays in each round
NUDGES, AIR = 24, 4.0  # passes that move touching stars apart, and the space left between two
# Of the size of the letters: how wide a Latin one is, one of another alphabet, a sign that is a word; the air
# after a name; how high a line is.
LETTER, OTHER_LETTER, SIGN, AFTER, LINE = 0.56, 0.66, 1.0, 0.4, 1.25
OTHERS_FROM, SIGNS_FROM = "\u0300", "\u1100"
TRIES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
COLUMN = 1 << 32  # from a cell to the next of its row, in one number
CELL = 64.0
CENTRE = 10.0  # where the owner stands no name is written


@dataclass(frozen=True)
class Label:
    """Where a name stands: the place of its first letter's foot, and whether it ends there instead."""

    x: float
    y: float
    ends: bool


def layout(radius: Reals, size: Reals, pairs: Ints, *, seed: int = 7) -> Reals:
    """Give the places (n, 2) of stars at these distances from the centre; `pairs` (m, 2) know each other.

    `size` is the radius of each star. The same arguments give the same places.
    """
    if not len(radius):
        return np.zeros((0, 2))
    angle = _apart(_side_by_side(len(radius), pairs, seed), radius, size)
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _side_by_side(count: int, pairs: Ints, seed: int) -> Reals:
    angle = _evenly(np.random.default_rng(seed).random(count))
    if not len(pairs):
        return angle
    one, other = np.concatenate((pairs, pairs[:, ::-1])).T
    known = np.maximum(np.bincount(one, minlength=count), 1)
    for _ in range(ROUNDS):
        x, y = np.cos(angle), np.sin(angle)
        toward_x = OWN_WILL * x + np.bincount(one, x[other], count) / known
        toward_y = OWN_WILL * y + np.bincount(one, y[other], count) / known
        angle = _evenly(np.arctan2(toward_y, toward_x))
    return angle


def _evenly(angle: Reals) -> Reals:
    spread = np.empty_like(angle)
    spread[np.argsort(angle, kind="stable")] = np.arange(len(angle)) * (2 * np.pi / len(angle))
    return spread


def _apart(angle: Reals, radius: Reals, size: Reals) -> Reals:
    """Move stars that touch apart, each along its own circle."""
    reach = 2 * float(size.max()) + AIR
    for _ in range(NUDGES):
        places = np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
        one, other = near(places, reach)
        gap = places[other] - places[one]
        distance = np.hypot(*gap.T)
        lacks = size[one] + size[other] + AIR - distance
        touching = lacks > 0
        if not touching.any():
            break
        one, other, lacks = one[touching], other[touching], lacks[touching]
        turn = (angle[other] - angle[one] + np.pi) % (2 * np.pi) - np.pi
        way = np.where(turn != 0, np.sign(turn), 1.0)
        push = np.bincount(other, way * lacks, len(angle)) - np.bincount(one, way * lacks, len(angle))
        angle = angle + 0.5 * push / np.maximum(radius, 1.0)
    return angle


def near(places: Reals, reach: float) -> tuple[Ints, Ints]:
    """Give every two points that may be closer than `reach`, each pair once, by a grid of that width.

    In the order of the cells, column by column, neighbours are two runs: those of the own and the next cell,
    and those of three cells of the next column.
    """
    cells = np.floor(places / reach).astype(np.int64)
    keys = cells[:, 0] * COLUMN + cells[:, 1]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    ones, others = [], []
    for begins, ends in ((0, 1), (COLUMN - 1, COLUMN + 1)):
        first = np.searchsorted(keys, keys + begins, "left")
        count = np.searchsorted(keys, keys + ends, "right") - first
        one = np.repeat(np.arange(len(places)), count)
        other = np.arange(len(one)) - np.repeat(np.cumsum(count) - count - first, count)
        once = one < other
        ones.append(order[one[once]])
        others.append(order[other[once]])
    return np.concatenate(ones), np.concatenate(others)


Box = tuple[float, float, float, float]


class _Taken:
    """The boxes that are taken, by cells of a grid, so that only neighbours are looked at."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = {}

    def _of(self, box: Box) -> list[tuple[int, int]]:
        left, top, right, bottom = (int(edge // CELL) for edge in box)
        return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]

    def free(self, box: Box) -> bool:
        left, top, right, bottom = box
        for cell in self._of(box):
            for a, b, c, d in self.cells.get(cell, ()):  # asked for each name up to eight times
                if left < c and a < right and top < d and b < bottom:
                    return False
        return True

    def take(self, box: Box) -> None:
        for cell in self._of(box):
            self.cells.setdefault(cell, []).append(box)


def label_box(label: Label, name: str, letters: float) -> Box:
    """Give the box a name fills: left, top, right, bottom."""
    wide = _width(name) * letters
    left = label.x - wide if label.ends else label.x
    return (left, label.y - 0.9 * letters, left + wide, label.y + (LINE - 0.9) * letters)


def _width(name: str) -> float:
    signs = (LETTER if one < OTHERS_FROM else OTHER_LETTER if one < SIGNS_FROM else SIGN for one in name)
    return sum(signs) + AFTER


def labels(places: Reals, size: Reals, names: Sequence[str], *, letters: float) -> list[Label | None]:
    """Place names so that none crosses another or a star, the first first; None where there is no room."""
    taken = _Taken()
    taken.take((-CENTRE, -CENTRE, CENTRE, CENTRE))
    for (x, y), r in zip(places.tolist(), size.tolist(), strict=True):
        taken.take((x - r, y - r, x + r, y + r))
    placed: list[Label | None] = []
    for (x, y), r, name in zip(places.tolist(), size.tolist(), names, strict=True):
        tries = _tries(x, y, r, letters, _width(name) * letters)
        label = next((one for one in tries if taken.free(label_box(one, name, letters))), None)
        placed.append(label)
        if label:
            taken.take(label_box(label, name, letters))
    return placed


def _tries(x: float, y: float, r: float, letters: float, wide: float) -> list[Label]:
    """Give the eight places around a star, beside it first."""
    found = []
    for right, down in TRIES:
        gap = r + 0.25 * letters if not down else 0.7 * r
        foot = y + 0.32 * letters + down * (r + 0.75 * letters)
        if right:
            found.append(Label(x + right * gap, foot, right < 0))
        else:
            found.append(Label(x - wide / 2, foot, ends=False))
    return found

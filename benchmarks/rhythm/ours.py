"""Ours, learned from earlier windows as far as they closed: all coefficients, or an owner's two numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amity.rhythm.chance import chance, curve, design, exponent
from amity.rhythm.days import Reals
from amity.rhythm.fit import HORIZONS, fit, lean, leanings
from benchmarks.rhythm.windows import Window

FAR, LEAST_MOVES = 2.0, 3  # a move of the level so many times the usual one is a change; moves to know that

FADING, RIDGE = 60.0, 25.0  # days after which a window weighs 1/e; precision about the shipped values
MONTHS, MONTHLY = 12, np.array([7.0, 14.0, 30.0])  # what amity.ties.learning looks back on, and how far
MOST_ROWS, LEVEL = 100_000, np.array([1e-6, 1e12])  # precisions that hold back nothing, and everything


def shipped(test: Window, horizon: float) -> Reals:
    """As on the first day: nothing learned."""
    return chance(curve(test.seen, test.lg, test.pace), test.seen.silence, horizon)


def with_leanings(test: Window, months: Sequence[Window], horizon: float) -> Reals:
    """As Amity does: the shipped curve and two shrunk numbers per owner, from the owner's own past months."""
    months = months[:MONTHS]
    z = np.concatenate([_exponents(w, MONTHLY) for w in months], axis=1)
    touched, weights = _outcomes(months, test.cut, MONTHLY)
    people = np.concatenate([w.person for w in months])
    found = np.zeros((2, 1 + int(max(w.person.max() for w in (test, *months)))))
    learned = leanings(z, touched, weights, people)
    found[:, : learned.shape[1]] = learned
    offset, bend = found[:, test.person]
    return -np.expm1(-lean(_exponents(test, np.array([horizon]))[0], offset, bend))


def fitted(test: Window, weeks: Sequence[Window], horizon: float) -> Reals:
    """All coefficients, learned from the network's past weeks and tied to the shipped ones."""
    horizons = HORIZONS[test.cut - weeks[-1].cut >= HORIZONS]
    x = np.concatenate([design(w.seen, w.lg, w.pace) for w in weeks], axis=1)
    silence = np.concatenate([w.seen.silence for w in weeks])
    touched, weights = _outcomes(weeks, test.cut, horizons)
    some = np.random.default_rng(1).permutation(x.shape[1])[:MOST_ROWS]
    by, _ = fit(x[:, some], silence[some], touched[:, some], weights[:, some], RIDGE, horizons)
    return chance(curve(test.seen, test.lg, test.pace, by), test.seen.silence, horizon)


def level(w: Window, horizon: float) -> float:
    """How far the network lies above what the shipped curve says of a window: one offset of log a for all."""
    touched = w.touched(horizon)[None]
    z, owner = _exponents(w, np.array([horizon])), np.zeros(len(w.ego), np.int64)
    return float(leanings(z, touched, np.ones(touched.shape), owner, LEVEL)[0, 0])


def _exponents(w: Window, horizons: Reals) -> Reals:
    return exponent(curve(w.seen, w.lg, w.pace), w.seen.silence, horizons[:, None])


def _outcomes(train: Sequence[Window], cut: int, horizons: Reals) -> tuple[Reals, Reals]:
    """Labels and weights, (horizons, rows): none where a label closes after the test cut."""
    touched = np.concatenate([[w.touched(h) for h in horizons] for w in train], axis=1)
    weights = [
        np.repeat(
            [[np.exp((w.cut - cut) / FADING) * (w.cut + h <= cut)] for h in horizons], len(w.ego), axis=1
        )
        for w in train
    ]
    return touched, np.concatenate(weights, axis=1)


def regime(levels: list[float]) -> str:
    """Say whether the level moved further into the test window than it did before; latest level first."""
    moves = -np.diff(levels)
    if len(moves) <= LEAST_MOVES:
        return "past too short to tell a change"
    usual = float(np.sqrt(np.mean(moves[1:] ** 2)))
    word = "changes" if abs(moves[0]) > FAR * usual else "steady"
    return f"{word}: level moved {moves[0]:+.2f}, usually {usual:.2f}"

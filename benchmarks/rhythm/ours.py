"""Ours, learned from earlier windows as far as they closed: all coefficients, or an owner's offset."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amity.rhythm.chance import SHIPPED, chance, curve, design, survival
from amity.rhythm.days import Reals
from amity.rhythm.fit import fit, offsets
from benchmarks.rhythm.windows import Window

FADING, RIDGE = 60.0, 25.0  # days after which a window weighs 1/e; precision about the shipped values
MOST_ROWS = 100_000


def shipped(test: Window, horizon: float) -> Reals:
    """As on the first day: nothing learned."""
    return chance(*curve(test.seen, test.lg, test.pace), test.seen.silence, horizon)


def with_offsets(test: Window, train: Sequence[Window], horizons: Reals, horizon: float) -> Reals:
    """As Amity does: the shipped curve and one shrunk offset per owner from resolved windows."""
    z = np.concatenate([_exponents(w, horizons) for w in train], axis=1)
    touched, weights = _outcomes(train, test.cut, horizons)
    people = np.concatenate([w.person for w in train])
    found = np.zeros(1 + int(max(w.person.max() for w in (test, *train))))
    learned = offsets(z, touched, weights, people)
    found[: len(learned)] = learned
    a, b = curve(test.seen, test.lg, test.pace)
    return chance(a * np.exp(found[test.person]), b, test.seen.silence, horizon)


def fitted(test: Window, train: Sequence[Window], horizons: Reals, horizon: float) -> Reals:
    """All coefficients, learned from the network's earlier windows and tied to the shipped ones."""
    x = np.concatenate([design(w.seen, w.lg, w.pace) for w in train], axis=1)
    silence = np.concatenate([w.seen.silence for w in train])
    touched, weights = _outcomes(train, test.cut, horizons)
    some = np.random.default_rng(1).permutation(x.shape[1])[:MOST_ROWS]
    by, _ = fit(x[:, some], silence[some], touched[:, some], weights[:, some], RIDGE, horizons)
    return chance(*curve(test.seen, test.lg, test.pace, by), test.seen.silence, horizon)


def _exponents(w: Window, horizons: Reals) -> Reals:
    a, b = curve(w.seen, w.lg, w.pace, SHIPPED)
    return np.asarray(-np.log(survival(a, b, w.seen.silence, horizons[:, None])))


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

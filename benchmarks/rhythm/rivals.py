"""The rivals: each gives a score to rank by and, where it has one, a probability.

Those without a probability of their own get one by isotonic regression on the earlier windows; BG/NBD,
Hawkes and boosting are fitted on them for each horizon. Without them (day one) only scores are left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, logsumexp
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from amity.rhythm.days import Reals
from amity.rhythm.state import SPANS
from benchmarks.rhythm.windows import ALTERS_OTHERS, Window

Answer = tuple[Reals, Reals | None]
TIERS = np.array([7, 14, 30, 60, 90, 180, 365.0])
CADENCE, MOST_ROWS = 30.0, 200_000


def tier(w: Window) -> Reals:
    """The tier a careful owner would give each contact: the nearest, in ratio, to their mean gap so far."""
    mean = np.maximum((w.seen.age - w.seen.silence) / np.maximum(w.seen.n - 1, 1), 1)
    return np.asarray(TIERS[np.abs(np.log(mean)[:, None] - np.log(TIERS)).argmin(axis=1)])


SCORES = {
    "fixed 30-day cadence": lambda w: (w.seen.silence <= CADENCE) * 1.0,
    "best tier per contact": lambda w: (w.seen.silence <= tier(w)) * 1.0,
    "best tier, how overdue": lambda w: -np.maximum(w.seen.silence / tier(w), 1),
    "recency": lambda w: -w.seen.silence,
    "frequency": lambda w: w.seen.n / (w.seen.age + 1),
    "elapsed / own rhythm": lambda w: -w.seen.silence / np.exp(w.lg),
}


def answers(test: Window, train: Sequence[Window], horizon: float) -> dict[str, Answer]:
    """Every rival's answer for the ties of a window, learned from earlier ones."""
    touched = np.concatenate([w.touched(horizon) for w in train]) if train else np.zeros(0, bool)
    found: dict[str, Answer] = {}
    for name, score in SCORES.items():
        here, p = score(test), None
        if train:
            past = np.concatenate([score(w) for w in train])
            p = IsotonicRegression(out_of_bounds="clip").fit(past, touched).predict(here)
        found[name] = here, p
    if train and 0 < touched.sum() < len(touched):
        for name, learner in (
            ("BG/NBD", bg_nbd),
            ("Hawkes, three scales", hawkes),
            ("boosting, 29 features", boosting),
            ("boosting, no alter's others", boosting_of_a_book),
        ):
            p = learner(test, train, horizon)
            found[name] = p, p
    return found


def bg_nbd(test: Window, train: Sequence[Window], horizon: float) -> Reals:
    """Fader, Hardie & Lee 2005 with days as purchases, by maximum likelihood on the latest earlier window."""
    x, t, age = _customers(train[0])
    some = np.random.default_rng(1).permutation(len(x))[:5000]

    def loss(logs: Reals) -> float:
        r, alpha, a, b = np.exp(np.clip(logs, -8, 8))
        return -float(_likelihood(r, alpha, a, b, x[some], t[some], age[some]).mean())

    r, alpha, a, b = np.exp(
        np.clip(minimize(loss, np.array([0.0, 2.0, 0.0, 1.0]), method="Nelder-Mead").x, -8, 8)
    )
    x, t, age = _customers(test)
    with np.errstate(over="ignore"):
        odds = (
            a
            / (b + np.maximum(x, 1) - 1)
            * np.exp(np.minimum((r + x) * np.log((alpha + age) / (alpha + t)), 300))
        )
    alive = 1 / (1 + np.where(x > 0, odds, 0))
    return np.asarray(alive * -np.expm1(-(r + x) * np.log1p(horizon / (alpha + age))))


def _customers(w: Window) -> tuple[Reals, Reals, Reals]:
    return w.seen.n - 1.0, w.seen.age - w.seen.silence, w.seen.age


def _likelihood(r: float, alpha: float, a: float, b: float, x: Reals, t: Reals, age: Reals) -> Reals:
    start = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    going = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
    gone = betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + t)
    return np.asarray(start + logsumexp([going, np.where(x > 0, gone, -np.inf)], axis=0))


def hawkes(test: Window, train: Sequence[Window], horizon: float) -> Reals:
    """Contact excites contact on three time scales over a base rate: p = 1 - exp(-compensator of H days)."""

    def parts(w: Window) -> Reals:
        rate = (w.seen.n + 0.5) / (w.seen.age + 30)
        return np.stack(
            (np.ones_like(rate), rate * horizon, *(w.seen.counters * -np.expm1(-horizon / SPANS)[:, None]))
        )

    x = np.concatenate([parts(w) for w in train], axis=1)
    y = np.concatenate([w.touched(horizon) for w in train])

    def loss(logs: Reals) -> tuple[float, Reals]:
        w = np.exp(np.clip(logs, -12, 5))
        z = np.clip(w @ x, 1e-9, 500)
        slope = np.where(y, -1 / np.expm1(z), 1.0)
        return float(np.where(y, -np.log(-np.expm1(-z)), z).mean()), (x * slope).mean(axis=1) * w

    found = minimize(loss, np.full(5, -2.0), jac=True, method="L-BFGS-B").x
    return np.asarray(-np.expm1(-np.minimum(np.exp(np.clip(found, -12, 5)) @ parts(test), 600)))


def boosting(test: Window, train: Sequence[Window], horizon: float, without: Sequence[int] = ()) -> Reals:
    """scikit-learn's histogram gradient boosting on the 29 features, or on some of them."""
    x = np.concatenate([w.features for w in train])
    y = np.concatenate([w.touched(horizon) for w in train])
    some = np.random.default_rng(1).permutation(len(x))[:MOST_ROWS]
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=1.0,
        random_state=1,
    )
    x, here = (np.delete(features, without, axis=1) for features in (x[some], test.features))
    return np.asarray(model.fit(x, y[some]).predict_proba(here)[:, 1])


def boosting_of_a_book(test: Window, train: Sequence[Window], horizon: float) -> Reals:
    """Boosting on the 27 features that one owner's book can hold: nothing of the alter's other ties."""
    return boosting(test, train, horizon, ALTERS_OTHERS)

"""Are the shipped coefficients right for friends? Those of *slow* and *even*, as other networks tell them.

``python -m benchmarks.shipped``: the development networks beside the project where they are, simulated ones
and those of `benchmarks.rhythm.kinds`. All other coefficients stay as they are; each network weighs alike. A
row says how well a network is forecast without the four, by what the others say of them, and as shipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from amity.rhythm.chance import SHIPPED, chance, curve, design
from amity.rhythm.days import Reals
from amity.rhythm.fit import HORIZONS, fit
from benchmarks.rhythm import kinds
from benchmarks.rhythm.reading import Messages, development
from benchmarks.rhythm.scoring import sample, spread_over
from benchmarks.rhythm.simulated import simulated
from benchmarks.rhythm.windows import Window, drawn_egos, network, window

FOUR = np.array([8, 9, 13, 15])  # slow of log a, even of log a, log b and log c
HELD, FREE = 1e7, 1e-3  # precisions about the shipped values
ROWS, WEIGHT = 5000, 1500.0  # of each network: rows looked at, and how many these count for
LATER, SOON, LONG = 90, 30, 260  # days ahead where the data are longer than so many, and where not
APART, MOST = 30, 10  # days between windows, and how many
TOLD = "per-ego AUC", "log loss", "ECE"

Network = tuple[list[Window], int]  # windows, latest first, and how far ahead each can be seen


def inputs() -> Iterator[tuple[str, Messages, tuple[int, int] | None]]:
    """Give each network with its name and the days on which it is dense."""
    yield from development()
    for seed in (1, 2):
        yield f"simulated, seed {seed}", simulated(seed), None
    made = kinds.even, kinds.campus, kinds.projects, kinds.appointments, kinds.bursts
    for kind in (*made, kinds.friends, kinds.friends_with_appointments):
        yield kind.__name__.replace("_", " "), kind(5), None
    yield "friends who last", kinds.friends_who_last(9), None


def looked_at(messages: Messages, dense: tuple[int, int] | None) -> Network:
    """Give up to ten windows of a network, a month apart."""
    net = network(messages, dense)
    first, last = int(net.day.min()), int(net.day.max())
    ahead = LATER if last - first > LONG else SOON
    windows = []
    for at, cut in enumerate(range(last + 1 - ahead, first, -APART)[:MOST]):
        if cut - first < (2 * APART if at else APART):
            break
        if (one := window(net, cut, drawn_egos(net, cut))) is not None:
            windows.append(one)
    return windows, ahead


def fitted(networks: Iterable[Network]) -> Reals:
    """Fit the four coefficients on some networks."""
    parts = [_rows(*one) for one in networks]
    x, silence, touched, weights = (np.concatenate(rows, axis=-1) for rows in zip(*parts, strict=True))
    ridge = np.full(len(SHIPPED), HELD)
    ridge[FOUR] = FREE
    return fit(x, silence, touched, weights, ridge)[0]


def _rows(windows: list[Window], ahead: int) -> tuple[Reals, Reals, Reals, Reals]:
    x = np.concatenate([design(w.seen, w.lg, w.pace) for w in windows], axis=1)
    silence = np.concatenate([w.seen.silence for w in windows])
    touched = np.concatenate([[w.touched(h) for h in HORIZONS] for w in windows], axis=1)
    some = np.random.default_rng(3).permutation(len(silence))[:ROWS]
    closed = (ahead >= HORIZONS)[:, None]
    weights = np.repeat(closed / closed.mean() * WEIGHT / len(some), len(some), axis=1)
    return x[:, some], silence[some], touched[:, some], weights


def figures(windows: list[Window], ahead: int, by: Reals) -> list[float]:
    """Give the means over two windows, two months apart, and horizons."""
    found = []
    for w in windows[:4:2]:
        for h in (30.0, 90.0)[: 1 + (ahead == LATER)]:
            p = chance(curve(w.seen, w.lg, w.pace, by), w.seen.silence, h)
            told = spread_over(sample(w.ego, w.touched(h)), p, p)
            found.append([told[metric][0] for metric in TOLD])
    return np.mean(found, axis=0).tolist()


def main() -> None:
    """Fit and print."""
    networks = {name: looked_at(messages, dense) for name, messages, dense in inputs()}
    without = SHIPPED.copy()
    without[FOUR] = 0
    print("| left out | " + " | ".join(f"{metric}: without, left out, shipped" for metric in TOLD) + " |")
    print("| --- |" + " --- |" * len(TOLD))
    rows = []
    for name, one in networks.items():
        others = [other for at, other in networks.items() if at != name]
        rows.append([figures(*one, by) for by in (without, fitted(others), SHIPPED)])
        _say(name, rows[-1])
    _say("mean", np.mean(rows, axis=0).tolist())
    print("\nfitted on all", fitted(networks.values())[FOUR].round(2), "shipped", SHIPPED[FOUR])


def _say(name: str, found: list[list[float]]) -> None:
    cells = (", ".join(f"{value:.3f}" for value in told) for told in zip(*found, strict=True))
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()

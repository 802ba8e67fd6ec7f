"""Do the words of a tie's standing tell who will be in touch, and would other limits tell more?

``python -m benchmarks.standing``: the development networks beside the project where they are, and simulated
ones. First the share of each standing's ties that were in touch within 90 days of a cut; then how many bits a
tie the words tell of that, as they are and with one limit moved at a time (the mutual information of word and
outcome; ties of three days or more, as a new spark has no rhythm yet). Cuts lie 30 days apart.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.standing import (
    DORMANT,
    DRIFTING,
    FRIENDS_FROM,
    GROWING,
    GROWS,
    NAMES,
    NEW_SPARK,
    OLD_ENOUGH,
    SHRINKS,
    STEADY,
    growth,
    standing,
)
from benchmarks.rhythm import __main__ as rhythm
from benchmarks.rhythm.windows import Window, network, window

LATER, APART, CUTS, LEAST_PAST = 90, 30, 4, 60  # days, days, cuts, days of history before a cut
MEDIAN_GAP = 9  # of a window's features
WORDS = NEW_SPARK, GROWING, STEADY, DRIFTING, DORMANT


class Limits(NamedTuple):
    """Where one standing ends and the next begins; the defaults are what ships."""

    drifting_days: float = 30
    drifting_rhythms: float = 2.5
    shrinks: float = SHRINKS
    old_enough: float = OLD_ENOUGH
    grows: float = GROWS
    dormant_days: float = 180
    dormant_rhythms: float = 4


TRIED = {
    "drifting_days": (14, 21, 45, 60),
    "drifting_rhythms": (1.5, 2, 3, 4),
    "shrinks": (-0.5, -1, -1.5),
    "old_enough": (100, 150, 300),
    "grows": (0.5, 0.75, 1.25, 1.5, 2),
    "dormant_days": (120, 150, 240, 365),
    "dormant_rhythms": (3, 5, 6),
}


def rhythms(w: Window) -> Reals:
    """Each tie's rhythm in days as standing takes it: exp(lg), or the own median gap if that is longer."""
    return np.fmax(np.exp(w.lg), np.nan_to_num(w.features[:, MEDIAN_GAP]))


def words(w: Window, by: Limits) -> Ints:
    """The standing of each tie by some limits."""
    z, r, silence = growth(w.seen), rhythms(w), w.seen.silence
    found = np.where(z > by.grows, GROWING, STEADY)
    found[(z < by.shrinks) & (w.seen.age >= by.old_enough)] = DRIFTING
    found[silence > np.maximum(by.drifting_days, by.drifting_rhythms * r)] = DRIFTING
    found[silence > np.maximum(by.dormant_days, by.dormant_rhythms * r)] = DORMANT
    found[w.seen.n < FRIENDS_FROM] = NEW_SPARK
    return found


def bits(told: Ints, touched: Flags) -> float:
    """What the words tell of the outcome, in bits a tie."""
    known = told != NEW_SPARK
    told, touched = told[known], touched[known]
    of_each = [(told == word).mean() * _entropy(touched[told == word].mean()) for word in np.unique(told)]
    return _entropy(touched.mean()) - float(sum(of_each))


def _entropy(share: float) -> float:
    parts = np.array([share, 1 - share])
    parts = parts[parts > 0]
    return float(-(parts * np.log2(parts)).sum())


def windows() -> Iterator[tuple[str, int, Window]]:
    """Give network, days before the last cut, and the ties there."""
    asked = argparse.Namespace(files=[], dense=None)
    for name, messages, how in rhythm.inputs(asked):
        net = network(messages, how.dense)
        last = int(net.day.max()) + 1 - LATER
        for back in range(0, CUTS * APART, APART):
            found = window(net, last - back) if last - back - net.day.min() >= LEAST_PAST else None
            if found:
                yield name, back, found


def main() -> None:
    """Measure and print."""
    ties = list(windows())
    print("Share in touch within 90 days, of so many ties\n")
    print("| network, days before the last cut | " + " | ".join(NAMES[word] for word in WORDS) + " |")
    print("| --- |" + " --- |" * len(WORDS))
    for name, back, w in ties:
        told, touched = words(w, Limits()), w.touched(LATER)
        if (told != standing(w.seen, rhythms(w), np.ones(len(told), np.bool_))).any():
            raise AssertionError("These limits are not those that ship.")
        of_each = [touched[told == word] for word in WORDS]
        shares = [f"{of.mean():.2f} of {len(of):,}" if len(of) else "none" for of in of_each]
        print(f"| {name}, {back} | " + " | ".join(shares) + " |")
    names = list(dict.fromkeys(name for name, _back, _w in ties))
    print("\nBits a tie that the words tell of it, mean over cuts\n")
    print("| limits | " + " | ".join(names) + " |\n| --- |" + " --- |" * len(names))
    moved = {f"{limit} {value:g}": {limit: value} for limit, values in TRIED.items() for value in values}
    for said, change in {"as shipped": {}, **moved}.items():
        told = {name: [] for name in names}
        for name, _back, w in ties:
            told[name].append(bits(words(w, Limits(**change)), w.touched(LATER)))
        print(f"| {said} | " + " | ".join(f"{np.mean(told[name]):.3f}" for name in names) + " |")


if __name__ == "__main__":
    main()

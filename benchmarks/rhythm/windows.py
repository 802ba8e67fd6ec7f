"""Ties and windows: who had been in touch by a cut, and who was in the days after it.

A pair of people makes two ties, one for each as the ego. A tie is looked at when the two had at least two
days in touch before the cut; its label is any day in touch within the H days from the cut on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.rhythm.days import Flags, Ints, Reals
from amity.rhythm.own import own_rhythm, owner_mean, pace
from amity.rhythm.state import Seen, States, build, read
from amity.ties.mutual import median_gap
from benchmarks.rhythm.reading import Messages

MASS, EARLIER = 10, 2  # people a mail may have; days in touch before the cut
MOST_TIES = 150_000
RECENT = np.array([7, 14, 30, 60, 90, 180])
ALTERS_OTHERS = 23, 25  # of the features: how many the alter is in touch with, and how often


@dataclass(frozen=True)
class Network:
    """Days in touch of pairs, sorted by pair and day; (rows,) unless said otherwise."""

    low: Ints  # (pairs,) people
    high: Ints
    pair: Ints
    day: Ints
    upward: Flags  # low wrote to high on that day
    downward: Flags


@dataclass(frozen=True)
class Window:
    """Ties as they stood on the eve of a cut, (ties,)."""

    cut: int
    ego: Ints  # numbered from 0
    person: Ints  # who the ego is, the same number in every window
    states: States
    seen: Seen
    lg: Reals
    pace: Reals
    next: Reals  # days until the next contact, inf if the data end before
    features: Reals  # (ties, 29)

    def touched(self, horizon: float) -> Flags:
        """Whether the two were in touch within H days."""
        return self.next <= horizon


def network(messages: Messages, dense: tuple[int, int] | None = None) -> Network:
    """Make days in touch of messages, without those one person sent to more than ten at once."""
    kept = _personal(messages)
    source, target = messages.source[kept], messages.target[kept]
    day = np.floor(messages.at[kept]).astype(np.int64)
    if dense:
        inside = (day >= dense[0]) & (day <= dense[1])
        source, target, day = source[inside], target[inside], day[inside]
    if not len(day):
        return Network(*(np.zeros(0, np.int64),) * 4, *(np.zeros(0, np.bool_),) * 2)
    low, high, first = np.minimum(source, target), np.maximum(source, target), int(day.min())
    pairs, pair = np.unique(low * (int(high.max()) + 1) + high, return_inverse=True)
    span = int(day.max()) - first + 1
    rows, row = np.unique(pair * span + day - first, return_inverse=True)
    upward = np.bincount(row, source < target, len(rows)) > 0
    downward = np.bincount(row, source > target, len(rows)) > 0
    people = int(high.max()) + 1
    return Network(pairs // people, pairs % people, rows // span, rows % span + first, upward, downward)


def _personal(messages: Messages) -> Flags:
    """Messages whose sender wrote to at most ten people at that very time (never where times are days)."""
    if not len(messages.at) or (messages.at == np.floor(messages.at)).all():
        return np.ones(len(messages.at), np.bool_)
    _, when = np.unique(messages.at, return_inverse=True)
    at = messages.source * (int(when.max()) + 1) + when
    _, sent = np.unique(at, return_inverse=True)
    once = np.unique(sent * (int(messages.target.max()) + 1) + messages.target)
    return np.asarray((np.bincount(once // (int(messages.target.max()) + 1)) <= MASS)[sent])


def drawn_egos(net: Network, cut: int) -> Flags:
    """Draw egos at random where there are more ties than the benchmark looks at, (people,)."""
    pairs = len(np.unique(net.pair[net.day < cut]))
    people = int(max(net.low.max(), net.high.max())) + 1
    return np.random.default_rng(1).random(people) < MOST_TIES / max(2 * pairs, 1)


def window(net: Network, cut: int, egos: Flags | None = None) -> Window | None:
    """Look at all ties on the eve of a cut, or at those of some egos; None when there is none."""
    before = net.day < cut
    size = len(net.low)
    pairs = build(net.pair[before], net.day[before], size)
    kept = np.flatnonzero(pairs.n >= EARLIER)
    place = np.concatenate((kept, kept))
    who = np.concatenate((net.low[kept], net.high[kept]))
    if egos is not None:
        place, who = place[egos[who]], who[egos[who]]
    if not len(who):
        return None
    _, ego = np.unique(who, return_inverse=True)
    states = taken(pairs, place)
    seen = read(states, cut - 1)
    lg, now = own_rhythm(states, owner_mean(states, ego)), pace(seen, ego)
    after = np.full(size, np.inf)
    later = net.day >= cut
    np.minimum.at(after, net.pair[later], net.day[later] - (cut - 1.0))
    features = _features(net, cut, pairs, place, who, ego, seen, lg, now)
    return Window(cut, ego, who, states, seen, lg, now, after[place], features)


def taken(states: States, at: Ints) -> States:
    """Give the states of some ties."""
    return States(states.first[at], states.last[at], states.n[at], states.s1[at], states.counters[:, at])


def _features(  # noqa: PLR0917  (what a window is made of)
    net: Network,
    cut: int,
    pairs: States,
    place: Ints,
    who: Ints,
    ego: Ints,
    seen: Seen,
    lg: Reals,
    now: Reals,
) -> Reals:
    """(ties, 29): what a learner may look at, all from before the cut."""
    before, size = net.day < cut, len(net.low)
    pair, day = net.pair[before], net.day[before]
    first, second = net.low[place] == who, np.where(net.low[place] == who, net.high[place], net.low[place])
    counts = [np.bincount(pair[cut - day <= span], minlength=size)[place] for span in RECENT]
    up, down = (np.bincount(pair, sent[before], size)[place] for sent in (net.upward, net.downward))
    people = int(max(net.low.max(), net.high.max())) + 1
    busy, degree = (
        _by_person(net, v, people) for v in (np.bincount(pair[cut - day <= 30], minlength=size), pairs.n > 0)
    )
    n, silence = seen.n.astype(float), seen.silence
    mine = np.bincount(ego, n)[ego]
    same = pair[1:] == pair[:-1]
    gap, of = np.diff(day)[same], pair[1:][same]
    last_gap = np.zeros(size)
    last_gap[of] = gap
    squares = np.bincount(of, np.log(gap) ** 2, size)[place]
    mean = np.bincount(of, np.log(gap), size)[place] / (n - 1)
    order = np.lexsort((silence, ego))
    rank = np.empty(len(ego))
    rank[order] = np.arange(len(ego)) - np.searchsorted(ego[order], ego[order])
    columns = [
        *seen.counters, silence, seen.age, n, lg, mean, np.sqrt(np.maximum(squares / (n - 1) - mean**2, 0)),
        median_gap(pair, day, size)[place], last_gap[place], silence / np.exp(lg), n / (seen.age + 1),
        np.where(first, up, down) / n, np.where(first, down, up) / n, *counts, now,
        degree[who], degree[second], busy[who], busy[second], rank, n / mine,
        seen.counters[1] / (seen.counters[2] + 0.5),
    ]  # fmt: skip
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _by_person(net: Network, values: Ints | Flags, people: int) -> Reals:
    return np.bincount(net.low, values, people) + np.bincount(net.high, values, people)

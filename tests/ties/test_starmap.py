from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amity.ties.starmap import AIR, label_box, labels, layout, near

NO_PAIRS = np.zeros((0, 2), np.int64)


def cross(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_the_distance_from_the_centre_is_kept_and_the_same_sky_looks_the_same():
    radius, size = np.array([100.0, 200.0, 300.0]), np.full(3, 5.0)
    pairs = np.array([[0, 2]])

    places = layout(radius, size, pairs)

    assert np.allclose(np.hypot(*places.T), radius)
    assert np.array_equal(places, layout(radius, size, pairs))
    assert layout(np.array([]), np.array([]), NO_PAIRS).shape == (0, 2)


def test_those_who_know_each_other_stand_side_by_side():
    groups, each = 6, 20
    radius = np.linspace(100, 400, groups * each)
    of = np.arange(groups * each) % groups
    pairs = np.array(
        [pair for group in range(groups) for pair in combinations(np.flatnonzero(of == group), 2)]
    )

    places = layout(radius, np.full(len(radius), 3.0), pairs)
    directions = places / radius[:, None]
    within = [np.hypot(*directions[of == group].mean(axis=0)) for group in range(groups)]

    assert min(within) > 0.8


def test_stars_do_not_touch():
    draw = np.random.default_rng(1)
    radius, size = 460 * np.sqrt(draw.uniform(0.05, 1, 300)), draw.uniform(3.5, 9.5, 300)

    places = layout(radius, size, NO_PAIRS)
    one, other = near(places, 2 * size.max() + AIR)
    gaps = np.hypot(*(places[one] - places[other]).T) - size[one] - size[other]

    assert (gaps < 0).sum() <= 3  # of 44,850 pairs, where a circle is too full to part everybody


@given(st.lists(st.tuples(st.integers(-90, 90), st.integers(-90, 90)), max_size=40), st.integers(1, 30))
def test_near_gives_every_close_pair_once(points, reach):
    places = np.array(points, np.float64).reshape(-1, 2)

    found = sorted(
        (min(pair), max(pair)) for pair in zip(*(side.tolist() for side in near(places, reach)), strict=True)
    )

    close = {
        (a, b) for a, b in combinations(range(len(points)), 2) if np.hypot(*(places[a] - places[b])) < reach
    }
    assert len(found) == len(set(found))
    assert close <= set(found)


@given(st.lists(st.tuples(st.integers(-200, 200), st.integers(-200, 200)), unique=True, max_size=40))
def test_no_name_crosses_another_or_a_star(points):
    places, size = np.array(points, np.float64).reshape(-1, 2), np.full(len(points), 4.0)
    names = [f"Name{at}" for at in range(len(points))]

    placed = labels(places, size, names, letters=12)

    boxes = [label_box(label, name, 12) for label, name in zip(placed, names, strict=True) if label]
    stars = [(x - 4, y - 4, x + 4, y + 4) for x, y in places.tolist()]
    assert not any(cross(a, b) for a, b in combinations(boxes, 2))
    assert not any(cross(a, b) for a in boxes for b in stars)


def test_three_hundred_friends_are_mostly_named():
    draw = np.random.default_rng(2)
    radius, size = 460 * np.sqrt(draw.uniform(0.05, 1, 300)), np.full(300, 5.0)
    names = ["Anneliese", "Bo", "Chidi", "Dana", "Efua"] * 60

    placed = labels(layout(radius, size, NO_PAIRS), size, names, letters=12)

    assert sum(label is not None for label in placed) >= 200

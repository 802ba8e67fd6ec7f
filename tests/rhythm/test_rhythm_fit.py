"""Coefficients are found again where the truth is known."""

import numpy as np

from amity.rhythm.chance import SHIPPED, Curve, curve, design, exponent
from amity.rhythm.fit import HORIZONS, fit, leanings
from amity.rhythm.own import own_rhythm, owner_mean
from amity.rhythm.state import build, read
from rhythm_cast import wait

FIRST, LAST = np.eye(17)[0], np.eye(17)[16]


def by_design(x):
    """The shipped curve of rows of `design`."""
    return Curve(*(np.exp(SHIPPED[part] @ x[part]) for part in (slice(10), slice(10, 14), slice(14, 16))))


def resolved(truth, people, seed):
    """A simulated book whose waits follow `truth`: design, silence, touched and equal weights."""
    rng = np.random.default_rng(seed)
    rhythm, times = np.exp(rng.normal(np.log(21), 0.9, people)), rng.integers(2, 30, people)
    ties = np.repeat(np.arange(people), times)
    ends = np.cumsum(np.ceil(rhythm[ties] * np.exp(rng.normal(0, 1, len(ties)))))
    silence = np.round(rhythm * rng.exponential(1, people))
    states = build(ties, (ends - ends[np.cumsum(times) - 1][ties] - silence[ties]).astype(np.int64))
    seen, lg, pace = read(states, 0), own_rhythm(states, owner_mean(states)), rng.normal(0, 0.5, people)
    waits = wait(curve(seen, lg, pace, truth), seen.silence, rng.random(people))
    return design(seen, lg, pace), seen.silence, waits <= HORIZONS[:, None], np.ones(people)


# What a book differs by in its seventeen coefficients, and less of it.
OF_A, OF_B = [0.4, 0.05, -0.1, 0.15, -0.1, 0.2, -0.2, 0.1, -0.3, 0.3], [-0.3, 0.1, 0.05, 0.3]
FAR = np.array([*OF_A, *OF_B, 0.15, -0.3, -0.1])
NEAR = np.array([0.3, 0, 0, 0.1, 0, 0.1, 0, 0, 0.1, 0, 0, 0.05, 0, 0.1, 0.1, 0, 0])


def test_all_seventeen_coefficients_are_found_within_four_errors():
    truth = SHIPPED + FAR

    found, errors = fit(*resolved(truth, 20_000, seed=1), ridge=1e-3)

    assert (np.abs(found - truth) < 4 * errors).all()
    assert (errors < 0.6).all()


def test_intervals_of_two_errors_hold_the_truth_about_nineteen_times_in_twenty():
    truth = SHIPPED + NEAR
    fits = [fit(*resolved(truth, 3000, seed), ridge=1e-3) for seed in range(20)]

    inside = np.mean([np.abs(found - truth) < 1.96 * errors for found, errors in fits])

    assert 0.9 < inside <= 1


def test_each_owners_level_and_bend_are_found_and_a_new_owners_stay_where_they_ship():
    truths = np.array([[0.5, -0.5], [0.3, -0.2]])
    leaning = SHIPPED + np.stack([offset * np.exp(-bend) * FIRST + bend * LAST for offset, bend in truths.T])
    books = [resolved(truth, 4000, seed=3 + at) for at, truth in enumerate(leaning)]
    x, silence, touched, weights = (np.concatenate(rows, axis=-1) for rows in zip(*books, strict=True))
    z = exponent(by_design(x), silence, HORIZONS[:, None])

    both = leanings(z, touched, weights, np.repeat([0, 1], 4000))
    few = leanings(z[:, :3], touched[:, :3], weights[:3], np.full(3, 1))
    level = leanings(z, touched, weights, np.repeat([0, 1], 4000), np.array([8, 1e12]))

    np.testing.assert_allclose(both, truths, atol=0.12)
    assert (few[:, 0] == 0).all()
    assert (np.abs(few[:, 1]) < 0.25).all()
    assert np.abs(level[1]).max() < 1e-6


def test_a_few_rows_move_the_two_numbers_as_their_prior_says():
    """One row of z = 1, in touch: the mode of log(1 - e^-z') - 4 o^2 - 4 log(s)^2, whose bend is 0."""
    found = leanings(np.ones((1, 1)), np.ones((1, 1), bool), np.ones(1), np.zeros(1, np.int64))[:, 0]

    offset = 0.0
    for _ in range(100):
        offset = np.exp(offset) / np.expm1(np.exp(offset)) / 8.0
    np.testing.assert_allclose(found, [offset, 0], atol=1e-9)


def test_a_handful_of_rows_hardly_moves_the_shipped_coefficients():
    x, silence, touched, weights = resolved(SHIPPED, 5, seed=4)

    found, _ = fit(x, silence, np.ones_like(touched), weights)

    assert np.abs(found - SHIPPED).max() < 0.25


def test_a_row_of_weight_two_counts_as_two_rows():
    x, silence, touched, weights = resolved(SHIPPED, 200, seed=5)

    doubled, _ = fit(x, silence, touched, weights + (np.arange(200) < 100))
    repeated, _ = fit(
        *(np.concatenate((rows, rows[..., :100]), axis=-1) for rows in (x, silence, touched, weights))
    )

    np.testing.assert_allclose(doubled, repeated, atol=1e-6)


def test_nothing_warns_while_fitting_the_unlikely():
    with np.errstate(all="raise"):
        x, silence, touched, weights = resolved(SHIPPED, 300, seed=6)
        for outcome in (np.ones_like(touched), np.zeros_like(touched)):
            assert np.isfinite(fit(x, silence, outcome, weights)[0]).all()

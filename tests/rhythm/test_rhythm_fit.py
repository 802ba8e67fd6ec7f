"""Coefficients are found again where the truth is known."""

import numpy as np

from amity.rhythm.chance import SHIPPED, curve, design, survival, wait
from amity.rhythm.fit import HORIZONS, fit, offsets
from amity.rhythm.own import own_rhythm, owner_mean
from amity.rhythm.state import build, read


def resolved(truth, people, seed):
    """A simulated book whose waits follow `truth`: design, silence, touched and equal weights."""
    rng = np.random.default_rng(seed)
    rhythm, times = np.exp(rng.normal(np.log(21), 0.9, people)), rng.integers(2, 30, people)
    ties = np.repeat(np.arange(people), times)
    ends = np.cumsum(np.ceil(rhythm[ties] * np.exp(rng.normal(0, 1, len(ties)))))
    silence = np.round(rhythm * rng.exponential(1, people))
    states = build(ties, (ends - ends[np.cumsum(times) - 1][ties] - silence[ties]).astype(np.int64))
    seen, lg, pace = read(states, 0), own_rhythm(states, owner_mean(states)), rng.normal(0, 0.5, people)
    waits = wait(*curve(seen, lg, pace, truth), seen.silence, rng.random(people))
    return design(seen, lg, pace), seen.silence, waits <= HORIZONS[:, None], np.ones(people)


def test_all_nine_coefficients_are_found_within_four_errors():
    truth = SHIPPED + np.array([0.4, 0.05, -0.1, 0.15, -0.1, 0.2, -0.3, 0.1, 0.05])

    found, errors = fit(*resolved(truth, 20_000, seed=1), ridge=1e-3)

    assert (np.abs(found - truth) < 4 * errors).all()
    assert (errors < 0.35).all()


def test_intervals_of_two_errors_hold_the_truth_about_nineteen_times_in_twenty():
    truth = SHIPPED + np.array([0.3, 0, 0, 0.1, 0, 0.1, 0, 0.05, 0])
    fits = [fit(*resolved(truth, 3000, seed), ridge=1e-3) for seed in range(20)]

    inside = np.mean([np.abs(found - truth) < 1.96 * errors for found, errors in fits])

    assert 0.9 < inside <= 1


def test_each_owners_pace_is_found_from_a_few_hundred_rows_and_a_new_owners_stays_where_it_ships():
    truths = [0.5, -0.5]
    books = [
        resolved(SHIPPED + truth * (np.arange(9) == 0), 400, seed=3 + at) for at, truth in enumerate(truths)
    ]
    x, silence, touched, weights = (np.concatenate(rows, axis=-1) for rows in zip(*books, strict=True))
    a, b = np.exp(SHIPPED[:6] @ x[:6]), np.exp(SHIPPED[6:] @ x[6:])
    z = -np.log(survival(a, b, silence, HORIZONS[:, None]))

    both = offsets(z, touched, weights, np.repeat([0, 1], 400))
    few = offsets(z[:, :3], touched[:, :3], weights[:3], np.full(3, 1))

    np.testing.assert_allclose(both, truths, atol=0.2)
    assert (few[0], abs(few[1]) < 0.25) == (0, True)


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

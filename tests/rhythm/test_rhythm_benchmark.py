"""The open benchmark reads what others publish, and refuses what it cannot tell."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.rhythm import ours
from benchmarks.rhythm.reading import Unreadable, read
from benchmarks.rhythm.scoring import per_ego_auc, sample
from benchmarks.rhythm.simulated import simulated
from benchmarks.rhythm.windows import network, window

DAY = 86_400
EPOCH = 14_700 * DAY
FORMS = {
    "SNAP": "# a b time\n1 2 {0}\n2 1 {1}\n1 3 {1}\n",
    "weight first": "% sym\n1 2 1 {0}\n2 1 1 {1}\n1 3 1 {1}\n",
    "comma": "from,to,time\n1,2,{0}\n2,1,{1}\n1,3,{1}\n",
    "time first": "{0} 1 2\n{1} 2 1\n{1} 1 3\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", ["seconds", "milliseconds", "year zero"])
def test_the_time_is_found_wherever_it_stands_and_whatever_it_counts(tmp_path, form, unit):
    times = {"seconds": 0, "milliseconds": 0, "year zero": 62_167_219_200}[unit]
    at = [(EPOCH + days * DAY + times) * (1000 if unit == "milliseconds" else 1) for days in (0, 3)]
    (tmp_path / "net").write_text(FORMS[form].format(*at))

    found = read(tmp_path / "net")

    assert (found.source.tolist(), found.target.tolist()) == ([0, 1, 0], [1, 0, 2])
    np.testing.assert_allclose(found.at, [14_700, 14_703, 14_703])


def test_two_columns_of_times_are_refused_in_one_sentence_until_one_is_named(tmp_path):
    (tmp_path / "net").write_text(f"1 2 {EPOCH} {EPOCH + 5}\n1 2 {EPOCH + DAY} {EPOCH + 9}\n")

    with pytest.raises(Unreadable, match="Columns 2, 3 all look like times in net; say which"):
        read(tmp_path / "net")

    assert read(tmp_path / "net", column=2).at.tolist() == [14_700, 14_701]


def test_mail_to_more_than_ten_people_is_dropped(tmp_path):
    crowd = [f"1 {to} {EPOCH + 7}" for to in range(2, 13)]
    (tmp_path / "net").write_text("\n".join([*crowd, f"1 2 {EPOCH + DAY}"]))

    assert network(read(tmp_path / "net")).day.tolist() == [14_701]


def test_a_tie_is_an_ego_and_an_alter_with_two_days_before_the_cut_and_nothing_after_it_is_seen(tmp_path):
    days = {"1 2": (0, 5, 12), "1 3": (0, 20), "2 3": (1, 2)}
    lines = [f"{pair} {EPOCH + day * DAY + 1}" for pair, when in days.items() for day in when]
    (tmp_path / "net").write_text("\n".join(lines))

    seen = window(network(read(tmp_path / "net")), 14_710)

    assert (seen.next.tolist(), seen.seen.silence.tolist()) == ([3, np.inf, 3, np.inf], [4, 7, 4, 7])
    assert seen.features.shape == (4, 29)


def test_auc_is_taken_within_each_ego_and_equal_scores_count_half():
    who = sample(np.array([0, 0, 0, 1, 1, 2]), np.array([True, False, False, True, False, True]))

    np.testing.assert_equal(per_ego_auc(who, np.array([2.0, 1, 2, 0, 3, 1])), [0.75, 0.0, np.nan])


@pytest.mark.parametrize("learner", [ours.with_offsets, ours.fitted])
def test_what_happens_after_the_cut_teaches_nothing(learner):
    net, cut = network(simulated(3, people=25, days=120)), 110
    test, *past = (window(net, at) for at in (cut, 101, 94, 87, 80))
    unseen = [replace(w, next=np.where(w.next > cut - w.cut, np.inf, w.next)) for w in past]

    answer = learner(test, past, 30)

    np.testing.assert_array_equal(answer, learner(test, unseen, 30))
    assert np.abs(answer - ours.shipped(test, 30)).max() > 0.01


def test_a_level_is_how_far_all_ties_together_lie_above_the_shipped_curve():
    w = window(network(simulated(3, people=25, days=120)), 80)
    chance = ours.shipped(w, 30)
    drawn = np.random.default_rng(1).random((200, len(chance))) < 1 - (1 - chance) ** np.exp(0.4)

    levels = [ours.level(replace(w, next=np.where(touched, 1.0, np.inf)), 30) for touched in drawn]

    assert abs(np.mean(levels) - 0.4) < 0.02


def test_a_regime_changes_when_the_level_moves_twice_as_far_as_it_used_to():
    before = [0.3, 0.5, 0.2, 0.3, 0.4]

    said = [ours.regime([now, *before]) for now in (-0.2, 0.1)] + [ours.regime(before[:4])]

    assert said == [
        "changes: level moved -0.50, usually 0.19",
        "steady: level moved -0.20, usually 0.19",
        "past too short to tell a change",
    ]

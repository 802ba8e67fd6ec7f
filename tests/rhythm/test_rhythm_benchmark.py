"""The open benchmark reads what others publish, and refuses what it cannot tell."""

import bz2
import gzip
import runpy
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from benchmarks import shipped
from benchmarks.rhythm import kinds, ours
from benchmarks.rhythm.reading import Unreadable, read
from benchmarks.rhythm.scoring import per_ego_auc, sample
from benchmarks.rhythm.simulated import simulated
from benchmarks.rhythm.windows import network, window

from amity.rhythm.chance import SHIPPED

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


def written(folder, text, encoding="utf-8"):
    (folder / "net").write_bytes(text.encode(encoding))
    return folder / "net"


SORTED_BY_SENDER = {
    "as many days as people": [
        (a, (a * 7 + k * 3) % 40, (k * 11 + a) % 40) for a in range(40) for k in range(9)
    ],
    "days apart from people": [
        (a, (a * 7 + k) % 40, 500 + (k * 37) % 90) for a in range(40) for k in range(9)
    ],
    "few senders": [(a, (a * 7 + k) % 90, (k * 37) % 90) for a in range(5) for k in range(90)],
    "things with many numbers": [(a, k * 7919 % 5003, k * 37 % 90) for a in range(9) for k in range(90)],
    "a weight between": [
        (a, (a * 7 + k) % 40, 1 + k % 2, (k * 37) % 90) for a in range(40) for k in range(9)
    ],
}


@pytest.mark.parametrize("kind", SORTED_BY_SENDER)
def test_a_list_sorted_by_sender_is_no_list_sorted_by_time(tmp_path, kind):
    rows = SORTED_BY_SENDER[kind]
    net = written(tmp_path, "\n".join(" ".join(map(str, row)) for row in rows))
    everywhere = ", ".join(map(str, range(len(rows[0]))))

    with pytest.raises(Unreadable, match=f"Columns {everywhere} could each be the time in net; say which"):
        read(net)

    found, kept = read(net, column=len(rows[0]) - 1), [row for row in rows if row[0] != row[1]]
    assert found.at.tolist() == [row[-1] for row in kept]


def test_a_matrix_sorted_by_recipient_is_no_list_sorted_by_time(tmp_path):
    rows = [f"{(b * 7 + k * 3) % 40} {b} 1 {(k * 11 + b) % 40}" for b in range(40) for k in range(9)]

    with pytest.raises(Unreadable, match="Columns 0, 1, 3 could each be the time in net; say which"):
        read(written(tmp_path, "\n".join(rows)))


@pytest.mark.parametrize("form", ["{t} {a} {b}", "{a} {b} {t}", "{a} {b} 1 {t}", "{t} anna{a} anna{b}"])
def test_a_counter_of_time_is_found_where_nothing_else_can_be_it(tmp_path, form):
    rows = [{"t": 900 + 20 * k, "a": (k * 7) % 11, "b": (k * 5 + 1) % 11} for k in range(60)]
    rows = [row for row in rows if row["a"] != row["b"]]

    found = read(written(tmp_path, "\n".join(form.format(**row) for row in rows)))

    assert found.at.tolist() == [row["t"] for row in rows]


@pytest.mark.parametrize("blank", [" ", "  \t"])
def test_a_counter_of_seconds_in_no_order_is_the_last_of_three_by_far_the_widest(tmp_path, blank):
    rows = [(k % 7, (k * 3 + 1) % 11, (k * 7919) % 100_003) for k in range(60) if k % 7 != (k * 3 + 1) % 11]

    found = read(written(tmp_path, "\n".join(blank.join(map(str, row)) for row in rows)))

    np.testing.assert_allclose(found.at * DAY, [row[2] for row in rows])


AT_TIMES = {
    "names with blanks": "Anna Kowalska 3,Jan Nowak 5,{0}\nJan Nowak 5,Anna Kowalska 3,{1}\n"
    "Anna Kowalska 3,Ola,{1}",
    "names with tabs between": "Anna Kowalska\tJan Nowak\t{0}\nJan Nowak\tAnna Kowalska\t{1}\n"
    "Anna Kowalska\tOla\t{1}",
    "quoted names with commas": '"Kowalska, Anna","Nowak, Jan",{0}\n"Nowak, Jan","Kowalska, Anna",{1}\n'
    '"Kowalska, Anna",Ola,{1}',
    "quoted names with blanks between": '"Anna K" "Jan N" {0}\n"Jan N" "Anna K" {1}\n"Anna K" "Ola" {1}',
    "blanks after commas": "1, 2, {0}\n2, 1, {1}\n1, 3, {1}",
    "blanks and tabs": "1 2\t1\t{0}\n2 1\t1\t{1}\n1 3\t1\t{1}",
    "header with tabs": "from\tto\ttime\n1\t2\t{0}\n2\t1\t{1}\n1\t3\t{1}",
    "quoted header": '"from","to","time"\n1,2,{0}\n2,1,{1}\n1,3,{1}',
    "digits in the header": "u1,u2,time\n1,2,{0}\n2,1,{1}\n1,3,{1}",
    "hyphens in the header": "from-id,to-id,time\n1,2,{0}\n2,1,{1}\n1,3,{1}",
    "semicolons": "a;b;time\n1;2;{0}\n2;1;{1}\n1;3;{1}",
    "byte order mark and header": "\ufefffrom,to,time\n1,2,{0}\n2,1,{1}\n1,3,{1}",
    "byte order mark alone": "\ufeff1,2,{0}\n2,1,{1}\n1,3,{1}",
    "header of another language": "od,do,kiedy\n1,2,{0}\n2,1,{1}\n1,3,{1}",
    "row number": "0,1,2,{0}\n1,2,1,{1}\n2,1,3,{1}",
    "row number under a header": "id,sender,recipient,timestamp\n1,1,2,{0}\n2,2,1,{1}\n3,1,3,{1}",
    "message number under a header": "id,sender,recipient,timestamp\n77,1,2,{0}\n12,2,1,{1}\n90,1,3,{1}",
    "row number without a name": ",x,y,z\n0,1,2,{0}\n1,2,1,{1}\n2,1,3,{1}",
    "weight before people": "weight,from,to,time\n4,1,2,{0}\n4,2,1,{1}\n2,1,3,{1}",
    "recipient before sender": "time,to,from\n{0},2,1\n{1},1,2\n{1},3,1",
    "telephone numbers": "caller,callee,time\n360555001,360555002,{0}\n360555002,360555001,{1}\n"
    "360555001,360555003,{1}",
    "one weight for all": "1 2 1 {0}\n2 1 1 {1}\n1 3 1 {1}",
    "MatrixMarket": "%%MatrixMarket matrix coordinate real general\n% made by hand\n40 40 3\n"
    "1 2 1 {0}\n2 1 1 {1}\n1 3 1 {1}",
}


@pytest.mark.parametrize("form", AT_TIMES)
def test_people_and_times_are_told_from_headers_numbers_and_delimiters(tmp_path, form):
    found = read(written(tmp_path, AT_TIMES[form].format(EPOCH, EPOCH + 3 * DAY)))

    assert (found.at.tolist(), found.notes) == ([14_700, 14_703, 14_703], ())
    assert (found.source.tolist(), found.target.tolist()) == ([0, 1, 0], [1, 0, 2])


def test_people_numbered_one_by_one_are_no_row_numbers_where_only_a_weight_is_left(tmp_path):
    found = read(written(tmp_path, f"1 2 1 {EPOCH}\n2 3 1 {EPOCH + DAY}\n3 1 1 {EPOCH + DAY}"))

    assert (found.source.tolist(), found.target.tolist()) == ([0, 1, 2], [1, 2, 0])


@pytest.mark.parametrize("between", [",", "\t", ";", " "])
def test_a_date_keeps_its_time_of_day(tmp_path, between):
    rows = [("a", "b", "2010-01-02 17:40:10"), ("b", "a", "2010-01-03 06:00:00")]

    found = read(written(tmp_path, "\n".join(map(between.join, rows))))

    np.testing.assert_allclose(found.at * DAY % DAY, [63_610, 21_600], atol=1e-3)


def test_eight_digits_are_a_date_where_all_of_them_are(tmp_path):
    dates = read(written(tmp_path, "a,b,20040415\nb,a,20040301\na,c,20041231\n"))
    early = read(written(tmp_path, "a,b,19700102\nb,a,19710416\na,c,19700228\n"))
    counter = read(written(tmp_path, "a,b,20040415\nb,a,20040416\na,c,20040432\n"))

    assert (dates.at.tolist(), dates.notes) == ([12_523, 12_478, 12_783], ())
    assert early.at.tolist() == [1, 470, 58]
    assert counter.at.tolist() == [20_040_415, 20_040_416, 20_040_432]
    assert read(tmp_path / "net", unit="days").notes == ("times count days from an unknown day",)


def test_rows_of_another_width_or_without_a_time_are_dropped_and_counted(tmp_path):
    rows = [f"{k % 7},{k % 5 + 7},{EPOCH + k * DAY}" for k in range(3000)]
    rows[10], rows[20], rows[30], rows[40] = "1,2,NA", "1,2,", f"1,,{EPOCH}", "1,2"

    found = read(written(tmp_path, "\n".join(["from,to,time", *rows])))

    assert len(found.at) == 2996
    assert found.notes == (
        "3 rows dropped: no time, or no one",
        "1 rows dropped: not of 3 columns, as most are",
    )


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_packed_files_are_read_and_a_broken_one_is_refused(tmp_path, pack):
    packed = pack("\n".join(f"{k % 7} {k % 5 + 7} {EPOCH + k * DAY}" for k in range(300)).encode())
    (tmp_path / "net").write_bytes(packed)
    (tmp_path / "broken").write_bytes(packed[:-20])

    assert read(tmp_path / "net").at.tolist() == list(range(14_700, 15_000))
    with pytest.raises(Unreadable, match="broken cannot be read to its end"):
        read(tmp_path / "broken")


@pytest.mark.parametrize("stray", ["1e300", "-1e300", "1e18"])
@pytest.mark.parametrize("step", [1, 3600])
def test_a_time_that_cannot_be_is_dropped_from_a_counter(tmp_path, stray, step):
    rows = [f"{k % 7} {k % 5 + 7} {k * step}" for k in range(200)]
    rows[100] = f"1 8 {stray}"

    found = read(written(tmp_path, "\n".join(rows)))

    assert found.notes[1:] == ("1 rows dropped: to oneself, or at no possible time",)
    np.testing.assert_allclose(np.delete(np.arange(200.0), 100) / (24 if step > 1 else 1), found.at)
    assert len(network(found).day) > 100


def test_what_has_no_table_is_refused(tmp_path):
    for text, why in {
        "": "has no lines of",
        "one\ntwo words": "has no lines of",
        "a b c": "No column looks",
    }.items():
        with pytest.raises(Unreadable, match=why):
            read(written(tmp_path, text))
    with pytest.raises(Unreadable, match="Column 1 of net holds no times"):
        read(written(tmp_path, f"a b {EPOCH}\nb a {EPOCH + DAY}"), column=1)


@pytest.mark.parametrize("days", ["0", "-5"])
def test_a_horizon_is_at_least_one_day(monkeypatch, capsys, days):
    monkeypatch.setattr(sys, "argv", ["benchmarks.rhythm", "--horizons", days])
    monkeypatch.setitem(sys.modules, "benchmarks.rhythm.rivals", SimpleNamespace(Answer=None, answers=None))
    for library in ("OMP", "OPENBLAS"):  # the benchmark's own settings end with this test
        monkeypatch.setenv(f"{library}_NUM_THREADS", "1")

    with pytest.raises(SystemExit):
        runpy.run_module("benchmarks.rhythm", run_name="__main__")

    assert f"argument --horizons: a horizon is at least one day, not {days}\n" in capsys.readouterr().err


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


@pytest.mark.parametrize("learner", [ours.with_leanings, ours.fitted])
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


@pytest.mark.parametrize("kind", [kinds.friends, kinds.friends_with_appointments])
def test_of_friends_who_were_not_fitted_on_the_shipped_coefficients_know_more_than_without_the_four(kind):
    without = SHIPPED.copy()
    without[shipped.FOUR] = 0
    windows, ahead = shipped.looked_at(kind(1), None)

    auc, loss, _ = np.array(shipped.figures(windows, ahead, SHIPPED)) - shipped.figures(
        windows, ahead, without
    )

    assert ahead == 90
    assert auc > 0.005
    assert loss < -0.04


def test_what_is_held_stays_and_the_four_are_learned():
    found = shipped.fitted([shipped.looked_at(kinds.even(2), None)]) - SHIPPED

    held = np.delete(found, shipped.FOUR)
    np.testing.assert_allclose(held, 0, atol=1e-3)
    assert np.abs(found[shipped.FOUR]).max() > 0.05

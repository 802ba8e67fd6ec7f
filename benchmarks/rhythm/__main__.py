"""How well ours and its rivals tell who will be in touch, on the same ties of temporal networks, in one run.

``python -m benchmarks.rhythm FILE... [--format snap|csv] [--horizons 30 90] [--cut DAY] [--back DAYS...]
[--dense FROM TO] [--time-column N] [--day-one | --after-one-month] [--json]``. Days are dates (2010-09-01) or
days since the file's epoch. ``--back 0 45 90`` measures at cuts so many days earlier too, where at least
eight weeks are left to learn from. Without a file: the development networks beside the project where they
are, else simulated ones.

A tie is an ego and an alter with two earlier days in touch; its label is any contact in the H days after the
cut. Everything is learned at earlier cuts, one a week, whose labels close before it; with --day-one nothing
is, with --after-one-month from the last month alone. Intervals are 95 %, from 200 bootstraps by ego; what
befalls all egos at once is not in them, so the regime says whether the level moved further than it used to.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from amity.rhythm.days import Reals
from benchmarks.rhythm import ours
from benchmarks.rhythm.reading import Messages, Unreadable, development, read
from benchmarks.rhythm.rivals import Answer, answers
from benchmarks.rhythm.scoring import interval, sample, spread_over
from benchmarks.rhythm.simulated import simulated
from benchmarks.rhythm.windows import Window, drawn_egos, network, window

HORIZONS, MONTH, WEEK, MOST_WINDOWS = [30, 90], 30, 7, 24
SIMULATIONS = 1, 2  # seeds
DRAWS, EVERY = "draws", "all networks"  # kept for the means, not told
LEAST_WEEKS = 8  # to learn from at an earlier cut; with fewer, a learner's failure says little
OURS = {"": "ours", "day-one": "ours, as shipped", "one-month": "ours"}
Figure = tuple[float, float, float] | None
METRICS = ["per-ego AUC", "pooled AUC", "AP", "Brier", "log loss", "ECE"]
CADENCES = ["best tier per contact", "best tier, how overdue"]
BOOSTING = ["boosting, 29 features", "boosting, no alter's others"]


def a_day(text: str) -> int:
    """Read a date or a number of days."""
    return int(text) if text.lstrip("-").isdigit() else date.fromisoformat(text).toordinal() - 719_163


def a_horizon(text: str) -> int:
    """Read a number of days ahead."""
    if (days := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"a horizon is at least one day, not {days}")
    return days


def run(name: str, messages: Messages, asked: argparse.Namespace, back: int = 0) -> dict[str, Any]:
    """Measure one network, so many days before the last cut."""
    net = network(messages, asked.dense)
    result: dict[str, Any] = {"network": name, "back": back, "notes": list(messages.notes), "horizons": {}}
    if not len(net.day):
        return result | {"notes": [*result["notes"], "no day in touch is left"]}
    first, last = int(net.day.min()), int(net.day.max())
    horizons = [h for h in asked.horizons if _fits(h, first, last, asked.cut)]
    for h in sorted(set(asked.horizons) - set(horizons)):
        result["notes"].append(
            f"{h} days skipped: the data span {last - first + 1} days, too few around the cut"
        )
    cut = (asked.cut if asked.cut is not None else last + 1 - max(horizons, default=0)) - back
    egos = drawn_egos(net, cut)
    test = window(net, cut, egos) if horizons else None
    if test is None:
        return result | {"notes": [*result["notes"], "no tie can be looked at"]}
    result |= {"cut": _day_words(cut), "ties": len(test.ego), "egos": int(test.ego.max()) + 1}
    cuts = _cuts(first, cut, max(horizons))
    months, weeks = ([w for at in ats if (w := window(net, at, egos))] for ats in cuts)
    for h in horizons:
        if back and len(_closed(weeks, cut, h)) < LEAST_WEEKS:
            result["notes"].append(f"{h} days skipped: fewer than {LEAST_WEEKS} weeks to learn from")
            continue
        result["horizons"][str(h)] = measure([test, *months], weeks, h, asked.mode)
    return result


def _fits(horizon: int, first: int, last: int, cut: int | None) -> bool:
    return last - first + 1 >= 3 * horizon if cut is None else cut + horizon - 1 <= last and first < cut


def _cuts(first: int, cut: int, horizon: int) -> tuple[range, range]:
    """Earlier cuts, latest first: a year of months; as many weeks as needed, one of them a month ago."""
    start, most = first + MONTH // 2, MOST_WINDOWS + horizon // WEEK
    return range(cut - MONTH, start, -MONTH)[: ours.MONTHS], range(cut - 9, start, -WEEK)[:most]


def measure(months: list[Window], weeks: list[Window], horizon: int, mode: str) -> dict[str, Any]:
    """Every row of one horizon, with differences on the same draws of egos; the first month is the test."""
    test, *earlier = months
    touched = test.touched(horizon)
    who = sample(test.ego, touched)
    known = {"": len(months), "day-one": 0, "one-month": 1}[mode]
    weeks = [w for w in weeks if w.cut >= test.cut - known * MONTH]
    found = answers(test, _closed(weeks, test.cut, horizon), horizon)
    found |= our_answers(test, earlier[:known], _closed(weeks, test.cut), horizon)
    draws = {name: spread_over(who, *one) for name, one in found.items()}
    apart = _differences(draws, OURS[mode])
    return {
        "share in touch": round(float(touched.mean()), 3),
        "egos with both": int(who.both.sum()),
        "regime": ours.regime([ours.level(w, horizon) for w in months[:: ceil(horizon / MONTH)]]),
        "rows": {name: {m: interval(v) for m, v in row.items()} for name, row in draws.items()},
        "differences": {rival: interval(gain) for rival, gain in apart.items()},
        DRAWS: (draws, apart),
    }


def _closed(weeks: list[Window], cut: int, horizon: int = WEEK) -> list[Window]:
    return [w for w in weeks if w.cut + horizon <= cut][:MOST_WINDOWS]


def our_answers(test: Window, months: list[Window], weeks: list[Window], horizon: int) -> dict[str, Answer]:
    """Ours as shipped, with two numbers for each owner, and with all coefficients learned."""
    found = {"ours, as shipped": ours.shipped(test, horizon)}
    if months:
        found["ours, two numbers an owner"] = ours.with_leanings(test, months, horizon)
    if weeks:
        found["ours"] = ours.fitted(test, weeks, horizon)
    return {name: (p, p) for name, p in found.items()}


def _differences(draws: dict[str, dict[str, Reals]], name: str) -> dict[str, Reals]:
    """Ours minus the rivals that matter, in per-ego AUC, for every draw."""
    if name not in draws:
        return {}
    rivals = [rival for rival in [*CADENCES, *BOOSTING] if rival in draws]
    return {rival: draws[name]["per-ego AUC"] - draws[rival]["per-ego AUC"] for rival in rivals}


def _day_words(day: int) -> str:
    return (
        f"{datetime.fromtimestamp(day * 86400, UTC):%Y-%m-%d} (day {day})" if abs(day) < 10**5 else str(day)
    )


def printed(result: dict[str, Any], mode: str) -> None:
    """Print one network as tables."""
    about = (
        [f"cut {result['cut']}, {result['ties']} ties of {result['egos']} egos"] if "cut" in result else []
    )
    earlier = f", {result['back']} days earlier" if result["back"] else ""
    print(f"\n{result['network']}{earlier}: " + "; ".join(about + result["notes"]))
    for horizon, found in result["horizons"].items():
        head = f"H = {horizon} days ({found['share in touch']:.0%} in touch, {found['regime']}, "
        print(
            f"\n{head}{found['egos with both']} egos with both outcomes)\n{'':28}"
            + "".join(f"{m:>20}" for m in METRICS)
        )
        for name, row in found["rows"].items():
            print(f"{name:28}" + "".join(f"{_said(row.get(metric)):>20}" for metric in METRICS))
        for rival, gain in found["differences"].items():
            print(f"{OURS[mode]} minus {rival}: {_said(gain)}")


def without_draws(found: dict[str, Any]) -> dict[str, Any]:
    """Give a test's figures as they are told."""
    return {name: figure for name, figure in found.items() if name != DRAWS}


def _said(figure: Figure) -> str:
    return "-" if figure is None else "{:.3f} ({:.3f}, {:.3f})".format(*figure).replace("0.", ".")


def means(results: list[dict[str, Any]]) -> dict[str, dict[str, Figure]]:
    """Mean of each metric of each row over the tests in which every row that ever has it does."""
    tests = [found[DRAWS][0] for result in results for found in result["horizons"].values()]
    names = [name for name in (tests[0] if tests else {}) if all(name in rows for rows in tests)]
    found: dict[str, dict[str, Figure]] = {name: {} for name in names}
    for m in METRICS:
        having = [name for name in names if any(_is_told(rows[name], m) for rows in tests)]
        whole = [rows for rows in tests if all(_is_told(rows[name], m) for name in having)]
        for name in having if whole else ():
            found[name][m] = interval(np.mean([rows[name][m] for rows in whole], axis=0))
    return found


def _is_told(row: dict[str, Reals], metric: str) -> bool:
    return metric in row and not np.isnan(row[metric][0])


def gains(results: list[dict[str, Any]]) -> Iterator[tuple[str, str, list[Reals]]]:
    """Give network, rival, and ours minus that rival in per-ego AUC at every cut and horizon, by draw.

    First over all networks, then of each.
    """
    for name in [EVERY, *dict.fromkeys(result["network"] for result in results)]:
        there = [one for one in results if name in {EVERY, one["network"]}]
        found = [h[DRAWS][1] for one in there for h in one["horizons"].values()]
        for rival in [*CADENCES, *BOOSTING]:
            known = [one[rival] for one in found if rival in one and not np.isnan(one[rival][0])]
            if known:
                yield name, rival, known


def inputs(asked: argparse.Namespace) -> Iterator[tuple[str, Messages, argparse.Namespace]]:
    """Give what to measure: the files asked for, else development networks, else simulated ones."""
    for path in asked.files:
        yield path.name, read(path, asked.format, asked.time_column, asked.unit), asked
    if asked.files:
        return
    for name, messages, dense in development():
        yield name, messages, argparse.Namespace(**(vars(asked) | {"dense": dense}))
    for seed in SIMULATIONS:
        yield f"simulated, seed {seed}", simulated(seed), asked


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.rhythm", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=["snap", "csv"])
    parser.add_argument("--horizons", nargs="+", type=a_horizon, default=HORIZONS)
    parser.add_argument("--cut", type=a_day)
    parser.add_argument("--back", nargs="+", type=int, default=[0], metavar="DAYS")
    parser.add_argument("--dense", nargs=2, type=a_day, metavar=("FROM", "TO"))
    parser.add_argument("--time-column", type=int, metavar="N", help="counting from 0")
    parser.add_argument("--unit", choices=["days", "seconds", "milliseconds"])
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--day-one", dest="mode", action="store_const", const="day-one", default="")
    group.add_argument("--after-one-month", dest="mode", action="store_const", const="one-month")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if missing := [path for path in asked.files if not path.is_file()]:
        raise Unreadable(f"There is no file {missing[0]}.")
    results = []
    for name, messages, how in inputs(asked):
        for back in asked.back:
            results.append(run(name, messages, how, back))
            if not asked.json:
                printed(results[-1], asked.mode)
    overall = means(results)
    if asked.json:
        told = [{h: without_draws(found) for h, found in one["horizons"].items()} for one in results]
        networks = [one | {"horizons": horizons} for one, horizons in zip(results, told, strict=True)]
        print(json.dumps({"networks": networks, "means": overall}, indent=1))
        return
    print("\nMeans over networks and horizons")
    for name, row in overall.items():
        print(f"{name:28}" + "".join(f"{metric:>14} {_said(value)}" for metric, value in row.items()))
    print("\nOurs minus rivals in per-ego AUC: mean over tests, and the lowest and highest of them")
    for name, rival, known in gains(results):
        ends = f"{min(one[0] for one in known):+.3f} to {max(one[0] for one in known):+.3f}"
        mean = _said(interval(np.mean(known, axis=0)))
        print(f"{name:28}{rival:28}{len(known):>3} tests  {mean:22} {ends}")


if __name__ == "__main__":
    main()

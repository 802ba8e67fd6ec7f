"""The same person: ours beside Splink 5 trained by its own EM, ECM and plain exact match, on labelled sets.

``python -m benchmarks.likeness [FILE ...] [--json] [--only NAME ...] [--sizes N ...]``

A FILE is a CSV with a column ``identity``, one of pairs with a column ``match``, or a .mailmap; its
columns are recognised by their names. Without one: the public sets of ``../shared/data/er`` if they are
there, our own set of invented people, and how long books of 10,000 and 100,000 invented records take.
Each contender reads each set in a process of its own: seconds are from records to answers, memory is the
largest resident set of the whole process. Precision is given with its exact lower bound
(Clopper-Pearson, one-sided, 95 %).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from amity.duplicates.likeness.matching import matched
from benchmarks.likeness.invented import book
from benchmarks.likeness.reading import Labelled, known, read
from benchmarks.likeness.rivals import CONTENDERS
from benchmarks.likeness.scoring import Said, closed, score

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "er"
A_TIME = 2990  # records of the invented set


def ours(labelled: Labelled) -> Said:
    """Ask Amity."""
    found = matched(labelled.records, labelled.pairs)
    pairs = np.column_stack([found.order[found.pairs.here], found.order[found.pairs.there]])
    surely, perhaps = found.answers.surely, found.answers.perhaps
    if labelled.pairs is not None:
        size = len(labelled.records)
        given = labelled.pairs.min(axis=1) * size + labelled.pairs.max(axis=1)
        asked = np.isin(pairs.min(axis=1) * size + pairs.max(axis=1), given)
        surely, perhaps = surely & asked, perhaps & asked
    return Said(pairs[surely], pairs[perhaps])


ALL = {"Amity": ours, **CONTENDERS}


def one_set(name: str) -> Labelled:
    """Read a file, or draw invented people: ``invented``, or so many of them, ``invented:10000``."""
    if not name.startswith("invented"):
        return read(Path(name))
    size = int(name.partition(":")[2] or A_TIME)
    drawn = book(times=-(-size // A_TIME) + (size > A_TIME))
    if size != A_TIME:
        drawn.records, drawn.rows, drawn.identity = (
            drawn.records[:size],
            drawn.rows[:size],
            drawn.identity[:size],
        )
        drawn.kinds = drawn.kinds[:size]
        drawn.name = f"{size:,} invented records"
    return drawn


def contend(contender: str, name: str) -> dict[str, Any]:
    """Let one contender at one set."""
    labelled = one_set(name)
    start, worked = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        said = ALL[contender](labelled)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row = {"set": labelled.name, "records": len(labelled.records), "contender": contender}
    row |= {
        "seconds": round(seconds, 2),
        "processor": round(worked, 2),
        "peak_mib": peak,
        **score(labelled, said).row(),
    }
    if labelled.kinds:
        row["wrong_by_story"] = _wrong_by_story(labelled, said)
    return row | ({"columns": labelled.columns} if labelled.columns else {})


def _wrong_by_story(labelled: Labelled, said: Said) -> dict[str, int]:
    wrong = (
        "/".join(sorted({labelled.kinds[a], labelled.kinds[b]}))
        for a, b in closed(len(labelled.records), said.merged).tolist()
        if labelled.identity[a] != labelled.identity[b]
    )
    return dict(Counter(wrong).most_common(8))


def measured(contender: str, name: str) -> dict[str, Any]:
    """Run one contender in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.likeness", name, "--contender", contender]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", ".", os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=env, cwd=Path(__file__).parents[2]
    )
    if done.returncode:
        return {"set": Path(name).name, "contender": contender, "failed": done.stderr.strip()[-300:]}
    return json.loads(done.stdout.splitlines()[-1])


def shown(row: dict[str, Any]) -> str:
    """Write one row of the table."""
    if "failed" in row:
        return f"| {row['set']} | {row['contender']} | failed: {row['failed'].splitlines()[-1]} |"
    wrong = f"{row['wrong']} ({row['wrong_same_name']})" if row["wrong_same_name"] else str(row["wrong"])
    precision = f"{row['precision']:.3f} (≥ {row['at_least']:.4f})"
    sure = f"{row['merged']:,} | {wrong} | {precision} | {row['recall']:.3f}"
    asked = f"{row['shown_recall']:.3f} at {row['shown_precision']:.3f}"
    cost = f"{row['seconds']} | {row['processor']} | {row['peak_mib']}"
    return f"| {row['set']} | {row['contender']} | {sure} | {asked} | {cost} |"


HEAD = (
    "| set | contender | pairs merged | wrong (between two of one name) | precision (lower bound) | recall "
    "| merged or asked | seconds | processor s | peak MiB |\n" + "| --- " * 10 + "|"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", nargs="*", choices=list(ALL), default=list(ALL))
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--contender", choices=list(ALL), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.contender:
        print(json.dumps(contend(asked.contender, asked.files[0])))
        return
    sets = [name if name.startswith("invented") else str(Path(name).resolve()) for name in asked.files]
    runs = [(one, name) for name in sets or [*map(str, known(SHARED)), "invented"] for one in asked.only]
    runs += [
        (one, f"invented:{size}")
        for size in ([] if sets else asked.sizes)
        for one in asked.only
        if one in {"Amity", "Splink 5"}
    ]
    if not asked.json:
        print(HEAD)
    rows = []
    for one, name in runs:
        rows.append(measured(one, name))
        if not asked.json:
            print(shown(rows[-1]), flush=True)
    if asked.json:
        print(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()

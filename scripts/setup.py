"""Amity's commands in this folder: ``python3 scripts/setup.py TARGET [ARGUMENTS]``; ``make`` only calls this.

Needs nothing but Python. This one file must also be readable by a Python older than Amity needs, so that
it can say so in a sentence; the files beside it use whatever Python 3.11 has.
"""

from __future__ import annotations

import os
import sys

OLDEST = (3, 11)

TARGETS = {
    "run": "set up what is missing, then start Amity in this terminal",
    "test": "set up what is missing, then every check, with the tests on SQLite and on PostgreSQL",
    "lint": "the checks that need no test run",
    "lock": "choose the versions again and write the lock files (ARGS=--upgrade for the newest)",
    "bench": "measure beside peers; the last results stay in docs/benchmarks.md",
    "fuzz": "every property test with many more examples; docs/fuzz.md",
    "faults": "kill, fill and cut things on purpose; docs/faults.md",
    "fresh": "build a minimal Debian in a folder and try the README in it; as root; docs/fresh.md",
    "gallery": "photograph every page; docs/gallery.md",
}


def listing() -> str:
    """Give the targets as lines for people."""
    lines = [f"  make {name:<9}{sentence}" for name, sentence in TARGETS.items()]
    return "\n".join(["Amity: what you can ask for here", "", *lines])


def main(words: list[str]) -> int:
    """Carry out one target and give the exit code: 0 done, 1 failed with a sentence, 2 not understood."""
    if sys.version_info[:2] < OLDEST:
        print("Amity needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2], file=sys.stderr)  # noqa: UP031 - read by old Pythons
        return 1
    if not words:
        print(listing())
        return 0
    if words[0] not in TARGETS:
        print(f"There is no target {words[0]!r}.\n\n{listing()}", file=sys.stderr)
        return 2
    return carry_out(words[0], words[1:])


def carry_out(target: str, arguments: list[str]) -> int:
    """Run the function of a target; what the machine lacks becomes one sentence."""
    import targets  # only now: it may be written for newer Pythons
    from machine import Missing

    try:
        return targets.FUNCTIONS[target](arguments)
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1


def go_on_in_a_faster_python() -> None:
    """Become the same command in the system's Python where this one is half as fast; else do nothing."""
    from machine import faster_python

    faster = faster_python()
    if faster is not None:
        print(f"This Python was built without optimisation; {faster} takes half the time.", flush=True)
        os.execv(faster, [str(faster), *sys.argv])


if __name__ == "__main__":
    if sys.version_info[:2] >= OLDEST:
        go_on_in_a_faster_python()
    raise SystemExit(main(sys.argv[1:]))

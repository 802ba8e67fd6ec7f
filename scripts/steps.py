"""Steps of a check: run one after the other or beside, all even when one fails, then summed up in a table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from environment import ROOT, program

# One more than there are cores: while a test waits for a browser, a server or a disk, another has its core.
# Whoever is done takes over what waits: the browser's files stand together, and take half of the time.
WORKERS = (os.cpu_count() or 1) + 1
PYTEST = ["python", "-m", "pytest", "-n", str(WORKERS), "--dist", "worksteal"]


@dataclass(frozen=True)
class Step:
    """One tool with what it is for; ``lacking`` names what the machine has not got for it.

    One that runs ``beside`` the others keeps a core busy that they leave idle, and is heard when it is done.
    """

    name: str
    command: list[str]
    lacking: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a step ended, in how many seconds, and the last line its tool printed."""

    step: Step
    verdict: str
    seconds: float
    last_line: str


def run_all(steps: Iterable[Step]) -> int:
    """Run every step, print the table, and give the exit code."""
    with tempfile.TemporaryDirectory(prefix="amity-home-") as home, ThreadPoolExecutor(1) as beside:
        surroundings = clean_environment(home)
        begun = [
            beside.submit(_run, step, surroundings) if step.beside else _run(step, surroundings)
            for step in steps
        ]
        outcomes = [one.result() if isinstance(one, Future) else one for one in begun]
    print(f"\n{table(outcomes)}", flush=True)
    failed = [outcome.step.name for outcome in outcomes if outcome.verdict == "FAILED"]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nNothing failed.", flush=True)
    return 1 if failed else 0


def clean_environment(home: str) -> dict[str, str]:
    """Give a step's variables: the tools of our environment first, and nothing of the caller's own book."""
    # Without compiled files every process would translate every test once more.
    ours = ("AMITY_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = os.pathsep.join([program(""), kept.get("PATH", "")])
    return {**kept, "PATH": path, "AMITY_HOME": home, "PYTHONUNBUFFERED": "1"}


def table(outcomes: list[Outcome]) -> str:
    """Give one line for each step: name, verdict, seconds, and its tool's own closing line."""
    return "\n".join(f"{o.step.name:<20} {o.verdict:<8} {o.seconds:>6.1f} s  {o.last_line}" for o in outcomes)


def _run(step: Step, surroundings: dict[str, str]) -> Outcome:
    head = f"\n--- {step.name}"
    if not step.beside:
        print(head, flush=True)
    if step.lacking:
        return Outcome(step, "skipped", 0.0, f"{step.lacking} is missing here")
    start = time.monotonic()
    code, lines = tee(step.command, surroundings, aloud=not step.beside)
    if step.beside:
        print("\n".join([head, *lines]), flush=True)
    last = next((line for line in reversed(lines) if line.strip()), "")
    return Outcome(step, "FAILED" if code else "ok", time.monotonic() - start, last.strip(" ="))


def tee(command: list[str], surroundings: dict[str, str], *, aloud: bool = True) -> tuple[int, list[str]]:
    """Run a command in the project's folder, pass its output on as it comes, and keep the lines."""
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            if aloud:
                sys.stdout.write(line)
                sys.stdout.flush()
            lines.append(line.rstrip("\n"))
    return process.returncode, lines

"""The packages of a lock file, into an environment: by uv in a quarter of pip's time, else by pip.

Wheels only, each checked against its hash, and no build isolation: a package built from source would fetch
build tools that no hash pins. What builds and installs therefore has a lock of its own, and comes first.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from pathlib import Path

from machine import Missing

FIRST = "requirements-setup.lock"  # what installs the rest, and builds what is built here
BUILT_HERE = ("dkimpy",)  # published as source only; plain Python, so it is quick
BY_HASH = ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
OF_THIS_FOLDER = ["--no-deps", "--no-build-isolation"]
# Where pip was told to look, in uv's words: uv does not read pip's settings.
IN_UVS_WORDS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


def install(lock: Path, root: Path) -> None:
    """Install a lock's packages and then Amity itself, from ``root``, into the environment of ``root``."""
    python = str(root / ".venv" / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    do("install what installs the rest", [*pip, *BY_HASH, "-r", str(root / FIRST)])
    uv = [str(root / ".venv" / "bin" / "uv"), "pip", "install", "--quiet", "--compile-bytecode"]
    uv += ["--python", python]
    locked = [*BY_HASH, "-r", str(lock), "--no-binary", ",".join(BUILT_HERE), "--no-build-isolation"]
    if not _works([*uv, *locked], uv_surroundings(pips_settings(python))):
        print("What uv could not do, pip tries.", flush=True)
        do("install the locked packages", [*pip, *locked])
    do("install Amity from this folder", [*pip, *OF_THIS_FOLDER, "-e", str(root)])


def pips_settings(python: str) -> str:
    """Give what ``pip config list`` prints: files and variables together, one ``name='value'`` a line."""
    asked = [python, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout or ""


def uv_surroundings(settings: str) -> dict[str, str]:
    """Give the variables that let uv look where pip would, the caller's own before what pip was told.

    As with pip the best version counts wherever it lies: which file is taken is for its hash to say.
    """
    told = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    lines = re.findall(r"^(global|install|:env:)\.([\w-]+)=('.*')$", settings, re.MULTILINE)
    lines.sort(key=lambda line: line[0] == ":env:")  # what a variable says counts last
    for _, name, value in lines:
        if name in IN_UVS_WORDS:
            between = "," if name == "find-links" else " "
            told[IN_UVS_WORDS[name]] = between.join(ast.literal_eval(value).split())
    return {**told, **os.environ}


def do(what: str, command: list[str]) -> None:
    """Run a command; its own lines say why when it fails."""
    if not _works(command):
        raise Missing(f"Could not {what}; the lines above say why.")


def _works(command: list[str], surroundings: dict[str, str] | None = None) -> bool:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, env=surroundings, check=False)
    return done.returncode == 0

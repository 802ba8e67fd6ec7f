"""The terminal's door."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from functools import cache
from typing import Any

Serve = Callable[..., None]
INTERRUPTED = 130


def main(serve: Serve, arguments: list[str] | None = None) -> int:
    """Run one command; give the exit code. `serve` is how the roof starts the server.

    With ``--json`` an error is ``{"error": sentence}``, and nothing else is ever written to stdout.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return _run(serve, arguments)
    except BrokenPipeError:  # whoever read along has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the door translates every error once)
        return _say_error(_sentence(error), arguments)


def _run(serve: Serve, arguments: list[str]) -> int:
    import django
    import typer

    django.setup(set_prefix=False)
    from amity.doors.cli import home

    home.serve = serve
    try:
        result = _command().main(args=arguments or ["--help"], prog_name="amity", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else 0


@cache
def _command() -> Any:
    """Build all commands; a process that runs several, as the tests do, builds them once."""
    import typer

    from amity.doors.cli.commands import app

    return typer.main.get_command(app)


def _sentence(error: Exception) -> str:
    """Say in one sentence what is wrong; what nobody foresaw leaves its trace on stderr too."""
    import typer
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from amity.storage.busy import told

    error = told(error)
    if sentence := getattr(error, "sentence", ""):
        return str(sentence)
    if isinstance(error, typer.TyperException):
        return " ".join(error.format_message().split())
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'That'} could not be used: {error.strerror.lower()}."
    if isinstance(error, DatabaseError):
        return f"The book could not be opened: {' '.join(str(error).split())}."
    traceback.print_exc()
    return f"Amity met something it did not expect: {type(error).__name__}."


def _say_error(sentence: str, arguments: list[str]) -> int:
    if "--json" in arguments:
        print_json({"error": sentence})
    else:
        sys.stderr.write(f"{sentence}\n")
    return 1


def print_json(value: Any) -> None:
    """Write one JSON value to stdout, in ASCII where stdout cannot spell everything."""
    in_full = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not in_full, indent=1) + "\n")

"""The terminal's door."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

Serve = Callable[..., None]


def main(serve: Serve, arguments: list[str] | None = None) -> int:
    """Run one command; give the exit code. `serve` is how the roof starts the server.

    With ``--json`` an error is ``{"error": sentence}``, and nothing else is ever written to stdout.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    import click
    import django
    import typer

    django.setup()
    from amity.doors.cli.commands import app, home

    home.serve = serve
    command = typer.main.get_command(app)
    try:
        result = command.main(args=arguments, prog_name="amity", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return 130
    except click.ClickException as wrong:
        return _say_error(wrong.format_message(), arguments)
    except Exception as error:
        sentence = getattr(error, "sentence", None)
        if sentence is None:
            raise
        return _say_error(sentence, arguments)
    return result if isinstance(result, int) else 0


def _say_error(sentence: str, arguments: list[str]) -> int:
    if "--json" in arguments:
        print_json({"error": sentence})
    else:
        sys.stderr.write(f"{sentence}\n")
    return 1


def print_json(value: Any) -> None:
    """Write one JSON value to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")

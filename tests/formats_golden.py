"""Golden pairs: a sample beside the records it must become.

``tests/formats/ics/retreat.ics`` lies beside ``retreat.json``. With REWRITE_GOLDEN=1
in the environment the JSON is written anew from what the reader says; a person reads the
difference before keeping it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, get_args

from amity.formats.records import Record, Refused


def assert_golden(sample: Path, read: Callable[[BinaryIO], Iterator[Record]]) -> None:
    """Compare what ``read`` makes of ``sample`` with the JSON file of the same name beside it.

    A sample that is a folder (a Maildir) is handed to ``read`` as its path.
    """
    golden = sample.with_suffix(".json")
    assert golden != sample, f"{sample.name} would be its own golden file; give it another suffix"
    found = read_sample(sample, read)

    if os.environ.get("REWRITE_GOLDEN") == "1":
        golden.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert golden.exists(), f"{golden} is missing; write it with REWRITE_GOLDEN=1 and read it"
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def read_sample(sample: Path, read: Callable[[Any], Iterable[Record]]) -> Any:
    """Read one sample into plain JSON values; a refusal is ``{"refused": its sentence}``."""
    try:
        if sample.is_dir():
            return [as_json(record) for record in read(sample)]
        with sample.open("rb") as file:
            return [as_json(record) for record in read(file)]
    except Refused as refusal:
        return {"refused": refusal.sentence}


def as_json(value: Any) -> Any:
    """Render a record for a person's eye: fields that say nothing new are left out.

    A record names its class under ``record``; photos become ``<N bytes>``; days and
    instants are ISO 8601; tuples are lists.
    """
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: as_json(getattr(value, field.name)) for field in _telling(value)}
        return {"record": type(value).__name__, **told} if isinstance(value, get_args(Record)) else told
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    return value


def _telling(value: Any) -> list[Field[Any]]:
    """Return the fields of a dataclass whose value differs from the default."""
    return [f for f in fields(value) if f.default is MISSING or getattr(value, f.name) != f.default]

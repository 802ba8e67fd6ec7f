"""Small Monica exports of invented people: builders that state only what matters."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

NOON = "2021-06-01T12:00:00.000000Z"


def a_day(text: str, **how: bool) -> dict[str, Any]:
    """Write a special date."""
    return {"is_age_based": False, "is_year_unknown": False, "date": f"{text}T00:00:00.000000Z", **how}


def a_part(uuid: str, created: str = NOON, **said: Any) -> dict[str, Any]:
    """Write one thing of Monica's with its properties."""
    return {"uuid": uuid, "created_at": created, "updated_at": NOON, "properties": said}


def a_contact(uuid: str, first: str, last: str = "", holds: dict[str, Any] | None = None, **said: Any) -> Any:
    """Write a contact; ``holds`` are its calls, notes and so on by kind."""
    flags = {"is_starred": False, "is_partial": False, "is_active": True, "is_dead": False}
    contact = a_part(uuid, first_name=first, last_name=last, **{**flags, **said})
    return {**contact, "data": [a_block(kind, values) for kind, values in (holds or {}).items()]}


def a_block(kind: str, values: Any) -> dict[str, Any]:
    """Write a list of things of one kind, as Monica counts them."""
    return {"count": len(values), "type": kind, "values": values}


def a_relationship(kind: str, one: str, other: str) -> dict[str, Any]:
    """Say that ``one`` is that of ``other``."""
    return a_part(f"{one}-{kind}-{other}", type=kind, contact_is=one, of_contact=other)


def a_photo(uuid: str, picture: bytes) -> dict[str, Any]:
    """Write a photo."""
    url = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    return a_part(uuid, original_filename=f"{uuid}.png", mime_type="image/png", dataUrl=url)


def an_export(
    *blocks: dict[str, Any],
    journal: Any = (),
    instance: Any = (),
    name: tuple[str, str] = ("Maya", "Lind"),
    email: str = "owner@book.example",
) -> Any:
    """Write the export of one user's account."""
    user = {"uuid": "user-1", "first_name": name[0], "last_name": name[1], "email": email, "properties": {}}
    return {
        "version": "1.0-preview.1",
        "app_version": "4.1.2",
        "export_date": "2026-01-02T00:37:00.000000Z",
        "url": "https://monica.example",
        "exported_by": email,
        "account": {
            "uuid": "account-1",
            "data": [a_block("user", [user]), *blocks],
            "properties": {"journal_entries": list(journal), "modules": [], "audit_logs": []},
            "instance": dict(instance),
        },
    }


def monica(path: Path, *blocks: dict[str, Any], **more: Any) -> Path:
    """Write an export as a file."""
    path.write_text(json.dumps(an_export(*blocks, **more), ensure_ascii=False), encoding="utf-8")
    return path

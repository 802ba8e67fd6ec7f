"""What happened with people: activities, calls, conversations, notes; and what the owner means to do."""

from __future__ import annotations

from collections.abc import Iterator

from amity.formats.monica.export import Found, Index
from amity.formats.monica.values import Values, as_list, day, flag, moment_of, parts, properties, text
from amity.formats.records import Happening, HappeningKind, Promise, Skipped

_NO_DAY = "It has no day."
# Monica's own activities that say where it was; the others keep their name in the words.
_SETTINGS = {
    "ate_at_his_place": "dinner party",
    "ate_at_home": "dinner party",
    "ate_at_her_place": "dinner party",
    "did_sport_together": "festival or sporting event",
    "went_concert": "festival or sporting event",
}


def activity(found: Found, index: Index) -> Happening | Skipped:
    """Read an activity with everybody who took part in it."""
    said, uuid = properties(found.value), text(found.value, "uuid")
    people = tuple(one for one in index.there.get(uuid, ()) if one in index.names)
    when = day(said, "happened_at")
    if not people or when is None:
        why = "Nobody in the file was there." if not people else _NO_DAY
        return Skipped(found.where, why, text(said, "summary"))
    kind = index.type_of(said)
    told = _words(said, "summary", "description", more=text(kind, "name"))
    setting = _SETTINGS.get(text(kind, "translation_key"), "")
    return Happening(found.where, uuid, "met", when, people, told, setting=setting)


def with_one(found: Found, index: Index) -> Iterator[Happening | Promise | Skipped]:
    """Yield the calls, written words, notes and tasks of one contact."""
    if text(found.value, "uuid") not in index.names:
        return
    for part in parts(found.value, "call"):
        yield _one(found, part, "call", "called_at", _words(properties(part), "content"))
    for part in parts(found.value, "conversation"):
        yield from _conversation(found, part)
    for part in parts(found.value, "note"):
        if not flag(properties(part), "is_favorite"):
            yield _note(found, part)
    for number, part in enumerate(parts(found.value, "task"), start=1):
        yield _task(found, part, number)


def _one(found: Found, part: Values, kind: HappeningKind, when: str, told: str) -> Happening | Skipped:
    said, person = properties(part), text(found.value, "uuid")
    at = moment_of(said, when) or (None if text(said, when) else day(part, "created_at"))
    if at is None:
        return Skipped(found.where, _NO_DAY, told)
    theirs = flag(said, "contact_called") if kind == "call" else not flag(said, "written_by_me")
    return Happening(found.where, _key(part, person, told), kind, at, (person,), told, by_owner=not theirs)


def _conversation(found: Found, part: Values) -> Iterator[Happening | Skipped]:
    """Yield each message of a conversation; one without a day has that of the conversation."""
    talk = properties(part)
    for number, message in enumerate(as_list(talk.get("messages")), start=1):
        if not isinstance(message, dict):
            continue
        said = {"written_at": talk.get("happened_at"), **properties(message)}
        key = text(message, "uuid") or f"{text(part, 'uuid')}:{number}"
        yield _one(found, {"uuid": key, "properties": said}, "message", "written_at", text(said, "content"))


def _note(found: Found, part: Values) -> Happening | Skipped:
    told, person, when = text(properties(part), "body"), text(found.value, "uuid"), day(part, "created_at")
    if when is None or not told:
        return Skipped(found.where, _NO_DAY if told else "A note without words.", told)
    return Happening(found.where, _key(part, person, told), "note", when, (person,), told)


def _task(found: Found, part: Values, number: int) -> Promise | Skipped:
    said = properties(part)
    told, when = _words(said, "title", "description"), day(part, "created_at")
    if not told or when is None:
        return Skipped(
            found.where, "A task without words." if not told else _NO_DAY, told or f"task {number}"
        )
    done = flag(said, "completed")
    return Promise(
        found.where, text(found.value, "uuid"), told, when, kept=done, ended_on=day(said, "completed_at")
    )


def _key(part: Values, person: str, told: str) -> str:
    """Name a part as Monica does; the oldest exports gave its parts no id."""
    return text(part, "uuid") or f"{person}:{text(part, 'created_at')}:{told[:40]}"


def _words(said: Values, *names: str, more: str = "") -> str:
    felt = [text(one, "name") if isinstance(one, dict) else str(one) for one in as_list(said.get("emotions"))]
    noted = f"Noted: {', '.join(dict.fromkeys(filter(None, felt)))}" if any(felt) else ""
    return "\n".join(filter(None, [*(text(said, name) for name in names), more, noted]))

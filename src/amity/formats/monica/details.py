"""What an export says about somebody that has no place of its own in the book: it becomes facts and days.

A gift is a fact here: Amity's gifts are kind words, ideas, introductions, time and help, and a scarf is none
of them. A debt is a fact too; nothing is ever balanced.
"""

from __future__ import annotations

from collections.abc import Iterator

from amity.formats.monica.export import Index
from amity.formats.monica.values import Values, day, flag, parts, properties, special_date, text
from amity.formats.records import Dated, Remark

_GIFTS = {"idea": "Gift idea", "offered": "Gift given", "given": "Gift given", "received": "Gift received"}
_YEARLY = "year"


def days(contact: Values) -> Iterator[Dated]:
    """Yield the days of somebody; a reminder of a birthday is not said again."""
    said = properties(contact)
    told = [special_date(said, "birthdate", "birthday"), special_date(said, "deceased_date", "died")]
    yield from filter(None, told)
    known = {one.value[-5:] for one in told if one and len(one.value) > len("1815")}
    for reminder in parts(contact, "reminder"):
        values = properties(reminder)
        when, title = day(values, "initial_date"), text(values, "title")
        if _is_yearly(values) and when and title and f"{when:%m-%d}" not in known:
            yield Dated(title[:80], f"--{when:%m-%d}")


def _is_yearly(values: Values) -> bool:
    return text(values, "frequency_type") == _YEARLY and text(values, "frequency_number") in {"", "1"}


def remarks(contact: Values, index: Index) -> Iterator[Remark]:
    """Yield every fact of a contact, with its own day where it has one."""
    said = properties(contact)
    for name, label in (("description", "Description"), ("food_preferences", "Food")):
        if told := text(said, name):
            yield Remark(label, told)
    if (met := special_date(said, "first_met_date", "met")) and day({"date": met.value}, "date") is None:
        yield Remark("Met", met.value)
    if (often := text(said, "stay_in_touch_frequency")) and often != "0":
        yield Remark("Stay in touch", f"every {often} days")
    for kind, read in _READERS.items():
        for part in parts(contact, kind):
            if (remark := read(part, properties(part), index)) and remark.text:
                yield remark


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _gift(_part: Values, said: Values, index: Index) -> Remark:
    name = ", ".join(filter(None, (text(said, "name"), text(said, "amount"))))
    whom = index.names.get(text(said, "recipient"), "")
    told = _joined(name, f"For {whom}" if whom else "", text(said, "comment"), text(said, "url"))
    return Remark(_GIFTS.get(text(said, "status"), "Gift"), told, day(said, "date"))


def _debt(_part: Values, said: Values, _index: Index) -> Remark:
    who = "You owe them" if flag(said, "in_debt") else "They owe you"
    settled = ", settled" if text(said, "status") == "complete" else ""
    amount = f"{text(said, 'amount')} {text(said, 'currency')}".strip()
    why = text(said, "reason")
    return Remark("Debt", _joined(f"{who} {amount}{settled}", why) if amount else "")


def _pet(_part: Values, said: Values, _index: Index) -> Remark:
    return Remark("Pet", ", ".join(filter(None, (text(said, "name"), text(said, "category")))))


def _life_event(_part: Values, said: Values, index: Index) -> Remark:
    kind = index.type_of(said)
    label = text(kind, "name") or text(kind, "translation_key").replace("_", " ") or "Life event"
    told = _joined(text(said, "name"), text(said, "note"), text(said, "specific_information"))
    return Remark(label[:1].upper() + label[1:], told or label, day(said, "happened_at"))


def _reminder(_part: Values, said: Values, _index: Index) -> Remark | None:
    """Keep a reminder that is no yearly day; of a yearly one what the day alone does not say."""
    title, more = text(said, "title"), text(said, "description")
    if _is_yearly(said) and day(said, "initial_date"):
        return Remark(title or "Reminder", more) if more else None
    every, number = text(said, "frequency_type"), text(said, "frequency_number")
    often = (
        ""
        if every in {"", "one_time"}
        else f", every {number} {every}s"
        if number not in {"", "1"}
        else f", every {every}"
    )
    off = ", switched off" if flag(said, "inactive") else ""
    return Remark(
        "Reminder", _joined(f"{title}{often}{off}" if title else "", more), day(said, "initial_date")
    )


def _note(part: Values, said: Values, _index: Index) -> Remark | None:
    """Keep a favourite note as a fact; the others are moments of their day."""
    return Remark("Note", text(said, "body"), day(part, "created_at")) if flag(said, "is_favorite") else None


_READERS = {
    "note": _note,
    "life_event": _life_event,
    "gift": _gift,
    "debt": _debt,
    "pet": _pet,
    "reminder": _reminder,
}

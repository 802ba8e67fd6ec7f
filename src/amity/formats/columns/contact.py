"""One row of a table as a contact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from amity.formats.columns import days, fields
from amity.formats.columns.fields import Column, Plan
from amity.formats.columns.shape import EMAIL
from amity.formats.identities import normal_email, normal_url
from amity.formats.records import Contact, Dated, Mention, Party, Remark, Robot, Skipped, Way, WayKind
from amity.formats.robots import why_robot
from amity.formats.salutations import after_greeting, without_greeting
from amity.formats.tabular import Row

_AS_TEXT = re.compile(r'="([^"]*)"')
_SHIELDED = re.compile(r"'(?='*[=+\-@\t\r])")
_WORD = re.compile(r"\w+")
_STAR = "*"
_WRAPPED = "='"
_FEWEST_DIGITS = 3
_USUAL = {
    "home",
    "work",
    "mobile",
    "main",
    "other",
    "pager",
    "home fax",
    "work fax",
    "anniversary",
    "home page",
}
_SYSTEM_CIRCLES = {"mycontacts", "my contacts", "other contacts"}  # Google puts everybody in one of them


@dataclass(slots=True)
class Draft:
    """A contact while it is put together from one row."""

    row: Row
    plan: Plan
    day_first: bool
    names: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    preferred: list[Way] = field(default_factory=list)
    addresses: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    work: dict[tuple[str, str], str] = field(default_factory=dict)
    dates: list[Dated] = field(default_factory=list)
    born: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    named_by: str = ""
    greeting: str = ""
    wrong: str = ""

    def label(self, column: Column) -> str:
        """Say which of several a cell is; the file's own word goes before ours."""
        return (self.row[column.labelled_by] if column.labelled_by else "") or column.label

    def way(self, kind: WayKind, column: Column, text: str) -> None:
        """Add a way; a preferred one goes before the others."""
        label = self.label(column)
        ways = self.preferred if label.startswith(_STAR) else self.ways
        ways.append(Way(kind, " ".join(text.split()), _usual(label)))

    def remark(self, name: str, text: str) -> None:
        """Keep what has no place of its own under the name the file gives its column."""
        self.remarks.append(Remark(self.row.spelled[name], text))


def read_row(row: Row, plan: Plan, *, day_first: bool) -> Contact | Robot | Skipped:
    """Read a row by the meaning of its columns; ``key`` stands for who it names and how they are reached."""
    draft = Draft(row, plan, day_first)
    for name, cell in row.cells.items():
        column = plan[name]
        taken = _TAKERS[column.field]
        text = plain(cell) if cell[0] in _WRAPPED else cell
        if column.split:
            for value in filter(None, map(str.strip, _splitter(column.split).split(text))):
                taken(draft, name, column, value)
        elif text:
            taken(draft, name, column, text)
    _join(draft)
    return _record(draft)


def plain(cell: str) -> str:
    """Take off what a spreadsheet puts around a text: ``="0049"``, the apostrophe before ``=`` or ``+``."""
    if cell[0] == "=" and (found := _AS_TEXT.fullmatch(cell)):
        return found[1].strip()
    return cell[1:] if cell[0] == "'" and _SHIELDED.match(cell) else cell


@lru_cache(maxsize=64)
def _splitter(split: str) -> re.Pattern[str]:
    return re.compile(split)


def _take_name(draft: Draft, name: str, column: Column, text: str) -> None:
    if text.startswith("=") and draft.row[name].startswith("="):
        draft.wrong = "The name is a formula, and nobody can tell what it would say."
    elif EMAIL.fullmatch(text):
        draft.named_by = text
    elif column.field in draft.names and column.field != fields.WHOLE:
        draft.names[column.field] += f" {text}"
    elif column.field in draft.names:
        draft.others.append(text)
    else:
        draft.names[column.field] = " ".join(text.split())


def _take_prefix(draft: Draft, name: str, column: Column, text: str) -> None:
    """Take a title as part of the name; how somebody is only greeted is a fact."""
    title = without_greeting(text)
    if title != text:
        draft.greeting = text
        draft.remark(name, text)
    if title:
        _take_name(draft, name, column, title)


def _take_other_name(draft: Draft, _name: str, _column: Column, text: str) -> None:
    draft.others.append(" ".join(text.split()))


def _take_email(draft: Draft, name: str, column: Column, text: str) -> None:
    address = text.removeprefix("mailto:").strip()
    if normal_email(address):
        draft.way("email", column, address)
    else:
        draft.remark(name, text)


def _take_phone(draft: Draft, name: str, column: Column, text: str) -> None:
    if sum(sign.isdigit() for sign in text) < _FEWEST_DIGITS:
        draft.remark(name, text)
    else:
        draft.way("phone", column, text)


def _take_handle(draft: Draft, _name: str, column: Column, text: str) -> None:
    draft.way("handle", column, text)


def _take_url(draft: Draft, _name: str, column: Column, text: str) -> None:
    draft.way("url" if normal_url(text) else "handle", column, text)


def _take_address(draft: Draft, _name: str, column: Column, text: str) -> None:
    group = column.group or column.label
    text = ", ".join(filter(None, map(str.strip, text.splitlines())))
    if column.field == fields.WHOLE_ADDRESS:
        draft.addresses[f"{group} whole"] = [text]
    draft.addresses.setdefault(group, []).append(text)
    draft.labels.setdefault(group, _usual(draft.label(column)))


def _take_work(draft: Draft, name: str, column: Column, text: str) -> None:
    if (column.field, column.group) in draft.work:
        draft.remark(name, text)
    else:
        draft.work[column.field, column.group] = " ".join(text.split())


def _take_day(draft: Draft, name: str, column: Column, text: str) -> None:
    if days.is_no_day(text):
        return
    kind = "birthday" if column.field == fields.BIRTHDAY else draft.label(column) or draft.row.spelled[name]
    if value := days.read(text, day_first=draft.day_first):
        draft.dates.append(Dated(_usual(kind), value))
    else:
        draft.remark(name, text)


def _take_birth(draft: Draft, _name: str, column: Column, text: str) -> None:
    draft.born[column.field] = text


def _take_circle(draft: Draft, _name: str, _column: Column, text: str) -> None:
    circle = text.removeprefix(_STAR).strip()
    if circle.casefold() not in _SYSTEM_CIRCLES:
        draft.circles.append(circle)


def _take_mention(draft: Draft, _name: str, column: Column, text: str) -> None:
    draft.mentions.append(Mention(draft.label(column).casefold(), " ".join(text.split())))


def _take_how_met(draft: Draft, _name: str, _column: Column, text: str) -> None:
    draft.met.append(" ".join(text.split()))


def _take_fact(draft: Draft, name: str, _column: Column, text: str) -> None:
    draft.remark(name, text)


def _take_note(draft: Draft, _name: str, _column: Column, text: str) -> None:
    draft.remarks.append(Remark("Notes", text))


def _take_custom(draft: Draft, name: str, column: Column, text: str) -> None:
    label = draft.label(column)
    draft.remarks.append(Remark(label or draft.row.spelled[name], text))


def _leave_out(_draft: Draft, _name: str, _column: Column, _text: str) -> None:
    """Leave what is about the program, or what the owner does not want."""


_TAKERS: dict[str, Callable[[Draft, str, Column, str], None]] = {
    **dict.fromkeys((fields.FIRST, fields.MIDDLE, fields.LAST, fields.WHOLE), _take_name),
    fields.PREFIX: _take_prefix,
    fields.SUFFIX: _take_name,
    fields.OTHER_NAME: _take_other_name,
    fields.EMAIL: _take_email,
    fields.PHONE: _take_phone,
    fields.URL: _take_url,
    fields.HANDLE: _take_handle,
    **dict.fromkeys((fields.COMPANY, fields.TITLE), _take_work),
    **dict.fromkeys((fields.BIRTHDAY, fields.DAY), _take_day),
    **dict.fromkeys((fields.BIRTH_YEAR, fields.BIRTH_MONTH, fields.BIRTH_DAY), _take_birth),
    **dict.fromkeys((fields.ADDRESS, fields.WHOLE_ADDRESS), _take_address),
    fields.HOW_MET: _take_how_met,
    fields.CIRCLE: _take_circle,
    fields.MENTIONED: _take_mention,
    fields.NOTE: _take_note,
    fields.FACT: _take_fact,
    fields.CUSTOM: _take_custom,
    fields.LEAVE_OUT: _leave_out,
}


def _join(draft: Draft) -> None:
    """Put together what the table has in several columns."""
    for group, label in draft.labels.items():
        told = ", ".join(draft.addresses.get(f"{group} whole") or draft.addresses[group])
        draft.ways.append(Way("address", told, label))
    if draft.born:
        year, month, day = (
            draft.born.get(f, "") for f in (fields.BIRTH_YEAR, fields.BIRTH_MONTH, fields.BIRTH_DAY)
        )
        told = f"{year or '-'}-{month:0>2}-{day:0>2}" if day else f"{year}-{month:0>2}" if month else year
        if value := days.read(told, day_first=False):
            draft.dates.append(Dated("birthday", value))
        else:
            draft.remarks.append(Remark("Birthday", " ".join(filter(None, (day, month, year)))))


def _record(draft: Draft) -> Contact | Robot | Skipped:
    row, ways = draft.row, _ways(draft)
    organisation, title = _work(draft)
    name, others = _name(draft)
    emails = [way.value for way in ways if way.kind == "email"]
    if draft.wrong:
        return row.skipped(draft.wrong)
    if not name and not emails and not organisation:
        return row.skipped("The row has neither a name nor an e-mail address.")
    why = why_robot(emails[0], name) if len(ways) == len(emails) == 1 else ""
    if why:
        return Robot(row.where, Party(name, emails[0]), why)
    name = name or ("" if emails else organisation)
    return Contact(
        where=row.where,
        key=_key(name, ways, organisation, tuple(draft.dates)),
        name=name,
        ways=ways,
        also_named=others,
        organisation=organisation,
        title=title,
        dates=tuple(dict.fromkeys(draft.dates)),
        remarks=tuple(dict.fromkeys(draft.remarks)),
        circles=tuple(dict.fromkeys(draft.circles)),
        how_met="; ".join(dict.fromkeys(draft.met)),
        mentions=tuple(dict.fromkeys(draft.mentions)),
    )


def _ways(draft: Draft) -> tuple[Way, ...]:
    """Give each way once, as it is labelled first; an address that stood for the name comes last."""
    named_by = [Way("email", draft.named_by)] if draft.named_by else []
    once: dict[tuple[str, str], Way] = {}
    for way in (*draft.preferred, *draft.ways, *named_by):
        once.setdefault((way.kind, way.value.casefold()), way)
    return tuple(once.values())


def _work(draft: Draft) -> tuple[str, str]:
    """Give the first organisation and the title there; every other employment becomes a remark."""
    groups: dict[str, dict[str, str]] = {}
    for (field_, group), text in draft.work.items():
        groups.setdefault(group, {})[field_] = text
    first, *others = groups.values() or ({},)
    for other in others:
        told = (other.get(fields.TITLE, ""), other.get(fields.COMPANY, ""))
        draft.remarks.append(Remark("Work", ", ".join(filter(None, told))))
    return first.get(fields.COMPANY, ""), first.get(fields.TITLE, "")


def _name(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """Give the name to show, and every other that says more than it."""
    order = (fields.PREFIX, fields.FIRST, fields.MIDDLE, fields.LAST, fields.SUFFIX)
    said, others = draft.names, draft.others
    if draft.greeting:
        others = [after_greeting(one, draft.greeting) for one in others]
        said[fields.WHOLE] = after_greeting(said.get(fields.WHOLE, ""), draft.greeting)
    whole = said.get(fields.WHOLE, "")
    if whole and fields.FIRST not in said and fields.LAST not in said:
        # Beside it a title or a suffix says more; what stands between names does not say where.
        said = {part: text for part, text in said.items() if part != fields.MIDDLE} | {fields.FIRST: whole}
    parts = " ".join(said[part] for part in order if part in said)
    parts = parts if fields.FIRST in said or fields.LAST in said else ""
    name = whole or parts
    others = [one for one in (parts, *others) if one and one != name]
    if not others:
        return name, ()
    words = set(_WORD.findall(name.casefold()))
    telling = [one for one in others if not set(_WORD.findall(one.casefold())) <= words]
    return name, tuple(dict.fromkeys(telling))


def _key(name: str, ways: tuple[Way, ...], organisation: str, dates: tuple[Dated, ...]) -> str:
    """Name a row for good: by who it is and the first way to reach them, else by what tells them apart."""
    reached = [way.value.casefold() for way in ways if way.kind != "address"][:1]
    rest = reached or [organisation, *(day.value for day in dates), *(way.value for way in ways)]
    return blake2b(
        "\0".join([name.casefold(), *rest]).encode("utf-8", "surrogatepass"), digest_size=12
    ).hexdigest()


@lru_cache(maxsize=1024)
def _usual(label: str) -> str:
    """Take off Google's star, and spell a label that every program has as all others do."""
    label = label.removeprefix(_STAR).strip()
    return label.casefold() if label.casefold() in _USUAL else label

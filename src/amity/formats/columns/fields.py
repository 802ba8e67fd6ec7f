"""What a column of a table of people may mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

FIRST, MIDDLE, LAST, WHOLE, OTHER_NAME = "first name", "middle name", "last name", "name", "other name"
PREFIX, SUFFIX = "prefix", "suffix"
EMAIL, PHONE, URL, HANDLE = "email", "phone", "url", "handle"
COMPANY, TITLE = "company", "title"
BIRTHDAY, DAY = "birthday", "day"
BIRTH_YEAR, BIRTH_MONTH, BIRTH_DAY = "birth year", "birth month", "birth day"
ADDRESS, WHOLE_ADDRESS = "address", "whole address"
HOW_MET, CIRCLE, MENTIONED = "how met", "circle", "mentioned"
NOTE, FACT, CUSTOM, LEAVE_OUT = "note", "fact", "custom", "leave out"

# What an owner may choose from; the rest is for programs that cut names and birthdays into more pieces.
CHOICES = (
    *(FIRST, MIDDLE, LAST, WHOLE, OTHER_NAME, EMAIL, PHONE, URL, HANDLE, COMPANY, TITLE, BIRTHDAY, DAY),
    *(ADDRESS, HOW_MET, CIRCLE, MENTIONED, NOTE, FACT, LEAVE_OUT),
)
NAMES = frozenset({FIRST, LAST, WHOLE})
_OF_PERSONS = {EMAIL, PHONE, HANDLE, COMPANY, TITLE, BIRTHDAY}
DAYS = frozenset({BIRTHDAY, DAY})


class Column(NamedTuple):
    """One column: what it says and, where it is one of several, which (``label``, or the text of another).

    ``group`` joins the parts of one address or one employment; ``split`` is a pattern between several values.
    """

    field: str
    label: str = ""
    labelled_by: str = ""
    group: str = ""
    split: str = ""


Plan = Mapping[str, Column]  # by folded column name


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the file: the owner's word on its columns and days, and how days are written here.

    ``columns`` maps folded column names to one of CHOICES; ``day_first`` is None where they have not said.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    day_first_here: bool = False


NO_HINTS = Hints()


def tell_of_people(known: Collection[str]) -> bool:
    """Tell whether columns of these fields hold people, not just any things that have names."""
    known = set(known)
    return bool(known & {FIRST, LAST} or (WHOLE in known and known & _OF_PERSONS))


def names_somebody(plan: Plan) -> bool:
    """Tell whether some column holds a name."""
    return any(column.field in NAMES for column in plan.values())


def corrected(plan: Plan, hints: Hints) -> dict[str, Column]:
    """Give the plan as the owner would have it; a column they leave as it was keeps its label."""
    said = {name: chosen for name, chosen in hints.columns.items() if name in plan and chosen in CHOICES}
    changed = {name: chosen for name, chosen in said.items() if plan[name].field != chosen}
    return {**plan, **{name: plan[name]._replace(field=chosen) for name, chosen in changed.items()}}

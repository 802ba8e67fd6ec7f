"""What the columns of an unknown table seem to say: by their names, by their cells where those are silent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from amity.formats.columns import days, fields
from amity.formats.columns.fields import Column, tell_of_people
from amity.formats.columns.shape import EMAIL, FIGURES, PHONE, URL, Shape, filled
from amity.formats.columns.words import field_of, label_of
from amity.formats.salutations import stand_before_names
from amity.formats.tabular import Row

_MOST = 0.6  # of a column's cells have to look alike
_NAME = re.compile(r"[^\W\d_][\w.\u2019'-]*(?: [^\W\d_][\w.\u2019'-]*){1,4}")
_LISTS = {fields.CIRCLE: "[;,|]", fields.MENTIONED: "[;,&]| (?:and|und|et|y|e|en) "}


def propose(shape: Shape) -> dict[str, Column]:
    """Give every column a meaning; one that says nothing known is a fact."""
    told = {name: field_of(spelled) for name, spelled in shape.spelled.items()}
    told = {name: _unless_cells_differ(field, shape.filled(name)) for name, field in told.items()}
    _settle_names(told)
    guessed = {name: field or _by_cells(shape.filled(name)) for name, field in told.items()}
    if fields.NAMES.isdisjoint(guessed.values()) and (name := _column_of_names(shape, guessed)):
        guessed[name] = fields.WHOLE
    return {name: _column(field, shape.spelled[name]) for name, field in guessed.items()}


def named(spelled: Mapping[str, str], rows: Collection[Row]) -> dict[str, Column]:
    """Give the columns of a further table the meaning of their names, unless its first rows say otherwise."""
    told = {
        name: _unless_cells_differ(field_of(header), filled(name, rows)) for name, header in spelled.items()
    }
    _settle_names(told)
    return {name: _column(field, spelled[name]) for name, field in told.items()}


def is_sure(shape: Shape, plan: dict[str, Column]) -> bool:
    """Tell whether nobody need be asked: the header itself names a person's name, not just any thing's."""
    known = {plan[name].field for name, spelled in shape.spelled.items() if field_of(spelled)}
    return tell_of_people(known)


def is_of_people(shape: Shape, plan: dict[str, Column]) -> bool:
    """Tell whether a table may be about people at all: it has names, or addresses of somebody."""
    return is_sure(shape, plan) or any(column.field == fields.EMAIL for column in plan.values())


def _column(field: str, header: str) -> Column:
    field = field or fields.FACT
    return Column(field, label_of(header, field), split=_LISTS.get(field, ""))


def _settle_names(told: dict[str, str]) -> None:
    """Read *Name* beside *Vorname* as the last name, and *Nome* beside *Cognome* as the first."""
    seen = Counter(told.values())
    bare_name = [name for name, field in told.items() if field == fields.WHOLE]
    if len(bare_name) != 1 or bool(seen[fields.FIRST]) == bool(seen[fields.LAST]):
        return
    told[bare_name[0]] = fields.LAST if seen[fields.FIRST] else fields.FIRST


def _unless_cells_differ(field: str, cells: list[str]) -> str:
    """Forget what a name promises where the cells are plainly something else."""
    kinds = {fields.EMAIL: EMAIL, fields.PHONE: PHONE}
    if field in fields.NAMES and _share(EMAIL, cells) >= _MOST:
        return fields.EMAIL
    if field == fields.TITLE and stand_before_names(cells):
        return fields.PREFIX
    if field in kinds and cells and not any(kinds[field].search(cell) for cell in cells):
        return ""
    return field


def _by_cells(cells: list[str]) -> str:
    if not cells:
        return ""
    if _share(EMAIL, cells) >= _MOST:
        return fields.EMAIL
    if _share(URL, cells) >= _MOST:
        return fields.URL
    if sum(map(_is_day, cells)) >= _MOST * len(cells):
        return fields.DAY
    plain = [cell for cell in cells if cell.startswith("+") or not FIGURES.fullmatch(cell) or cell[0] == "0"]
    return fields.PHONE if _share(PHONE, plain) >= _MOST and len(plain) * 2 > len(cells) else ""


def _is_day(cell: str) -> bool:
    return len(cell) > len("1980") and days.read(cell, day_first=True) is not None


def _column_of_names(shape: Shape, guessed: dict[str, str]) -> str:
    """Find the column whose cells look most like names of people, where somebody can be written to."""
    if not {fields.EMAIL, fields.PHONE} & set(guessed.values()):
        return ""
    shares = {name: _share(_NAME, shape.filled(name)) for name, field in guessed.items() if not field}
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= _MOST else ""


def _share(pattern: re.Pattern[str], cells: list[str]) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells) if cells else 0.0

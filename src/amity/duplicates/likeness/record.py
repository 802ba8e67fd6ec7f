"""What is known of one person, ready to be compared, and the same for a whole book as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from amity.duplicates.likeness import names
from amity.formats.identities import is_role
from amity.formats.robots import why_robot

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
MOST = 3  # values of one field that are compared
HOSTED = "users.noreply."  # a code host's address that says whose it is: it is a handle
MANY = (
    "email",
    "phone",
    "url",
    "handle",
    "employer",
    "born",
    "number",
    "street",
    "town",
    "postcode",
    "region",
    "moment",
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a person. `names` are whole names; or `given` and `family` where the source parts them.

    ``said`` holds every other field by the names of ``MANY``: e-mail, phone and url in normal form (see
    ``formats.identities``), `number` a number that only one person bears, `moment` keys of small moments.
    """

    names: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Column:
    """One field of every record: `at` (records, k) numbers of `values`, -1 where there is none."""

    values: list[str]
    at: Ints

    @property
    def counts(self) -> Ints:
        """How many records bear each value."""
        some = self.at[self.at >= 0]
        return np.bincount(some, minlength=len(self.values)).astype(np.int64)


@dataclass(slots=True)
class Table:
    """A whole book as columns; given, family and generation go name by name side by side."""

    size: int
    columns: dict[str, Column]


def column(rows: Sequence[Sequence[str]], width: int = MOST) -> Column:
    """Number the values of one field."""
    numbers: dict[str, int] = {"": -1}
    most = min(width, max((len(row) for row in rows), default=1) or 1)
    at = np.full((len(rows), most), -1, np.int64)
    for place, row in enumerate(rows):
        for slot, value in enumerate(row[:most]):
            at[place, slot] = numbers.setdefault(value, len(numbers) - 1)
    return Column([value for value in numbers if value], at)


def table(records: Sequence[Record]) -> Table:
    """Bring records into columns."""
    apart = [_names(record) for record in records]
    columns = {
        "given": column([[name.given for name in row] for row in apart]),
        "family": column([[name.family for name in row] for row in apart]),
        "middle": column([[name.middle for name in row] for row in apart]),
        "generation": column([[name.generation for name in row[:1]] for row in apart]),
        "script": column([[name.script for name in row] for row in apart]),
    }
    for kind in MANY:
        read = _READ.get(kind, _words)
        columns[kind] = column([read(record.said.get(kind, ())) for record in records])
    hosted = [_hosted(record.said.get("email", ())) for record in records]
    handles = [
        [*_words(record.said.get("handle", ())), *more] for record, more in zip(records, hosted, strict=True)
    ]
    columns["handle"] = column(handles)
    columns["local"] = _locals(columns["email"])
    return Table(len(records), columns)


def _names(record: Record) -> list[names.Name]:
    found = [names.taken_apart(name) for name in record.names[:MOST] if name]
    if record.given or record.family:
        found.insert(0, names.of_parts(record.given, record.family))
    return found[:MOST]


def _words(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(form for value in values if (form := names.plain(value))))


def _emails(values: Iterable[str]) -> list[str]:
    """Only mailboxes of somebody: well formed, no desk's, no machine's."""
    return [one for one in dict.fromkeys(values) if is_personal(one)]


def is_personal(address: str) -> bool:
    """Tell whether a mailbox may be somebody's own."""
    local, at, host = address.partition("@")
    formed = bool(local and at and "." in host.strip(".")) and not host.startswith(HOSTED)
    return formed and not is_role(address) and not why_robot(address)


def _hosted(values: Iterable[str]) -> list[str]:
    return [
        f"{host.removeprefix(HOSTED)} {local.rpartition('+')[2]}"
        for local, _, host in (one.partition("@") for one in values)
        if host.startswith(HOSTED)
    ]


def _as_said(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


_FIRM = frozenset(
    [
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "llc",
        "llp",
        "gmbh",
        "ag",
        "bv",
        "nv",
        "sa",
        "sarl",
        "srl",
        "plc",
        "co",
        "corp",
        "corporation",
        "company",
    ]
)


def _firms(values: Iterable[str]) -> list[str]:
    apart = ([word for word in value.split() if word not in _FIRM] for value in _words(values))
    return [" ".join(words) for words in apart if words]


def _days(values: Iterable[str]) -> list[str]:
    """Whole days as YYYYMMDD; a day without its year says too little to be weighed."""
    digits = ("".join(sign for sign in value if sign.isdigit()) for value in values)
    return [one for one in digits if len(one) == 8]  # noqa: PLR2004


_READ: dict[str, Callable[[Iterable[str]], list[str]]] = {
    "email": _emails,
    "phone": _as_said,
    "url": _as_said,
    "moment": _as_said,
    "employer": _firms,
    "born": _days,
}


def _locals(emails: Column) -> Column:
    """The part before the @ of each mailbox, without dots and digits' separators."""
    local = [names.plain(value.split("@", 1)[0]).replace(" ", "") for value in emails.values]
    numbers: dict[str, int] = {}
    renumbered = np.array([numbers.setdefault(one, len(numbers)) for one in local] or [0], np.int64)
    at = np.where(emails.at >= 0, renumbered[emails.at], -1)
    return Column(list(numbers), at)

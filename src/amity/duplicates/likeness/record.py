"""What is known of one person, ready to be compared, and the same for a whole book as arrays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from amity.duplicates.likeness import names
from amity.formats.identities import is_role, normal_email
from amity.formats.robots import why_robot

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
SHORTEST = 5  # letters of a handle that one person may be known by
MOST = 3  # values of one field that are compared
HOSTED = "users.noreply."  # a code host's address that says whose it is: it is a handle
MANY = (
    "email", "phone", "url", "handle", "employer", "born", "number", "street", "town", "postcode", "region",
    "moment",
)  # fmt: skip


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


def column(rows: Sequence[Sequence[str]], width: int = MOST, numbers: dict[str, int] | None = None) -> Column:
    """Number the values of one field; columns that share `numbers` share their values."""
    numbers = {"": -1} if numbers is None else numbers
    filled = [
        (place, slot, numbers.setdefault(value, len(numbers) - 1))
        for place, row in enumerate(rows)
        if row
        for slot, value in enumerate(row[:width])
    ]
    places = np.array(filled, np.int64).reshape(-1, 3)
    at = np.full((len(rows), int(places[:, 1].max(initial=0)) + 1), -1, np.int64)
    at[places[:, 0], places[:, 1]] = places[:, 2]
    return Column([value for value in numbers if value], at)


def table(records: Sequence[Record]) -> Table:
    """Bring records into columns."""
    apart = [_names(record) for record in records]
    words: dict[str, int] = {"": -1}
    columns = {
        part: column([[getattr(name, part) for name in row] for row in apart], numbers=words)
        for part in ("middle", "given", "family")
    }
    columns["whole"] = column(
        [[(name.given + name.middle).replace(" ", "") for name in row] for row in apart], numbers=words
    )
    columns["script"] = column([[name.script for name in row] for row in apart])
    columns["generation"] = column([[name.generation for name in row[:1]] for row in apart])
    columns |= _said(records)
    for part in ("middle", "given", "family", "whole"):
        columns[part].values = [value for value in words if value]
    _aliases(columns, records, apart)
    return Table(len(records), columns)


def _said(records: Sequence[Record]) -> dict[str, Column]:
    rows: dict[str, list[list[str]]] = {}
    for place, record in enumerate(records):
        for kind, values in record.said.items():
            if kind not in rows:
                rows[kind] = [[] for _ in records]
            rows[kind][place] = _READ.get(kind, _words)(values)
    nothing = column([()] * len(records))
    return {kind: column(rows[kind]) if kind in rows else nothing for kind in MANY}


def _aliases(
    columns: dict[str, Column], records: Sequence[Record], apart: Sequence[Sequence[names.Name]]
) -> None:
    """Number alike what somebody goes by: handles, a mailbox's part before the @, the name in one word."""
    numbers: dict[str, int] = {"": -1}
    local = [names.plain(value.split("@", 1)[0]).replace(" ", "") for value in columns["email"].values]
    at = [[local[one] for one in row if one >= 0] for row in columns["email"].at.tolist()]
    columns["url"] = column([_profiles(record) for record in records])
    columns["handle"] = column([_handles(record) for record in records], numbers=numbers)
    columns["local"] = column(at, numbers=numbers)
    columns["joined"] = column([_joined(row) for row in apart], 2 * MOST, numbers)
    telling = [[one for one in row if _tells(one, who)] for row, who in zip(at, apart, strict=True)]
    columns["telling"] = column(telling, numbers=numbers)


def _joined(row: Sequence[names.Name]) -> list[str]:
    """Write each name in one word, with and without what stands in the middle, either end first."""
    found = []
    for name in row:
        if name.given and name.family:
            found += [name.given + name.family, name.family + name.given]
            if name.middle:
                middle = name.given + name.middle.replace(" ", "")
                found += [middle + name.family, name.family + middle]
    return list(dict.fromkeys(found))


def _tells(local: str, row: Sequence[names.Name]) -> bool:
    """Tell whether a mailbox says more than the name does: *ada.byron* does not, *loom77* does."""
    rest = local
    for name in row:
        for part in (name.family, name.given, name.middle):
            if len(part) > 1:
                rest = rest.replace(part, "", 1)
    letters = len(rest.translate(_NO_DIGITS))
    return len(local) >= SHORTEST and (letters >= 3 or len(rest) - letters >= 2)  # noqa: PLR2004


def _names(record: Record) -> list[names.Name]:
    found = [names.taken_apart(name) for name in record.names[:MOST] if name and not names.is_handle(name)]
    if record.given or record.family:
        found.insert(0, names.of_parts(record.given, record.family))
    return found[:MOST]


def _words(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(form for value in values if (form := names.plain(value))))


def _emails(values: Iterable[str]) -> list[str]:
    """Only mailboxes of somebody: well formed, no desk's, no machine's."""
    return list(dict.fromkeys(form for one in values if is_personal(one) and (form := normal_email(one))))


_NO_DIGITS = str.maketrans("", "", "0123456789")
_END = re.compile(r"[^\W\d_]{2,}|xn--[\w-]+", re.IGNORECASE)
_NOWHERE = frozenset([
    "local", "lan", "localdomain", "localhost", "internal", "home", "invalid",
])  # fmt: skip


def is_personal(address: str) -> bool:
    """Tell whether a mailbox may be somebody's own."""
    local, at, host = address.partition("@")
    end = host.rpartition(".")[2]
    formed = (
        bool(local and at and _END.fullmatch(end)) and end not in _NOWHERE and not host.startswith(HOSTED)
    )
    return formed and "." in host.strip(".") and not is_role(address) and not why_robot(address)


def _handles(record: Record) -> list[str]:
    """What somebody goes by: handles, a code host's address, and a name that is none (*loom-smith42*)."""
    said = [names.plain(one).replace(" ", "") for one in record.said.get("handle", ())]
    said += [names.plain(one).replace(" ", "") for one in record.names if one and names.is_handle(one)]
    hosted = (_hosted(one).rpartition("/")[2] for one in record.said.get("email", ()))
    said += [names.plain(one).replace(" ", "") for one in hosted]
    return list(dict.fromkeys(one for one in said if one))


def _profiles(record: Record) -> list[str]:
    """Profiles, and the addresses by which a code host says whose they are."""
    said = [*record.said.get("url", ()), *(_hosted(one) for one in record.said.get("email", ()))]
    return list(dict.fromkeys(one for one in said if one))


def _hosted(address: str) -> str:
    local, _, host = address.casefold().partition("@")
    return f"{host.removeprefix(HOSTED)}/{local.rpartition('+')[2]}" if host.startswith(HOSTED) else ""


def _as_said(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


_FIRM = frozenset([
    "ltd", "limited", "inc", "incorporated", "llc", "llp", "gmbh", "ag", "bv", "nv", "sa", "sarl",
    "srl", "plc", "co", "corp", "corporation", "company",
])  # fmt: skip


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

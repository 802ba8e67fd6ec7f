"""What is known of one person, ready to be compared, and the same for a whole book as arrays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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


class _Filling:
    """A column on its way: flat lists, since a list a record would keep the collector of garbage busy."""

    def __init__(self, numbers: dict[str, int] | None = None) -> None:
        self.numbers = {"": -1} if numbers is None else numbers
        self.who: list[int] = []
        self.slot: list[int] = []
        self.value: list[int] = []

    def add(self, who: int, values: Iterable[str], width: int = MOST) -> None:
        """Write down the values of one record; fillings that share `numbers` share their values."""
        for slot, value in enumerate(values):
            if slot == width:
                return
            self.who.append(who)
            self.slot.append(slot)
            self.value.append(self.numbers.setdefault(value, len(self.numbers) - 1))

    def column(self, size: int) -> Column:
        """Give the column of `size` records."""
        at = np.full((size, max(self.slot, default=0) + 1), -1, np.int64)
        at[self.who, self.slot] = self.value
        return Column([value for value in self.numbers if value], at)


_ALIASES = ("handle", "local", "joined", "telling")
_PARTS = ("given", "family", "middle", "whole")


def table(records: Sequence[Record]) -> Table:
    """Bring records into columns; parts of names share their values, and so does what somebody goes by."""
    words: dict[str, int] = {"": -1}
    aliases: dict[str, int] = {"": -1}
    filled = {kind: _Filling() for kind in (*MANY, "script", "generation")}
    filled |= {part: _Filling(words) for part in _PARTS} | {alias: _Filling(aliases) for alias in _ALIASES}
    for who, record in enumerate(records):
        apart = _names(record)
        _fill_names(filled, who, apart)
        for kind, values in record.said.items():
            filled[kind].add(who, _READ.get(kind, _words)(values))
        _fill_aliases(filled, who, record, apart)
    return Table(len(records), {kind: one.column(len(records)) for kind, one in filled.items()})


def _fill_names(filled: dict[str, _Filling], who: int, apart: Sequence[names.Name]) -> None:
    for slot, name in enumerate(apart):
        whole = (name.given + name.middle).replace(" ", "") if name.middle else name.given
        for part, word in zip(_PARTS, (name.given, name.family, name.middle, whole), strict=True):
            one = filled[part]
            one.who.append(who)
            one.slot.append(slot)
            one.value.append(one.numbers.setdefault(word, len(one.numbers) - 1))
    filled["script"].add(who, (name.script for name in apart[:1]))
    filled["generation"].add(who, (name.generation for name in apart[:1]))


def _fill_aliases(filled: dict[str, _Filling], who: int, record: Record, apart: Sequence[names.Name]) -> None:
    """Write down what somebody goes by: handles, a mailbox's part before the @, the name in one word."""
    emails = record.said.get("email", ())
    hosted = [form for one in emails if HOSTED in one and (form := _hosted(one))]
    if hosted:
        filled["url"].add(who, dict.fromkeys([*record.said.get("url", ()), *hosted]))
    filled["handle"].add(who, _handles(record, hosted))
    filled["joined"].add(who, _joined(apart), 2 * MOST)
    local = [names.plain(one.partition("@")[0]).replace(" ", "") for one in _emails(emails)]
    filled["local"].add(who, local)
    filled["telling"].add(who, (one for one in local if _tells(one, apart)))


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


def _words(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(form for value in values if (form := names.plain(value)))


def _emails(values: Iterable[str]) -> Iterable[str]:
    """Only mailboxes of somebody: well formed, no desk's, no machine's."""
    return dict.fromkeys(form for one in values if (form := _own_mailbox(one)))


@lru_cache(maxsize=200_000)
def _own_mailbox(address: str) -> str:
    return normal_email(address) if is_personal(address) else ""


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


def _handles(record: Record, hosted: Sequence[str]) -> Iterable[str]:
    """What somebody goes by: handles, a code host's address, and a name that is none (*loom-smith42*)."""
    said = [*record.said.get("handle", ()), *(one.rpartition("/")[2] for one in hosted)]
    said += [one for one in record.names if one and names.is_handle(one)]
    return dict.fromkeys(form for one in said if (form := names.plain(one).replace(" ", "")))


def _hosted(address: str) -> str:
    """Give the profile that a code host's address tells, or ''."""
    local, _, host = address.casefold().partition("@")
    return f"{host.removeprefix(HOSTED)}/{local.rpartition('+')[2]}" if host.startswith(HOSTED) else ""


def _as_said(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(value for value in values if value)


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


_READ: dict[str, Callable[[Iterable[str]], Iterable[str]]] = {
    "email": _emails,
    "phone": _as_said,
    "url": _as_said,
    "moment": _as_said,
    "employer": _firms,
    "born": _days,
}

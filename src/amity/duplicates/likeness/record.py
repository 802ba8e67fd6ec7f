"""What is known of one person, ready to be compared, and the same for a whole book as arrays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
    def empty(self) -> bool:
        """Whether nobody says anything of it."""
        return bool((self.at < 0).all())

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


class _Numbers(dict[str, int]):
    """Numbers values as they come; '' is none."""

    def __init__(self) -> None:
        super().__init__({"": -1})

    def __missing__(self, value: str) -> int:
        self[value] = number = len(self) - 1
        return number

    def of(self, values: Sequence[str]) -> Ints:
        """Give the number of each value."""
        return np.fromiter(map(self.__getitem__, values), np.int64, len(values))

    def values_said(self) -> list[str]:
        """Give the values by their numbers."""
        return [value for value in self if value]


@dataclass(slots=True)
class _Said:
    """What one field says: flat lists, since a list a record would keep the collector of garbage busy."""

    who: list[int] = field(default_factory=list)
    value: list[str] = field(default_factory=list)

    def add(self, who: int, values: Sequence[str]) -> None:
        """Write down the values of one record."""
        self.who += [who] * len(values)
        self.value += values

    def read(self, form: Callable[[str], str]) -> _Said:
        """Bring each value into its form, equal ones once; '' says nothing."""
        forms = {value: form(value) for value in set(self.value)}
        return _Said(self.who, [forms[value] for value in self.value])

    def column(self, size: int, numbers: _Numbers | None = None, width: int = MOST) -> Column:
        """Give the column of `size` records: of each its first values, each once, from shared `numbers`."""
        numbers = _Numbers() if numbers is None else numbers
        who, value = np.array(self.who, np.int64), numbers.of(self.value)
        who, value = who[value >= 0], value[value >= 0]
        _, first = np.unique(who * len(numbers) + value, return_index=True)
        first = first[np.lexsort((first, who[first]))]
        who, value = who[first], value[first]
        slot = np.arange(len(who)) - np.searchsorted(who, who)
        kept = slot < width
        return _placed(who[kept], slot[kept], value[kept], size, numbers)


def _placed(who: Ints, slot: Ints, value: Ints, size: int, numbers: _Numbers) -> Column:
    at = np.full((size, int(slot.max(initial=0)) + 1), -1, np.int64)
    at[who, slot] = value
    return Column(numbers.values_said(), at)


def table(records: Sequence[Record]) -> Table:
    """Bring records into columns; parts of names share their values, and so does what somebody goes by."""
    size = len(records)
    said = {kind: _Said() for kind in MANY}
    for who, record in enumerate(records):
        for kind, values in record.said.items():
            said[kind].add(who, values)
    apart = [_names(record) for record in records]
    hosted = _hosts(said["email"])
    handles = _handles(records, said["handle"], hosted)
    said["url"] = _Said(said["url"].who + hosted.who, said["url"].value + hosted.value)
    said["email"] = said["email"].read(_own_mailbox)
    columns = {kind: one.read(_READ.get(kind, names.plain)).column(size) for kind, one in said.items()}
    columns |= _parts_of_names(apart) | _aliases(apart, handles, said["email"])
    return Table(size, columns)


def _parts_of_names(apart: Sequence[Sequence[names.Name]]) -> dict[str, Column]:
    size, numbers = len(apart), _Numbers()
    who = np.array([one for one, row in enumerate(apart) for _ in row], np.int64)
    slot = np.array([place for row in apart for place in range(len(row))], np.int64)
    every = [name for row in apart for name in row]
    words = {
        "given": [name.given for name in every],
        "family": [name.family for name in every],
        "middle": [name.middle for name in every],
        "whole": [_whole(name) for name in every],
    }
    found = {part: numbers.of(values) for part, values in words.items()}
    columns = {part: _placed(who, slot, value, size, numbers) for part, value in found.items()}
    for kind in ("script", "generation"):
        of_first = _Said(list(range(size)), [getattr(row[0], kind) if row else "" for row in apart])
        columns[kind] = of_first.column(size)
    return columns


def _whole(name: names.Name) -> str:
    return (name.given + name.middle).replace(" ", "") if name.middle else name.given


def _aliases(apart: Sequence[Sequence[names.Name]], handles: _Said, emails: _Said) -> dict[str, Column]:
    """Give what somebody goes by: handles, a mailbox's part before the @, the name in one word."""
    size, numbers, joined = len(apart), _Numbers(), _Said()
    for who, row in enumerate(apart):
        for name in row:
            joined.add(who, _joined(name))
    local = emails.read(lambda one: names.plain(one.partition("@")[0]).replace(" ", ""))
    telling = [
        one if _tells(one, apart[who]) else "" for who, one in zip(local.who, local.value, strict=True)
    ]
    wide = joined.column(size, numbers, 2 * MOST)
    said = {"handle": handles, "local": local, "telling": _Said(local.who, telling)}
    found = {kind: one.column(size, numbers) for kind, one in said.items()}
    return {kind: Column(numbers.values_said(), one.at) for kind, one in (found | {"joined": wide}).items()}


def _joined(name: names.Name) -> list[str]:
    """Write a name in one word, with and without what stands in the middle, either end first."""
    if not name.given or not name.family:
        return []
    found = [name.given + name.family, name.family + name.given]
    if name.middle:
        middle = name.given + name.middle.replace(" ", "")
        found += [middle + name.family, name.family + middle]
    return found


def _tells(local: str, row: Sequence[names.Name]) -> bool:
    """Tell whether a mailbox says more than the name does: *ada.byron* does not, *loom77* does."""
    if len(local) < SHORTEST:
        return False
    rest = local
    for name in row:
        for part in (name.family, name.given, name.middle):
            if len(part) > 1:
                rest = rest.replace(part, "", 1)
    letters = len(rest.translate(_NO_DIGITS))
    return letters >= 3 or len(rest) - letters >= 2  # noqa: PLR2004


def _names(record: Record) -> list[names.Name]:
    found = [names.taken_apart(name) for name in record.names[:MOST] if name and not names.is_handle(name)]
    if record.given or record.family:
        found.insert(0, names.of_parts(record.given, record.family))
    return found[:MOST]


def _own_mailbox(address: str) -> str:
    """Give a mailbox of somebody: well formed, no desk's, no machine's; else ''."""
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


def _handles(records: Sequence[Record], said: _Said, hosted: _Said) -> _Said:
    """What somebody goes by: handles, a code host's address, and a name that is none (*loom-smith42*)."""
    found = _Said(said.who + hosted.who, said.value + [one.rpartition("/")[2] for one in hosted.value])
    for who, record in enumerate(records):
        found.add(who, [one for one in record.names if one and names.is_handle(one)])
    return found.read(lambda one: names.plain(one).replace(" ", ""))


def _hosts(emails: _Said) -> _Said:
    found = [(who, one) for who, one in zip(emails.who, emails.value, strict=True) if HOSTED in one]
    return _Said([who for who, _ in found], [_hosted(one) for _, one in found])


def _hosted(address: str) -> str:
    """Give the profile that a code host's address tells, or ''."""
    local, _, host = address.casefold().partition("@")
    return f"{host.removeprefix(HOSTED)}/{local.rpartition('+')[2]}" if host.startswith(HOSTED) else ""


_FIRM = frozenset([
    "ltd", "limited", "inc", "incorporated", "llc", "llp", "gmbh", "ag", "bv", "nv", "sa", "sarl",
    "srl", "plc", "co", "corp", "corporation", "company",
])  # fmt: skip


def _firm(value: str) -> str:
    return " ".join(word for word in names.plain(value).split() if word not in _FIRM)


def _day(value: str) -> str:
    """Give a whole day as YYYYMMDD; a day without its year says too little to be weighed."""
    digits = "".join(sign for sign in value if sign.isdigit())
    return digits if len(digits) == 8 else ""  # noqa: PLR2004


_READ: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("email", "phone", "url", "moment"), str),
    "employer": _firm,
    "born": _day,
}

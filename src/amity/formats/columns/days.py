"""Days as people and their spreadsheets write them, in seven languages, with or without a year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from amity.formats import partial_date
from amity.formats.columns.words import bare

_FIGURES = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})(?:\2\s?(\d{4}|\d{2})?)?(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:\.|er|st|nd|rd|th|º|°)?[ -](?:de |di |of )?([^\W\d]{3,12})\.?"
    r"(?:(?:,? (?:de |del )?|-)(\d{4}|\d{2}))?"
)
_MONTH_DAY = re.compile(r"([^\W\d]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_CLOCK = re.compile(
    r"[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
_NO_DAY = re.compile(r"[0./ -]*")  # Outlook writes 0/0/00
_MOST_MONTHS = 12
_LONGEST = 100  # characters; of endless blanks a clock would be looked for at each
# Two digits as spreadsheets read them: 30 to 99 lie in the 1900s.
_FIRST_OF_1900S = 30
_MONTHS = [
    "january januar janvier enero janeiro gennaio januari janner",
    "february februar fevrier febrero fevereiro febbraio februari feber",
    "march marz maerz mars marzo marco maart",
    "april avril abril aprile",
    "may mai mayo maio maggio mei",
    "june juni juin junio junho giugno",
    "july juli juillet julio julho luglio",
    "august aout agosto augustus",
    "september septembre septiembre setembro settembre",
    "october oktober octobre octubre outubro ottobre",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dezembro dicembre",
]


@lru_cache(maxsize=4096)
def read(text: str, *, day_first: bool) -> str | None:
    """Read a day and spell it as ``records.Dated`` does; None when it is none of 1800 to 2100.

    ``day_first`` decides ``3/4/1980`` where neither number is above twelve; dots always put the day first.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    text = _CLOCK.sub("", text) if ":" in text else text
    return partial_date.parse(text) or _figures(text, day_first=day_first) or _letters(text)


def is_no_day(text: str) -> bool:
    """Tell whether a cell is how a program writes that it knows no day."""
    return _NO_DAY.fullmatch(text) is not None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Tell whether ``3/4/1980`` is in April: some cell's number above twelve says it; None without one."""
    for text in texts:
        found = _FIGURES.match(text)
        if found and found[2] != "." and int(found[1]) > _MOST_MONTHS >= int(found[3]):
            return True
        if found and found[2] != "." and int(found[3]) > _MOST_MONTHS >= int(found[1]):
            return False
    return None


def is_ambiguous(text: str) -> bool:
    """Tell whether a day reads otherwise with the month first."""
    first, second = read(text, day_first=True), read(text, day_first=False)
    return first != second


def _figures(text: str, *, day_first: bool) -> str | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _spelled(found[1], int(found[2]), int(found[3]))
    found = _FIGURES.fullmatch(text)
    if not found or (not found[4] and found[2] == "-"):
        return None
    first, second = int(found[1]), int(found[3])
    if second > _MOST_MONTHS or (first <= _MOST_MONTHS and not day_first and found[2] != "."):
        return _spelled(found[4], first, second)
    return _spelled(found[4], second, first)


def _letters(text: str) -> str | None:
    text = bare(text)
    if found := _DAY_MONTH.fullmatch(text):
        return _spelled(found[3], _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _spelled(found[3], _month(found[1]), int(found[2]))
    return None


@lru_cache(maxsize=1024)
def _month(word: str) -> int:
    """Give the month a word or its beginning names, 0 for none or for several."""
    found = {month for month, names in enumerate(_MONTHS, 1) if f" {word}" in f" {names}"}
    return found.pop() if len(found) == 1 else 0


def _spelled(year: str | None, month: int, day: int) -> str | None:
    if year and len(year) == 2:  # noqa: PLR2004  (two digits are two digits)
        year = f"{19 if int(year) >= _FIRST_OF_1900S else 20}{year}"
    return partial_date.parse(f"{year or '-'}-{month:02}-{day:02}")

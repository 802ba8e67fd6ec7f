"""What a column is called tells what it says; the words of seven languages are in ``words.txt``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from amity.formats.columns import fields

_PUNCTUATION = re.compile(r"[\W_]+")
_NUMBER = re.compile(r" \d{1,2}$")
_LONGEST_HEADER = 60
_NAMED_ALONE = {"url", "website", "homepage", "web", "webseite", "site"}  # says no more than that it is one
_CHILDREN = {"child", "children", "kind", "kinder", "enfants", "hijos", "filhos", "figli", "kinderen"}


def bare(text: str) -> str:
    """Give text without case and accents: ``Größe`` -> ``grosse``."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Give whole headers, words within headers and words of a kind, each -> the first section that has it."""
    headers: dict[str, str] = {}
    within: dict[str, str] = {}
    which: dict[str, str] = {}
    into, section = headers, ""
    for line in files(__package__).joinpath("words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[+]").removeprefix("which ")
            into = within if line[1] == "+" else which if line.startswith("[which") else headers
        elif line and not line.startswith("#"):
            for word in line.split(": ", 1)[1].split(", "):
                into.setdefault(word, section)
    return headers, within, which


@lru_cache(maxsize=4096)
def field_of(header: str) -> str:
    """Say what a column of this name holds, '' when its words do not tell."""
    headers, within, _ = _words()
    words = _plain(header)
    if words in headers or len(words) > _LONGEST_HEADER:
        return headers.get(words, "")
    found = {within[word] for word in words.split() if word in within}
    return next((field for field in within.values() if field in found), "")


def field_named(header: str) -> str:
    """Say the same where every word of the name is one of ours, not only one within it."""
    headers, within, which = _words()
    words = _plain(header)
    ours = all(word in within or word in which or len(word) == 1 for word in words.split())
    return field_of(header) if ours or words in headers else ""


def _plain(header: str) -> str:
    return _NUMBER.sub("", _PUNCTUATION.sub(" ", bare(header)).strip())


def label_of(header: str, field: str) -> str:
    """Say which of several ways, days or relatives a column of this name holds."""
    words = _PUNCTUATION.sub(" ", bare(header)).split()
    if field == fields.MENTIONED:
        return "partner" if _CHILDREN.isdisjoint(words) else "child"
    if field == fields.DAY:
        return "anniversary" if field_of(header) == fields.DAY else header
    if field in {fields.URL, fields.HANDLE}:
        return "" if field_of(header) != field or _NAMED_ALONE & set(words) else header
    if field in {fields.EMAIL, fields.PHONE, fields.ADDRESS}:
        which = _words()[2]
        return next((which[word] for word in words if word in which), "")
    return ""

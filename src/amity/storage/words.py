"""Finding words, where the two engines differ: ``rows_with`` alone knows how each is asked.

What is indexed and what is asked are both cut into words by ``words_of``, and neither engine cuts, folds or
stems again: FTS5 gets them through its tokenizer for bytes (``unicode61`` knows the letters of 2012),
PostgreSQL as ready-made lexemes (its parser takes ``anna-lena`` and ``a@b.example`` apart by its own rules).
The table is ``amity_entry`` (search/models.py), its index ``amity_entry_words``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from amity.storage.folded import fold

LONGEST_WORD = 60

_PLAIN_WORD = re.compile("[a-z0-9]+")
# Signs of scripts without spaces between words; each is a word.
_SIGN = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")


class Term(NamedTuple):
    """What is looked for: a whole word, or how a word begins."""

    word: str
    begins: bool = False

    def fits(self, word: str) -> bool:
        """Tell whether a folded word is what is looked for."""
        return word.startswith(self.word) if self.begins else word == self.word


# Each group has to be there; of a group any one term will do.
Sought = Sequence[Sequence[Term]]


def words_of(text: str) -> list[str]:
    """Cut a text into folded words, each once: ``Zoë's café, Zoë`` -> ``zoe, s, cafe``."""
    folded = fold(text)
    if folded.isascii():
        return list(dict.fromkeys(word[:LONGEST_WORD] for word in _PLAIN_WORD.findall(folded)))
    spaced = "".join(sign if _is_of_a_word(sign) else " " for sign in _SIGN.sub(r" \g<0> ", folded))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in spaced.split()))


def _is_of_a_word(sign: str) -> bool:
    """Letters, digits, and the marks that folding leaves to letters, as in Hindi."""
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def rows_with(
    sought: Sought, *, owner: int, ids: tuple[int, int], limit: int | None = None
) -> tuple[str, list[Any]]:
    """Give the question (SQL and its values) for the `row` of entries with these words, the largest id first.

    `ids` are the first and the last id that may be given.
    """
    sql, values = _asked("row", sought, owner, ids)
    return (sql, values) if limit is None else (f"{sql} LIMIT %s", [*values, limit])


def kinds_with(sought: Sought, *, owner: int, ids: tuple[int, int]) -> list[int]:
    """Give the kinds of which any entry between these ids has these words."""
    sql, values = _asked("kind", sought, owner, ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT kind FROM ({sql}) found ORDER BY kind", values)  # noqa: S608
        return [kind for (kind,) in cursor.fetchall()]


def _asked(column: str, sought: Sought, owner: int, ids: tuple[int, int]) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite":
        sql, words = _ASK_SQLITE, _spelled(sought, " AND ", " OR ", '"%s"', '"%s" *')
    else:
        sql, words = _ASK_POSTGRESQL, _spelled(sought, " & ", " | ", "'%s'", "'%s':*")
    return sql.format(column=column), [words, *ids, owner]


# CROSS JOIN keeps the index outermost: it gives the largest ids first and stops at the limit.
_ASK_SQLITE = (
    "SELECT {column} FROM amity_entry_words w CROSS JOIN amity_entry e ON e.id = w.rowid "
    "WHERE w.amity_entry_words MATCH %s AND w.rowid BETWEEN %s AND %s AND e.owner_id = %s "
    "ORDER BY w.rowid DESC"
)
_ASK_POSTGRESQL = (
    "SELECT {column} FROM amity_entry WHERE lexemes @@ %s::tsquery AND id BETWEEN %s AND %s "
    "AND owner_id = %s ORDER BY id DESC"
)


def _spelled(sought: Sought, each: str, either: str, whole: str, beginning: str) -> str:
    """Write it in an engine's own language; a word has nothing in it that could be taken for a sign of it."""
    return each.join(
        f"({either.join((beginning if term.begins else whole) % term.word for term in group)})"
        for group in sought
    )


def create(to: BaseDatabaseWrapper) -> None:
    """Make the index beside its table; from then on the database itself keeps the two alike."""
    with to.cursor() as cursor:
        for statement in _ON_SQLITE if to.vendor == "sqlite" else _ON_POSTGRESQL:
            cursor.execute(statement)


_ON_SQLITE = (
    """CREATE VIRTUAL TABLE amity_entry_words USING fts5(
    words, content='amity_entry', content_rowid='id',
    tokenize='ascii', prefix='2 3', detail=none, columnsize=0)""",
    """CREATE TRIGGER amity_entry_made AFTER INSERT ON amity_entry BEGIN
    INSERT INTO amity_entry_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER amity_entry_gone AFTER DELETE ON amity_entry BEGIN
    INSERT INTO amity_entry_words(amity_entry_words, rowid, words)
    VALUES ('delete', old.id, old.words); END""",
)
_ON_POSTGRESQL = (
    """ALTER TABLE amity_entry ADD COLUMN lexemes tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX amity_entry_words ON amity_entry USING gin (lexemes) WITH (fastupdate = off)",
)


def scrub() -> None:
    """Leave no word in the index that no entry has: FTS5 marks what is deleted until it merges its parts.

    Its own `secure-delete` would do so at each deletion, at milliseconds for a row of frequent words.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO amity_entry_words(amity_entry_words) VALUES ('optimize')")
        transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    """Leave nothing in the write-ahead log either, which lies beside the book while a connection is open."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""Questions that are worded once a process, and asked again about other rows.

To find the fields and joins and to write SQL takes Django longer than a database takes to answer, and it is
the same each time but for the keys. So a question is worded about rows that are not there, and whenever it is
asked their keys give way to those of the rows it is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import QuerySet

from amity.storage.together import Together

P = ParamSpec("P")
Row = TypeVar("Row")
Questions = list[QuerySet[Any, Any]]
FIRST = 8_000_000_000_000_000_000  # the first key of a row that is not there; no table has so many
MOST_WORDINGS = 100  # of one function are kept: one for each day that a page asks about
SOME = object()  # stands for a list of keys, however many they are


def worded_once(word: Callable[P, Questions]) -> Callable[P, list[list[Any]]]:
    """Make of a function that words questions one that asks them together, as ``ask_together`` does.

    What it takes, each by its place, are rows, of which it may use the key and the owner's key; lists of
    keys, which ``these`` puts into a question; and words, numbers, days, tuples, for each of which it is
    called anew. It asks the database nothing itself.

    Raises:
        TypeError: as ``ask_together``, and where the function or its caller does otherwise.
        ValueError: for a row that was never saved.
    """
    worded = lru_cache(MOST_WORDINGS, typed=True)(partial(_worded, word))

    @wraps(word)
    def ask(*values: P.args, **names: P.kwargs) -> list[list[Any]]:
        if names:
            raise TypeError("What is asked about stands in its place, without a name.")
        keys = {stand_in: keys for at, value in enumerate(values) for stand_in, keys in _keys(at, value)}
        return worded(connection.vendor, *map(_shape, values)).ask(keys)

    return ask


def answered_once(word: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """The same for a function that words a single question."""
    asked = worded_once(lambda *values: [word(*values)])  # type: ignore[call-arg]

    @wraps(word)
    def answer(*values: P.args, **names: P.kwargs) -> list[Row]:
        (found,) = asked(*values, **names)
        return found

    return answer


def any_once(word: Callable[P, QuerySet[Any, Any]]) -> Callable[P, bool]:
    """The same for whether there is anything at all that answers it."""
    first = answered_once(lambda *values: word(*values).values_list("pk")[:1])  # type: ignore[call-arg]

    @wraps(word)
    def is_any(*values: P.args, **names: P.kwargs) -> bool:
        return bool(first(*values, **names))

    return is_any


def _shape(value: object) -> object:
    """Give what of a value a wording depends on."""
    if isinstance(value, models.Model):
        return value._meta.model  # noqa: SLF001  (the type of who is signed in is that of a proxy)
    if isinstance(value, list):
        return SOME
    if isinstance(value, Iterable) and not isinstance(value, (str, tuple)):
        raise TypeError("Keys to ask about come as a list.")
    return value


def _keys(at: int, value: object) -> Iterator[tuple[int, Sequence[int]]]:
    """Give the keys that a wording has for the value at a place, each with those it stands for."""
    own, owners = _stand_ins(at)
    if isinstance(value, models.Model):
        if value.pk is None:
            raise ValueError("Nothing can be asked about what was never saved.")
        yield own, [value.pk]
        yield owners, [getattr(value, "owner_id", 0)]
    elif isinstance(value, list):
        yield own, value


def _stand_ins(at: int) -> tuple[int, int]:
    return FIRST + 2 * at, FIRST + 2 * at + 1


def _worded(word: Callable[..., Questions], _vendor: str, *shapes: object) -> Together:
    with connection.execute_wrapper(_refuse):
        together = Together(word(*(_instead(at, shape) for at, shape in enumerate(shapes))))
    lists = {str(_stand_ins(at)[0]) for at, shape in enumerate(shapes) if shape is SOME}
    if not lists.isdisjoint(map(str, together.params)):
        raise TypeError("Only `these` puts a list of keys into a question that is worded once.")
    return together


def _instead(at: int, shape: object) -> object:
    """Give what stands for a value of this shape."""
    own, owners = _stand_ins(at)
    if shape is SOME:
        return [own]
    if not (isinstance(shape, type) and issubclass(shape, models.Model)):
        return shape
    if shape is get_user_model():
        return shape(pk=own)
    return shape(pk=own, owner=get_user_model()(pk=owners))


def _refuse(*_: Any) -> None:
    raise TypeError("What is worded once asks the database nothing while it is worded.")

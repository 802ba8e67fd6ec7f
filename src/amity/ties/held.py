"""What this process has worked out from an owner's album: true for as long as the album is the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db.models import QuerySet

from amity.journal.models import Import, ImportState
from amity.owner.models import Owner
from amity.storage.wording import answered_once
from amity.ties.queries import Album

Found = TypeVar("Found")


@answered_once
def _leaving(owner: Owner) -> QuerySet[Import, int]:
    going = Import.objects.of(owner).filter(state=ImportState.LEAVING)
    return going.order_by("pk").values_list("pk", flat=True)


class PerAlbum(Generic[Found]):
    """Works something out once for each album, so again after the next deed.

    An import that is being taken back hides its rows before its deed is done: it makes a difference too.
    """

    def __init__(self, work_out: Callable[[Owner, Album], Found]) -> None:
        self._work_out = work_out
        self._held: dict[int, tuple[Album, list[int], Found]] = {}

    def of(self, owner: Owner, ties: Album) -> Found:
        """Give what was worked out for an owner's album: one question where it was."""
        leaving = _leaving(owner)
        held = self._held.get(owner.pk)
        if held is None or held[0] is not ties or held[1] != leaving:
            held = self._held[owner.pk] = (ties, leaving, self._work_out(owner, ties))
        return held[2]

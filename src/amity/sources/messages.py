"""Messages and mails as moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from amity.formats.records import Message
from amity.gatherings.actions import FEW
from amity.journal.actions import table_of
from amity.journal.models import Import, Origin
from amity.moments.models import Direction, Moment, Participation
from amity.people.identity import Ref
from amity.sources.batch import Batch
from amity.sources.keys import natural_key, storable
from amity.sources.origins import Origins
from amity.sources.report import Report
from amity.sources.who import Who

NUDGE_KEY = "nudge:"


@dataclass
class Messages:
    """Turns messages into moments the book does not hold yet.

    ``done`` are the moments that "done" on a nudge wrote: (person, kind, day) -> moment; the message
    itself, when it comes, is that moment and not another one. ``dry`` are the keys of a dry run.
    """

    run: Import
    who: Who
    origins: Origins
    report: Report
    done: dict[tuple[int, str, date], int] = field(default_factory=dict)
    dry: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Know the moments that nudges made and no message has joined yet."""
        joined = Origin.objects.filter(owner=self.run.owner, table=table_of(Moment)).values("row")
        rows = Participation.objects.of(self.run.owner).filter(moment__key__startswith=NUDGE_KEY)
        columns = ("person_id", "moment__kind", "moment__day", "moment_id")
        for person, kind, day, moment in rows.exclude(moment__in=joined).values_list(*columns):
            self.done[person, kind, day] = moment

    def match(self, batch: Batch, messages: list[tuple[str, Message]]) -> None:
        """Add the moments that are new and the origins of those that are not."""
        keys = {natural_key(source, message.key) for source, message in messages}
        there = existing_moments(self.run, keys)
        for source, message in messages:
            key = natural_key(source, message.key)
            if key in there or key in self.dry:
                self._again(batch, there.get(key), key)
            elif self._add(batch, source, message, key):
                there[key] = None
                if self.who.dry:
                    self.dry.add(key)

    def _again(self, batch: Batch, moment: tuple[int, int | None] | None, key: str) -> None:
        self.report.moments_same += 1
        if moment:
            self.origins.note(batch, Moment, moment[0], brought_by=moment[1], key=key)

    def _add(self, batch: Batch, source: str, message: Message, key: str) -> bool:
        if message.automatic:
            return False
        size = 1 + len(message.recipients)
        if size > FEW:
            self.report.group += 1
            return False
        people, direction = self._people(batch, source, message)
        if not people:
            return False
        day = day_of(message.at, self.run)
        if written := self._written(people, direction, message.kind, day):
            self._again(batch, (written, None), key)
            return True
        self.report.moments_new += 1
        moment = self._moment(message, key, direction, day, size)
        batch.add(moment)
        batch.extend(self.who.row(Participation, person, moment=moment) for person in people)
        return True

    def _written(self, people: list[Ref], direction: str, kind: str, day: date) -> int | None:
        """Give the moment that "done" wrote for this very message, once."""
        if direction != Direction.OUT or len(people) != 1 or not isinstance(people[0], int):
            return None
        return self.done.pop((people[0], kind, day), None)

    def _moment(self, message: Message, key: str, direction: str, day: date, size: int) -> Moment:
        return Moment(
            owner=self.run.owner,
            imported_by=self.run,
            key=key,
            day=day,
            at=instant(message.at, self.run),
            zone="UTC" if message.at.tzinfo else self.run.owner.zone,
            kind=message.kind,
            direction=direction,
            text=self._words(message, size),
            size=size,
        )

    def _people(self, batch: Batch, source: str, message: Message) -> tuple[list[Ref], str]:
        """Give whom the owner wrote to, or who wrote to the owner."""
        by_owner = message.sent_by_owner
        if by_owner is None:
            by_owner = self.who.is_owner(message.sender, source)
        ends = message.recipients if by_owner else (message.sender,)
        found = [ref for end in ends if (ref := self.who.party(batch, end, source)) is not None]
        unique = {ref if isinstance(ref, int) else id(ref): ref for ref in found}
        return list(unique.values()), Direction.OUT if by_owner else Direction.IN

    def _words(self, message: Message, size: int) -> str:
        """Keep words as the owner chose: of one-to-one messages, of all, or of none."""
        if self.run.words == "all":
            return storable("\n".join(part for part in (message.subject, message.text) if part))
        one_to_one = message.kind == "message" and size == 2  # noqa: PLR2004  (the owner and one more)
        return storable(message.text) if self.run.words == "direct" and one_to_one else ""


def day_of(at: datetime, run: Import) -> date:
    """Give the owner's local date of an instant; one without a zone is the owner's wall clock."""
    return (at.astimezone(run.owner.tz) if at.tzinfo else at).date()


def instant(at: datetime, run: Import) -> datetime:
    """Give an instant in UTC; one without a zone is the owner's wall clock."""
    return (at if at.tzinfo else at.replace(tzinfo=run.owner.tz)).astimezone(UTC)


def existing_moments(run: Import, keys: set[str]) -> dict[str, tuple[int, int | None] | None]:
    """Give the moments that stand under these keys, by their own or an origin's, with their import."""
    rows = Moment.objects.filter(owner=run.owner).keyed(keys).values_list("key", "id", "imported_by_id")
    found: dict[str, tuple[int, int | None] | None] = {key: (pk, source) for key, pk, source in rows}
    said = Origin.objects.filter(owner=run.owner, table=table_of(Moment), key__in=keys)
    for key, row, source in said.order_by("id").values_list("key", "row", "imported_by_id"):
        found.setdefault(key, (row, source))
    return found

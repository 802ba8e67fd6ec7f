"""Events.csv: the events the owner said they attend. It tells a name, one instant and a link."""

from __future__ import annotations

from collections.abc import Iterator

from amity.formats.linkedin.days import instant_of, not_a_day
from amity.formats.linkedin.export import Export
from amity.formats.linkedin.words import short_hash
from amity.formats.records import Event, Record, Skipped
from amity.formats.tabular import Row

_KNOWN = {"event name", "event time", "status", "external url"}


def events(export: Export) -> Iterator[Record]:
    """Yield the attended events; those the owner was only interested in or asked to are left."""
    for row in export.rows("events"):
        if isinstance(row, Skipped):
            yield row
        elif row["status"].casefold() in {"attending", "attended"}:
            yield _event(row)


def _event(row: Row) -> Event | Skipped:
    starts = instant_of(row["event time"])
    if starts is None:
        return row.skipped(not_a_day(row["event time"]))
    if not row["event name"]:
        return row.skipped("An event without a name.")
    url = row["external url"]
    return Event(
        where=row.where,
        key=f"linkedin event {short_hash(url or row['event name'], starts.isoformat())}",
        title=row["event name"],
        starts=starts,
        ends=starts,
        description="\n".join(f"{column}: {text}" for column, text in row.others(_KNOWN)),
        url=url,
    )

"""Subscribers as the owner handles them: invite, bring in a list, give it out again, circles."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amity.formats.csv_writer import safe
from amity.formats.encodings import decode
from amity.letter.models import Consent, ReaderState, Subscriber
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean, clipped
from amity.post.address import digest_of, is_address
from amity.post.message import one_line
from amity.post.queries import suppressed

COLUMNS = ("address", "name", "language", "circles")
MOST_ROWS, MOST_REFUSED, MOST_CIRCLES = 200_000, 100, 20
_AT_ONCE = 2000


@dataclass
class Brought:
    """What came of a list: how many are new, known, or want no more mail; each broken row by its line."""

    new: int = 0
    known: int = 0
    left_before: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    refused_more: int = 0

    def refuse(self, line: int, why: str) -> None:
        """Note a row that could not be taken."""
        if len(self.refused) < MOST_REFUSED:
            self.refused.append((line, why))
        else:
            self.refused_more += 1


def columns_of(data: bytes) -> list[str]:
    """Give the names in the first line of a CSV file, for the owner to map."""
    return next(csv.reader(_lines(data)), [])


def bring_in(owner: Owner, data: bytes, mapping: Mapping[str, str], *, source: str, now: datetime) -> Brought:
    """Bring in a CSV list whose readers have agreed elsewhere; `mapping` names the column of each of ours.

    Whoever left or was erased here stays away. Every row that can be read comes in.

    Raises:
        NotPossible: when it is not said where they agreed, or too lengthily, or no column holds addresses.
    """
    source = clean(source, 300)
    if not source:
        raise NotPossible(
            _("Say where these readers agreed to get your letter; without that nobody may write to them.")
        )
    if mapping.get("address") not in columns_of(data):
        raise NotPossible(_("Say which column holds the addresses."))
    brought, away = Brought(), suppressed(owner)
    known = set(Subscriber.objects.of(owner).values_list("digest", flat=True))
    with transaction.atomic():
        for group in _in_groups(_rows(owner, data, mapping, brought, known, away)):
            readers = Subscriber.objects.bulk_create(group)
            Consent.objects.bulk_create([_imported(reader, source, now) for reader in readers])
            brought.new += len(group)
    return brought


def _rows(
    owner: Owner,
    data: bytes,
    mapping: Mapping[str, str],
    brought: Brought,
    known: set[str],
    away: Mapping[str, str],
) -> Iterator[Subscriber]:
    reader = csv.DictReader(_lines(data))
    for row in reader:
        told = {ours: (row.get(theirs) or "").strip() for ours, theirs in mapping.items() if theirs}
        address = told.get("address", "")
        digest = digest_of(owner, address) if is_address(address) else ""
        if reader.line_num > MOST_ROWS:
            raise NotPossible(_("A list may have up to %(most)s lines.") % {"most": f"{MOST_ROWS:,}"})
        if not digest:
            brought.refuse(reader.line_num, "no e-mail address")
        elif None in row:
            brought.refuse(reader.line_num, "more cells than columns")
        elif digest in away:
            brought.left_before += 1
        elif digest in known:
            brought.known += 1
        else:
            known.add(digest)
            yield Subscriber(
                owner=owner,
                address=address,
                digest=digest,
                name=one_line(told.get("name", ""), 200),
                language=told.get("language", "")[:12],
                circles=_circles_of(told.get("circles", "")),
                state=ReaderState.READING,
            )


def _lines(data: bytes) -> io.StringIO:
    return io.StringIO(decode(data).lstrip("\ufeff").replace("\0", ""), newline="")


def _in_groups(rows: Iterator[Subscriber]) -> Iterator[list[Subscriber]]:
    group: list[Subscriber] = []
    for row in rows:
        group.append(row)
        if len(group) == _AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _imported(reader: Subscriber, source: str, now: datetime) -> Consent:
    return Consent(
        owner=reader.owner,
        subscriber=reader,
        form="list",
        source=source,
        language=reader.language,
        asked_at=now,
        confirmed_at=now,
    )


def circles_said(text: str) -> list[str]:
    """Read circles that an owner wrote in one line with commas or semicolons.

    Raises:
        NotPossible: for more than twenty, or a name of more than sixty signs.
    """
    circles = sorted({clean(part, 60) for part in _parts(text)})
    if len(circles) > MOST_CIRCLES:
        raise NotPossible(_("A reader may be in up to twenty circles."))
    return circles


def _parts(text: str) -> list[str]:
    return [part for part in text.replace(";", ",").split(",") if part.strip()]


def _circles_of(cell: str) -> list[str]:
    return sorted({clipped(part, 60) for part in _parts(cell)})[:MOST_CIRCLES]


def give_out(owner: Owner) -> str:
    """Give every subscriber with their evidence as CSV; cells a spreadsheet would run are quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        [*COLUMNS, "state", "since", "consent", "form", "source", "asked", "confirmed", "withdrawn", "route"]
    )
    newest = {one.subscriber_id: one for one in Consent.objects.of(owner).order_by("asked_at", "id")}
    for reader in Subscriber.objects.of(owner).order_by("id").iterator(chunk_size=_AT_ONCE):
        writer.writerow(_safe(_cells(reader, newest.get(reader.pk))))
    return out.getvalue()


def _cells(reader: Subscriber, evidence: Consent | None) -> list[str]:
    row = [
        reader.address,
        reader.name,
        reader.language,
        "; ".join(reader.circles),
        reader.state,
        reader.since.isoformat(),
    ]
    if evidence is None:
        return row
    times = [evidence.asked_at, evidence.confirmed_at, evidence.withdrawn_at]
    said = [at.isoformat() if at else "" for at in times]
    return [*row, evidence.words, evidence.form, evidence.source, *said, evidence.route]


def _safe(cells: Iterable[str]) -> list[str]:
    return [safe(cell) for cell in cells]


def set_circles(reader: Subscriber, text: str) -> None:
    """Say in which circles of readers somebody is.

    Raises:
        NotPossible: for more circles than may be, or a longer name.
    """
    reader.circles = circles_said(text)
    reader.save(update_fields=["circles"])

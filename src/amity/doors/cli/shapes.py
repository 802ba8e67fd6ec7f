"""The JSON shapes of the terminal: a contract, so each is written out in full in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amity.owner.queries import identities
from amity.sources.report import Report

if TYPE_CHECKING:  # a command that needs no nudges shall not load what they need
    from amity.book.comeback import Brought
    from amity.duplicates.models import Merge, Perhaps
    from amity.gatherings.queries import GatheringRow
    from amity.journal.models import Import
    from amity.meet.actions import Kept
    from amity.moments.capture import Captured
    from amity.moments.models import Moment, Promise
    from amity.nudges.queries import Day
    from amity.owner.models import Owner
    from amity.people.queries import PersonRow
    from amity.search.queries import Found
    from amity.ties.queries import Portrait
    from amity.ties.story import Listed, Story


def iso(day: Any) -> str | None:
    """Give a date or instant as ISO text, None when there is none."""
    return day.isoformat() if day else None


def person(one: Listed | Story) -> dict[str, Any]:
    """One person of a list."""
    row, tie = one.row, one.tie
    return {
        "id": row.uid,
        "name": row.name,
        "ways": [{"kind": way.kind, "value": way.value, "label": way.label} for way in row.ways],
        "standing": tie.standing,
        "care": row.care or None,
        "sparks": list(row.sparks),
        "last": iso(tie.last),
        "days": tie.days,
        "place": row.place,
        "organisation": row.organisation,
        "title": row.title,
        "circles": row.circles,
    }


def found(one: Found) -> dict[str, Any]:
    """What a line found, in the order of the groups."""
    return {
        "found": [
            {
                "kind": hit.kind,
                "id": hit.uid,
                "on": hit.page or None,
                "title": "".join(piece.text for piece in hit.title),
                "text": "".join(piece.text for piece in hit.text),
                "words": [piece.text for piece in (*hit.title, *hit.text) if piece.found],
                "day": iso(hit.day),
            }
            for hit in one.hits
        ],
        "unknown": list(one.asked.unknown),
        "complete": one.complete,
    }


def story(one: Story) -> dict[str, Any]:
    """One person with everything."""
    return person(one) | {
        "also_named": one.other_names,
        "how_met": one.person.how_met,
        "met_on": iso(one.person.met_on),
        "remembered": one.person.remembered,
        "spark_lines": one.row.sparks,
        "moments": [moment(each) for each in one.moments],
        "dates": [{"kind": each.kind, "value": each.value} for each in one.dates],
        "facts": [
            {
                "label": each.label,
                "text": each.text,
                "day": iso(each.day),
                "source": each.source,
                "sensitive": each.sensitive,
            }
            for each in one.facts
        ],
        "hopes": [{"text": each.text, "day": iso(each.day), "state": each.state} for each in one.hopes],
        "gifts": [
            {"kind": each.kind, "received": each.received, "text": each.text, "day": iso(each.day)}
            for each in one.gifts
        ],
        "promises": [promise(each) for each in one.promises],
        "rhythm": rhythm(one.tie),
    }


def moment(one: Moment) -> dict[str, Any]:
    """One moment."""
    return {
        "day": iso(one.day),
        "at": iso(one.at),
        "kind": one.kind,
        "setting": one.setting,
        "direction": one.direction,
        "text": one.text,
        "felt": one.felt,
    }


def promise(one: Promise) -> dict[str, Any]:
    """One promise."""
    return {
        "id": one.uid,
        "person": {"id": one.person.uid, "name": one.person.name},
        "text": one.text,
        "due": iso(one.due),
        "state": one.state,
    }


def rhythm(tie: Portrait) -> dict[str, Any]:
    """The rhythm of a tie; numbers are days and chances, None where nothing can be said."""

    def rounded(value: float | None, digits: int) -> float | None:
        return None if value is None else round(value, digits)

    return {
        "days": rounded(tie.natural, 1),
        "low": rounded(tie.low, 1),
        "high": rounded(tie.high, 1),
        "p30": rounded(tie.p30, 4),
        "p90": rounded(tie.p90, 4),
        "words": tie.words,
    }


def gathering(one: GatheringRow) -> dict[str, Any]:
    """One gathering."""
    return {
        "id": one.uid,
        "title": one.title,
        "day": iso(one.day),
        "starts": iso(one.starts_at),
        "place": one.place,
        "kind": one.kind,
        "people": one.names,
    }


def day(page: Day) -> dict[str, Any]:
    """One page of the diary."""
    return {
        "date": iso(page.date),
        "energy": page.energy,
        "nudges": [
            {
                "id": nudge.uid,
                "person": {"id": nudge.person, "name": nudge.name},
                "reason": nudge.reason,
                "why": nudge.why,
                "opener": nudge.opener,
                "cost": nudge.cost,
                "medium": nudge.medium,
                "state": nudge.state,
            }
            for nudge in page.nudges
        ],
        "gatherings": [gathering(one) for one in page.gatherings],
        "promises": [promise(one) for one in page.promises],
        "birthdays": [
            {"person": {"id": one.uid, "name": one.name}, "date": iso(one.day)} for one in page.birthdays
        ],
    }


def brought(came: Brought) -> dict[str, Any]:
    """Give what a restored backup brought."""
    return {
        "rows": came.rows,
        "people": came.people,
        "moments": came.moments,
        "erased_again": came.erased,
        "before": came.before,
    }


def past_import(run: Import) -> dict[str, Any]:
    """One import of the history."""
    report = Report.from_row(run.report)
    shape = report.to_json(run.uid)
    for file in shape["files"]:
        file["skipped"] = len(file["skipped"])
    return {
        "id": run.uid,
        "state": run.state,
        "repeats": report.repeats,
        "started": iso(run.started_at),
        "finished": iso(run.finished_at),
        "paths": run.paths,
        **{key: shape[key] for key in ("files", "people", "moments", "gatherings", "robots", "seconds")},
    }


def joined(run: Import) -> list[dict[str, Any]]:
    """Whom Amity joined by itself after an import."""
    from amity.duplicates.queries import joined_after

    return [merged(one) for one in joined_after(run)]


def merged(one: Merge) -> dict[str, Any]:
    """Two who became one: by ``gone`` they come apart again."""
    from amity.people.identity import now

    kept = now(one.gone)
    return {
        "id": kept.uid,
        "name": kept.name,
        "gone": {"id": one.gone.uid, "name": one.gone.name},
        "by_itself": one.imported_by_id is not None,
    }


def perhaps(one: Perhaps) -> dict[str, Any]:
    """Two who are perhaps one person, and why."""
    ends = [{"id": each.uid, "name": each.name} for each in (one.a, one.b)]
    return {"id": one.uid, "people": ends, "evidence": one.evidence}


def me(whose: Owner) -> dict[str, Any]:
    """Who the owner is."""
    known = identities(whose)
    return {
        "name": whose.name,
        "zone": whose.zone,
        "addresses": [one.value for one in known if one.kind == "email"],
        "names": [one.value for one in known if one.kind == "name"],
        "phones": [one.value for one in known if one.kind == "phone"],
        "profiles": [one.value for one in known if one.kind == "url"],
    }


def kept(row: PersonRow) -> dict[str, Any]:
    """Somebody the owner keeps."""
    return {"id": row.uid, "name": row.name, "place": row.place, "care": row.care, "sparks": list(row.sparks)}


def written(one: Kept) -> dict[str, Any]:
    """What a captured line became."""
    added = [{"id": person.uid, "name": person.name} for person in one.added]
    return {"moment": one.moment.uid, "added": added}


def captured(said: Captured, sentence: str) -> dict[str, Any]:
    """What was understood of a line."""
    return {
        "sentence": sentence,
        "day": iso(said.day),
        "kind": said.kind,
        "setting": said.setting,
        "direction": said.direction,
        "gathering": said.gathering,
        "felt": said.felt,
        "people": [{"name": one.name, "known": bool(one.known)} for one in said.people],
        "promises": [{"text": one.text, "due": iso(one.due)} for one in said.promises],
        "gifts": [{"kind": one.kind, "received": one.received, "text": one.text} for one in said.gifts],
        "sparks": [{"kind": one.kind, "text": one.text} for one in said.sparks],
        "hopes": list(said.hopes),
        "circles": list(said.circles),
        "text": said.text,
    }

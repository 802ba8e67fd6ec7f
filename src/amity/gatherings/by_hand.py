"""Gatherings the owner writes down: told in a form or in one command, changed, and called off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from amity.formats.ics.words import conference_link, web_link
from amity.gatherings.actions import add, kind_of
from amity.gatherings.models import Gathering
from amity.journal.actions import deed
from amity.moments.models import Kind, Setting
from amity.moments.own_settings import is_setting, settings_of
from amity.owner.actions import NotPossible, fitting
from amity.owner.models import Owner
from amity.people.actions import clean

QUESTIONS_LENGTH = 1000


@dataclass(frozen=True)
class Planned:
    """What the owner says of a gathering. Hours are wall times where they are; without, it lasts all day."""

    title: str
    day: date
    last_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    setting: str = ""
    url: str = ""
    description: str = ""
    size: int = 0


def write_down(owner: Owner, planned: Planned, *, part_of: Gathering | None = None) -> Gathering:
    """Write down a gathering, or a session of a conference.

    Raises:
        NotPossible: without a title, for an unknown setting, or when it ends before it begins.
    """
    columns = _columns(owner, planned)
    if part_of is not None:
        columns["part_of"] = part_of.part_of or part_of.uid
        columns["place"] = columns["place"] or part_of.place
    return add(owner, planned.title, day=planned.day, last_day=planned.last_day, **columns)


def change(gathering: Gathering, planned: Planned) -> Gathering:
    """Say differently what a gathering is; one that moves into the future is not settled any more.

    Raises:
        NotPossible: as for ``write_down``.
    """
    owner, title = gathering.owner, clean(planned.title, 300)
    last_day = planned.last_day or planned.day
    if not title or last_day < planned.day:
        raise NotPossible(
            _("A gathering needs a name.") if not title else _("A gathering ends after it begins.")
        )
    columns = _columns(owner, planned) | {"size": max(gathering.attendances.count() + 1, planned.size)}
    with deed(owner, "change gathering", _("Changed %(title)s.") % {"title": title}) as writing:
        return writing.change(gathering, title=title, day=planned.day, last_day=last_day, **columns)


def call_off(gathering: Gathering) -> Gathering:
    """Say that a gathering will not be; it can be undone."""
    with deed(
        gathering.owner, "call off", _("Called off %(title)s.") % {"title": gathering.title}
    ) as writing:
        return writing.change(gathering, cancelled=True)


def wonder(gathering: Gathering, questions: list[str]) -> Gathering:
    """Write down what the owner is curious about at a gathering, in their own words.

    Raises:
        NotPossible: when it is too much to be read in a brief.
    """
    text = "\n".join(line for line in (clean(question) for question in questions) if line)
    fitting(text, QUESTIONS_LENGTH)
    with deed(
        gathering.owner,
        "wonder",
        _("Wrote down what you are curious about at %(title)s.") % {"title": gathering.title},
    ) as writing:
        return writing.change(gathering, questions=text)


def _columns(owner: Owner, planned: Planned) -> dict[str, object]:
    if not is_setting(owner, planned.setting):
        raise NotPossible(
            _("%(setting)r is not a setting; it is one of %(settings)s.")
            % {"setting": planned.setting[:40], "settings": ", ".join(settings_of(owner))}
        )
    if planned.url and not web_link(planned.url):
        raise NotPossible(_("A link begins with https:// and is one word."))
    url = clean(web_link(planned.url), 1000) or conference_link(f"{planned.place} {planned.description}")
    starts, ends = _instants(owner, planned)
    kind = kind_of(planned.title, planned.place, conference_link(url))
    return {
        "starts_at": starts,
        "ends_at": ends,
        "zone": owner.zone if starts else "",
        "place": clean(planned.place, 300),
        "kind": kind,
        "setting": planned.setting or (Setting.VIDEO_CALL if kind == Kind.VIDEO_CALL else ""),
        "url": url,
        "description": planned.description.strip()[:20_000],
        "size": max(1, planned.size),
    }


def _instants(owner: Owner, planned: Planned) -> tuple[datetime | None, datetime | None]:
    """Give begin and end in UTC; an evening that ends after midnight still belongs to its day."""
    if planned.starts is None:
        return None, None
    last_day = planned.last_day or planned.day
    starts = datetime.combine(planned.day, planned.starts, owner.tz).astimezone(UTC)
    if planned.ends is None:
        return starts, None
    ends = datetime.combine(last_day, planned.ends, owner.tz).astimezone(UTC)
    if ends <= starts and last_day == planned.day:
        ends = datetime.combine(last_day + timedelta(days=1), planned.ends, owner.tz).astimezone(UTC)
    return starts, ends

"""A person's page, section by section; each is also the fragment that a deed on it swaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.doors.web import words
from amity.doors.web.acquaintance import LINK_KINDS, introducer, link_shown, named, way_shown
from amity.doors.web.asking import Request, mark, number_said, said
from amity.doors.web.faces import face, spark_rows
from amity.doors.web.letters import promise_shown
from amity.doors.web.thread import MOST_DOTS, thread
from amity.duplicates.queries import about as perhaps_about
from amity.letter.inviting import said_of
from amity.moments.models import Gift, Moment, PromiseState
from amity.moments.queries import companions
from amity.owner.models import Owner
from amity.people.links import introducer_name, names_offered
from amity.people.models import Fact, Hope, Person, PersonDate, Season, Way
from amity.people.queries import PersonRow
from amity.ties.story import Story, listed, story

SHOWN, MORE, MOST = 12, 50, 500  # moments of a list


@dataclass(frozen=True)
class Line:
    """One line of a section: what it says, what stands beside it in small, and its state.

    `row` is what it was drawn from, where a form needs more of it.
    """

    uid: str
    text: str
    note: str = ""
    state: str = ""
    href: str = ""
    seen: str = ""
    row: Any = None


@dataclass(frozen=True)
class MomentShown:
    """One moment of the list."""

    uid: str
    day: date
    day_words: str
    about_words: str
    text: str
    felt: str
    seen: str


def sections(request: Request, person: Person) -> dict[str, Any]:
    """Give every section of a person's page."""
    today = request.today
    listed_here = min(number_said(request.GET.get("moments", ""), SHOWN), MOST)
    one = story(request.owner, person, today, moments=max(listed_here, MOST_DOTS) + MORE)
    shown = one.moments[:listed_here]
    also_there = companions(person, shown)
    by = introducer(one.links, person)
    return {
        "person": face(one.row, one.tie, today),
        "also_named": one.other_names,
        "met_words": met_words(person),
        "standing_words": f"{words.sentence(str(dict(words.STANDINGS)[one.tie.standing]))}. {one.tie.words}",
        "head": _head(person, one.row, by.name if by else ""),
        "in_trash": person.trashed_at is not None,
        "perhaps": perhaps_about(person, today),
        "seen": mark(*head_words(person, one.row, by.name if by else "")),
        "through": named(by, person) if by else "",
        "about_the_letter": said_of(person),
        "spark_rows": spark_rows(one.row),
        "thread": thread(one.moments, one.tie, today),
        "moments": [_moment(moment, also_there.get(moment.pk, []), today) for moment in shown],
        "older_url": _older(person, len(shown), len(one.moments)),
        **_lines(request, one, today),
        **choices(request.owner),
    }


def setting_choices(owner: Owner) -> list[tuple[str, str]]:
    """Give the settings a form offers: none, the ten, the owner's own."""
    return [("", _("not said")), *words.settings_offered(owner)]


def choices(owner: Owner) -> dict[str, Any]:
    """Give what the forms of a person's page offer to choose from."""
    return {"kinds": words.KINDS, "gift_kinds": words.GIFT_KINDS, "settings": setting_choices(owner)}


def head_form(request: Request, person: Person) -> dict[str, Any]:
    """Give what the form at the head of the page needs, and nothing else of it."""
    (one,) = listed(request.owner, [person], request.today)
    by = introducer_name(person)
    return {
        "person": face(one.row, one.tie, request.today),
        "head": _head(person, one.row, by),
        "seen": mark(*head_words(person, one.row, by)),
        "link_names": names_offered(person),
    }


def _head(person: Person, row: PersonRow, through: str) -> dict[str, str]:
    """Give what the form at the head of the page says, field by field."""
    return {
        "name": row.name,
        "title": row.title,
        "organisation": row.organisation,
        "met": person.how_met,
        "through": through,
        "circles": ", ".join(row.circles),
        "remembered": "1" if person.remembered else "",
    }


def head_words(person: Person, row: PersonRow, through: str) -> tuple[object, ...]:
    """Give what the form at the head of the page is drawn from, to be marked and compared."""
    return (person.name, person.how_met, person.remembered, row.title, row.organisation, row.circles, through)


def _lines(request: Request, one: Story, today: date) -> dict[str, Any]:
    open_fact = request.GET.get("show") or said(request, "line")
    return {
        "hopes": [_hope(hope, today) for hope in one.hopes],
        "facts": [fact_line(fact, shown=fact.uid == open_fact) for fact in one.facts],
        "days": [_day(day) for day in one.dates],
        "gifts": [_gift(gift, today) for gift in one.gifts],
        "promises": [promise_shown(p, today) for p in one.promises if p.state != PromiseState.LET_GO],
        "ways": [way_shown(way) for way in one.row.ways],
        "seasons": [_season(season, today) for season in one.seasons],
        "links": [link_shown(link, one.person) for link in one.links],
        "link_names": names_offered(one.person),
        "link_kinds": LINK_KINDS,
        "gatherings": [
            Line(a.uid, a.gathering.title, words.when(a.gathering.day, today))
            for a in one.attendances[:SHOWN]
        ],
    }


def met_words(person: Person) -> str:
    """Say how the two met, in the owner's words where there are any."""
    when = _("You met in %s.") % date_format(person.met_on, "F Y") if person.met_on else ""
    return person.how_met or when


def _older(person: Person, shown: int, there: int) -> str | None:
    url = reverse("person", args=[person.uid])
    return f"{url}?moments={shown + MORE}#moments" if shown < min(there, MOST) else None


def _moment(moment: Moment, also_there: list[str], today: date) -> MomentShown:
    felt = words.FELT.get(moment.felt, "")
    said = words.sentence(words.when(moment.day, today))
    return MomentShown(
        moment.uid, moment.day, said, words.about(moment, also_there), moment.text, felt, mark(moment.text)
    )


def _hope(hope: Hope, today: date) -> Line:
    when = words.when(hope.ended_on or hope.day, today)
    return Line(hope.uid, hope.text, when, hope.state, seen=mark(hope.text))


def fact_line(fact: Fact, *, shown: bool) -> Line:
    """Dress a fact; a sensitive one keeps its words to itself until it is asked for."""
    hidden = fact.sensitive and not shown
    label = f"{fact.label}: " if fact.label and fact.label.casefold() not in fact.text.casefold() else ""
    source = _("your note") if fact.source == "you" else fact.source
    note = ", ".join(part for part in (source, date_format(fact.day, "F Y") if fact.day else "") if part)
    state = {(True, False): "sensitive", (True, True): "hidden"}.get((fact.sensitive, hidden), "")
    if hidden:
        return Line(fact.uid, "", state=state)
    return Line(fact.uid, f"{label}{fact.text}", note, state, seen=mark(fact.text))


def _day(day: PersonDate) -> Line:
    return Line(day.uid, words.partial_day(day.value), day.kind)


def _gift(gift: Gift, today: date) -> Line:
    what = dict(words.GIFT_KINDS)[gift.kind]
    said = f"{what}: {gift.text}" if gift.text else str(what)
    return Line(gift.uid, said, words.when(gift.day, today), "" if gift.received else "given")


def way_line(way: Way) -> Line:
    """Dress a way; what a click can do with it stands in `href`."""
    scheme = {"email": "mailto:", "phone": "tel:"}.get(way.kind, "")
    href = f"{scheme}{way.normal or way.value}" if scheme else ""
    if way.kind == "url" and way.value.startswith(("https://", "http://")):
        href = way.value
    return Line(way.uid, way.value, way.label, way.kind, href)


def _season(season: Season, today: date) -> Line:
    text = season.why or _("A stretch in peace")
    until = _("until %s") % words.long_day(season.ends)
    if season.starts > today:
        until = _("from %(first)s until %(last)s") % {
            "first": words.long_day(season.starts),
            "last": words.long_day(season.ends),
        }
    state = "now" if season.starts <= today <= season.ends else ""
    return Line(season.uid, text, until, state, seen=mark(season.why), row=season)

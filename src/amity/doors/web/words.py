"""Days, numbers and kinds as a page says them; plain functions of their arguments."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.formats.partial_date import read
from amity.moments.models import Moment
from amity.moments.own_settings import settings_of
from amity.owner.models import Owner
from amity.ties.words import number, so_long

WEEK, MONTHS_SAID_FROM = 7, 300

# How the drawing, the forms and the sentences call each setting.
SETTINGS = {
    "coffee shop": "coffee",
    "video call": "video",
    "hotel bar": "bar",
    "dinner party": "dinner",
    "festival or sporting event": "festival",
    "conference breakout": "breakout",
    "crowded room": "crowd",
    "office": "office",
    "online": "online",
    "other": "other",
}
SETTINGS_SAID = {
    "coffee shop": gettext_lazy("coffee shop"),
    "video call": gettext_lazy("video call"),
    "hotel bar": gettext_lazy("hotel bar"),
    "dinner party": gettext_lazy("dinner party"),
    "festival or sporting event": gettext_lazy("festival or sporting event"),
    "conference breakout": gettext_lazy("conference breakout"),
    "crowded room": gettext_lazy("crowded room"),
    "office": gettext_lazy("office"),
    "online": gettext_lazy("online"),
    "other": gettext_lazy("other"),
}
WRITTEN_OR_CALLED = {
    "message": gettext_lazy("message"),
    "mail": gettext_lazy("mail"),
    "call": gettext_lazy("call"),
}
DIRECTIONS = {"in": gettext_lazy("from them"), "out": gettext_lazy("from you")}
SETTING_OF_KIND = {"message": "online", "mail": "online", "video call": "video"}
FELT = {"gave energy": "gave", "neutral": "neutral", "took energy": "took"}
FELT_SAID = {short: whole for whole, short in FELT.items()}
KINDS = [
    ("met", gettext_lazy("we met")),
    ("call", gettext_lazy("a call")),
    ("video call", gettext_lazy("a video call")),
    ("message", gettext_lazy("a message")),
    ("mail", gettext_lazy("a mail")),
    ("note", gettext_lazy("a note of mine")),
]
GIFT_KINDS = [
    ("kind word", gettext_lazy("a kind word")),
    ("idea", gettext_lazy("an idea")),
    ("introduction", gettext_lazy("an introduction")),
    ("time", gettext_lazy("time")),
    ("help", gettext_lazy("help")),
]
COSTS = {
    "message": gettext_lazy("One line is enough. It asks little of you."),
    "mail": gettext_lazy("A short mail. It asks a little of you."),
    "call": gettext_lazy("A call. It asks some of you, and gives some back."),
    "video call": gettext_lazy("A video call. It asks some of you, and gives some back."),
    "met": gettext_lazy("Meeting them. It asks the most of you."),
}
STANDINGS = [
    ("new spark", gettext_lazy("new spark")),
    ("growing", gettext_lazy("growing")),
    ("steady", gettext_lazy("steady")),
    ("drifting", gettext_lazy("drifting")),
    ("dormant", gettext_lazy("dormant")),
    ("single-serving", gettext_lazy("single-serving")),
]


SPARKS = [
    ("like", gettext_lazy("like")),
    ("admire", gettext_lazy("admire")),
    ("curious", gettext_lazy("curious")),
    ("rooting", gettext_lazy("rooting")),
]


def when(day: date, today: date) -> str:
    """Say a day as one would across the table: ``yesterday``, ``last Thursday``, ``in March 2024``."""
    away = (today - day).days
    if away in {-1, 0, 1}:
        return {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}[away]
    if away < 0:
        return _on(day, today)
    if away < 2 * WEEK:
        weekday = date_format(day, "l")
        return _("on %s") % weekday if away < WEEK else _("last %s") % weekday
    if away < MONTHS_SAID_FROM:
        return _("%s ago") % so_long(away)
    return _("in %s") % date_format(day, "F Y")


def _on(day: date, today: date) -> str:
    if (day - today).days < WEEK:
        return _("on %s") % date_format(day, "l")
    return _("on %s") % date_format(day, "j F" if day.year == today.year else "j F Y")


def moment_ago(at: datetime, today: date, zone: tzinfo) -> str:
    """Say an instant by its day and, on the last two days, by its hour."""
    local = at.astimezone(zone)
    said = when(local.date(), today)
    if (today - local.date()).days > 1:
        return said
    return _("%(day)s at %(hour)s") % {"day": said, "hour": f"{local:%H:%M}"}


def sentence(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def long_day(day: date) -> str:
    """Write a day out: ``12 March 2026``."""
    return (
        f"{day.day} {MONTHS[day.month]} {day.year}"  # a third of what date_format takes, for a thread of days
    )


def partial_day(value: str) -> str:
    """Say a day of which only a part may be known: ``--12-10`` -> *10 December*."""
    known = read(value)
    if known is None or known.month is None or known.day is None:
        return value
    pattern = "j F Y" if known.year else "j F"
    return date_format(date(known.year or 2000, known.month, known.day), pattern)


def due(day: date | None, today: date) -> str:
    """Say by when something was promised; a day that has passed is said without scolding."""
    if day is None:
        return ""
    if day < today:
        return _("you had %s in mind") % date_format(day, "j F" if day.year == today.year else "j F Y")
    return _("for today") if day == today else _("by %s") % when(day, today).removeprefix("on ")


def people(count: int) -> str:
    """Say how many people: ``Nobody``, ``One person``, ``Twelve people``, ``2,412 people``."""
    return sentence(counted(count, _("person"), _("people"))) if count else _("Nobody")


def counted(count: int, one: str, many: str) -> str:
    """Say how many of something: ``two moments``, ``1,250 moments``."""
    said = number(count) if count <= 12 else f"{count:,}"  # noqa: PLR2004  (as far as a letter would spell)
    return f"{said} {one if count == 1 else many}"


def setting_said(name: str) -> str:
    """Say a setting in the owner's language; one of their own is said as they named it."""
    return str(SETTINGS_SAID.get(name, name))


def settings_offered(owner: Owner) -> list[tuple[str, str]]:
    """Give every setting to choose from, the ten and the owner's own, each as it is said."""
    return [(name, setting_said(name)) for name in settings_of(owner)]


def _kind_said(kind: str) -> str:
    """Say how the two were in touch; to have met needs no word."""
    return "" if kind == "met" else str(WRITTEN_OR_CALLED.get(kind) or setting_said(kind))


def about(moment: Moment, companions: list[str]) -> str:
    """Say where a moment was, how, and with whom else: ``coffee shop, with Rafael``."""
    where = setting_said(moment.setting) if moment.setting else _kind_said(moment.kind)
    direction = str(DIRECTIONS.get(moment.direction, ""))
    company = _("with %s") % ", ".join(companions) if companions else ""
    return ", ".join(part for part in (" ".join(filter(None, (where, direction))), company) if part)

"""Whom a person knows, and how they are reached, as their page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.doors.web import words
from amity.people.links import YOU
from amity.people.models import Link, Person, Way
from amity.people.queries import INTRODUCED_BY

_KINDS = {
    "partner": gettext_lazy("partner"),
    "family": gettext_lazy("family"),
    "friend": gettext_lazy("friend"),
    "colleague": gettext_lazy("colleague"),
    INTRODUCED_BY: gettext_lazy("introduced by"),
}
LINK_KINDS = tuple(_KINDS.items())
_SENTENCES = {
    INTRODUCED_BY: gettext_lazy("{b} introduced {a} to you"),
    "family": gettext_lazy("{b} and {a} are family"),
}
_SHORT, _LONG = gettext_lazy("{b} is {a}'s {kind}"), gettext_lazy("{a} and {b}: {kind}")


@dataclass(frozen=True)
class WayShown:
    """A way to reach somebody, with what one tap does: address and word, made safe."""

    uid: str
    text: str
    note: str
    taps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LinkShown:
    """That two people know each other, as a sentence, and what stands beside it in small."""

    uid: str
    sentence: SafeString
    note: str


def way_shown(way: Way) -> WayShown:
    """Dress a way with what can be done with it."""
    return WayShown(way.uid, way.value, way.label, tuple(_taps(way)))


def _taps(way: Way) -> list[tuple[str, str]]:
    reached = quote(way.normal or way.value, safe="@+")
    if way.kind == "email":
        return [(f"mailto:{reached}", _("Write"))]
    if way.kind == "phone":
        return [(f"tel:{reached}", _("Call")), (f"sms:{reached}", _("Text"))]
    if way.kind == "address":
        return [(f"geo:0,0?q={quote(way.value)}", _("Map"))]
    if way.kind == "url" and way.value.startswith(("https://", "http://")):
        return [(way.value, _("Open"))]
    return []


def link_shown(link: Link, person: Person) -> LinkShown:
    """Say in a sentence what a link says; the other one's name leads to their page, if they have one."""
    names = {end: named(one, person) for end, one in (("a", link.a), ("b", link.b))}
    pattern = _SENTENCES.get(link.kind) or (_LONG if " " in link.kind else _SHORT)
    sentence = format_html(str(pattern), **names, kind=_KINDS.get(link.kind, link.kind))
    since = _("since %s") % words.partial_day(link.since) if link.since else ""
    source = "" if link.source in {"", YOU} else link.source
    parts = (since, _("maybe") if link.maybe else "", _("your note") if link.source == YOU else source)
    return LinkShown(link.uid, sentence, ", ".join(part for part in parts if part))


def introducer(links: Iterable[Link], person: Person) -> Person | None:
    """Give whoever introduced this person to the owner, the newest if there are several."""
    by = [link for link in links if link.kind == INTRODUCED_BY and link.a_id == person.pk]
    return max(by, key=lambda link: link.pk).b if by else None


def named(one: Person, page_of: Person) -> SafeString:
    """Give a name that leads to its page, unless it is this page, or has none."""
    if one.pk == page_of.pk or one.mentioned or one.trashed_at:
        return format_html("<bdi>{}</bdi>", one.name)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("person", args=[one.uid]), one.name)

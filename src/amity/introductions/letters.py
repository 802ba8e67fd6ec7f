"""The mails of an introduction: one to each, asking, and one to both when both said yes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format

from amity.introductions.models import Introduction
from amity.owner.models import Owner
from amity.people.actions import clipped
from amity.people.models import Person, Way


@dataclass(frozen=True)
class Mailbox:
    """Who a mail goes to."""

    address: str
    name: str


@dataclass(frozen=True)
class Letter:
    """A mail in plain text. ``to`` lacks whoever has no address in the book."""

    to: tuple[Mailbox, ...]
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """Give the address of a draft that any mail program opens (RFC 6068)."""
        to = ",".join(quote(box.address, safe="@") for box in self.to)
        body = self.body.replace("\n", "\r\n")
        return f"mailto:{to}?subject={quote(self.subject, safe='')}&body={quote(body, safe='')}"


def ends(one: Introduction, end: str) -> tuple[Person, Person]:
    """Give the person at an end, and the other."""
    return (one.a, one.b) if end == "a" else (one.b, one.a)


def link_to(token: str) -> str:
    """Give the address at which a private link answers; it means something only where it can be reached."""
    return f"{settings.AMITY_URL}/introduced/{token}"


def first_name(name: str) -> str:
    """Give what one calls a person by."""
    return name.split(maxsplit=1)[0] if name.split() else name


def signed_by(owner: Owner) -> str:
    """Give the name the owner signs with."""
    return clipped(owner.name, 200)


def asking(one: Introduction, end: str, *, link: str = "", closes: datetime | None = None) -> Letter:
    """Write the mail that asks one of the two; without a link it asks for an answer by mail."""
    person, other = ends(one, end)
    context = {
        "first": first_name(person.name),
        "other": other.name,
        "other_first": first_name(other.name),
        "line": one.line_a if end == "a" else one.line_b,
        "link": link,
        "closes": date_format(closes.astimezone(one.owner.tz), "j F Y") if closes else "",
        "owner": signed_by(one.owner),
    }
    return _letter("ask", context, [person])


def introducing(one: Introduction) -> Letter:
    """Write the mail that brings both together: the only one in which either learns the other's address."""
    context = {
        "a": one.a.name,
        "b": one.b.name,
        "a_first": first_name(one.a.name),
        "b_first": first_name(one.b.name),
        "a_address": address_of(one.a),
        "b_address": address_of(one.b),
        "owner": signed_by(one.owner),
    }
    return _letter("introduce", context, [one.a, one.b])


def _letter(name: str, context: dict[str, str], to: list[Person]) -> Letter:
    subject = clipped(render_to_string(f"introductions/{name}.subject.txt", context), 200)
    body = render_to_string(f"introductions/{name}.txt", context).strip() + "\n"
    boxes = (Mailbox(address_of(person), clipped(person.name, 200)) for person in to)
    return Letter(tuple(box for box in boxes if box.address), subject, re.sub(r"\n{3,}", "\n\n", body))


def address_of(person: Person) -> str:
    """Give a person's newest e-mail address, '' when the book knows none."""
    ways = Way.objects.of(person.owner).filter(person=person, kind="email").exclude(normal="").order_by("-id")
    return ways.values_list("normal", flat=True).first() or ""

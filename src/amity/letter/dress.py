"""Letters as mail: the same words as HTML with its styles inlined, and as plain text."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.gatherings.models import Gathering
from amity.letter import markdown
from amity.letter.models import Edition, Letterhead
from amity.letter.own import Material
from amity.letter.tips import Tip
from amity.post.actions import Content
from amity.post.message import LEAVE, POSTSCRIPT, PREFERENCES, one_line

_AUTOMATIC = {"Auto-Submitted": "auto-generated"}


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)


def _mail(name: str, subject: str, context: dict[str, Any], headers: dict[str, str]) -> Content:
    marks = {"leave": LEAVE, "preferences": PREFERENCES, "postscript": POSTSCRIPT, "url": settings.AMITY_URL}
    context = {**marks, **context, "subject": subject}
    html = _inliner().inline(render_to_string(f"letter/{name}.mail.html", context))
    text = render_to_string(f"letter/{name}.mail.txt", context)
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return Content(one_line(subject, 300), html, "\n".join(lines) + "\n", headers)


def edition(head: Letterhead, one: Edition) -> Content:
    """Dress one of the owner's letters."""
    context = {
        "head": head,
        "name": head.title or str(head.owner),
        "body": markdown.to_html(one.words, base=settings.AMITY_URL),
        "body_text": markdown.to_text(one.words),
        "online": f"{archive_url(head)}/{one.uid}" if head.is_open and one.in_archive else "",
    }
    return _mail("edition", one.title, context, list_headers(head))


def private(head: Letterhead, found: Material, tip: Tip) -> Content:
    """Dress the letter to the owner."""
    subject = _("Your fortnight, %(days)s") % {"days": days(found.first, found.last)}
    context = {"head": head, "letter": found, "tip": tip, "days": days(found.first, found.last)}
    return _mail("private", subject, context, _AUTOMATIC)


def morning(sentence: str, day: date) -> Content:
    """Dress the one sentence of a morning."""
    return _mail("morning", date_format(day, "l, j F"), {"sentence": sentence}, _AUTOMATIC)


def evening(over: list[Gathering], day: date) -> Content:
    """Dress the question of an evening about what is over."""
    return _mail(
        "evening", _("How was it? %(day)s") % {"day": date_format(day, "l, j F")}, {"over": over}, _AUTOMATIC
    )


def confirm(head: Letterhead, link: str, words: str) -> Content:
    """Dress the mail that asks whether somebody really wants the letter."""
    name = head.title or str(head.owner)
    context = {"head": head, "name": name, "link": link, "consent": words}
    return _mail("confirm", _("Please confirm: %(name)s") % {"name": name}, context, _AUTOMATIC)


def invitation(head: Letterhead, link: str, words: str) -> Content:
    """Dress the mail that asks a friend, who never asked, whether they would like the letter."""
    name, owner = head.title or str(head.owner), str(head.owner)
    context = {"head": head, "name": name, "owner": owner, "link": link, "consent": words}
    return _mail(
        "invitation",
        _("%(owner)s asks: would you like “%(name)s”?") % {"owner": owner, "name": name},
        context,
        _AUTOMATIC,
    )


def already(head: Letterhead) -> Content:
    """Dress the mail to somebody who asked again for what they have."""
    name = head.title or str(head.owner)
    return _mail(
        "already",
        _("You have it already: %(name)s") % {"name": name},
        {"head": head, "name": name},
        _AUTOMATIC,
    )


def as_seen(part: str) -> str:
    """Give a part as nobody's in particular: the marks that become each reader's own are left out."""
    for mark in (LEAVE, PREFERENCES, POSTSCRIPT):
        part = part.replace(mark, "")
    return part


def archive_url(head: Letterhead) -> str:
    """Give the address of a letter's public page."""
    return f"{settings.AMITY_URL}/letters/{head.slug}"


def list_headers(head: Letterhead) -> dict[str, str]:
    """Give the headers of RFC 2369 and 2919 that are the same for every reader."""
    host = settings.AMITY_URL.partition("://")[2].partition(":")[0]
    headers = {
        "List-Id": f"{one_line(head.title).replace('<', '').replace('>', '')} <{head.slug}.{host}>".strip()
    }
    headers["List-Help"] = f"<{archive_url(head)}>"
    if head.is_open:
        headers["List-Archive"] = f"<{archive_url(head)}>"
    return headers


def days(first: date, last: date) -> str:
    """Say a span of days in words."""
    began = date_format(first, "j" if first.month == last.month else "j F")
    return _("%(first)s to %(last)s") % {"first": began, "last": date_format(last, "j F")}

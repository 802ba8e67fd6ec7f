"""The desk at which the owner writes their own letter: drafts, preview, its hour, and what became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, day_said, file_said, said
from amity.doors.web.letter_place import hour_said
from amity.letter import actions, dress, inviting, pictures, queries, readers, sundays
from amity.letter.fortnight import sunday_from
from amity.letter.markdown import PICTURES_PATH, to_html
from amity.letter.models import Edition, Letterhead, Subscriber
from amity.letter.setting_up import head_of, letter_sundays, set_up
from amity.owner.access import owners_only
from amity.owner.actions import NotPossible
from amity.owner.address import public_url
from amity.people import queries as people
from amity.people.actions import clean
from amity.people.queries import one_of
from amity.post import actions as post
from amity.post import queries as post_queries
from amity.post.models import Delivery, Mailing

SHOWN, READERS_SHOWN = 100, 100
LOOKS = ("web", "mail", "phone", "dark", "text")


@owners_only
def desk(request: Request) -> HttpResponse:
    """Show the owner's letters, the next Sunday, and anything that waits for their word."""
    return _desk(request, Outcome())


def _desk(request: Request, outcome: Outcome) -> HttpResponse:
    owner = request.owner
    head = queries.head(owner)
    every = [queries.sent(one) for one in queries.editions(owner)[:SHOWN]]
    fortnight = letter_sundays(head) if head else None
    context = {
        "head": head,
        "drafts": [one for one in every if one.edition.state != "out"],
        "out": [one for one in every if one.edition.state == "out"],
        "counts": queries.reader_counts(owner),
        "next_day": (next_day := fortnight.following(timezone.now()) if fortnight else None),
        "fields": outcome.fields("set_up", _fields(head, next_day or sunday_from(request.today), owner.zone)),
        "box": post_queries.box(owner),
        "unknowns": list(post_queries.unknowns(owner)[:SHOWN]),
        "overdue": queries.overdue(owner, timezone.now()),
        "has_server": bool(settings.AMITY_SMTP),
        "public": bool(public_url()),
        **outcome.context(),
    }
    return render(request, "letter/desk.html", context, status=outcome.status)


def _fields(head: Letterhead | None, sunday: date, zone: str) -> dict[str, Any]:
    """Give what the form of the letter's name, place and Sundays holds."""
    head = head or Letterhead(slug="")
    return {
        "title": head.title,
        "about": head.about,
        "is_open": head.is_open,
        "slug": head.slug,
        "letter_on": head.letter_on,
        "letter_starts": sunday.isoformat(),
        "letter_at": f"{head.letter_at:%H:%M}",
        "letter_zone": head.letter_zone or head.zone or zone,
    }


@owners_only
@require_POST
def edition_add(request: Request) -> HttpResponse:
    """Begin a letter: empty, or from the fortnight's own material."""
    made: Edition | None = None
    with doing(request, "begin") as outcome:
        if said(request, "from") == "fortnight":
            made = actions.draft_from_fortnight(request.owner, request.today)
        else:
            made = actions.draft(request.owner, said(request, "title"))
    return then(request, outcome, "edition", made.uid) if made else _desk(request, outcome)


@owners_only
def edition(request: Request, uid: str) -> HttpResponse:
    """Show one letter to write on, with its preview; save what was typed."""
    found = queries.edition(request.owner, uid)
    outcome = Outcome()
    if request.method == "POST":
        with doing(request, "words", outcome):
            _save(request, found)
        if not outcome.errors:
            return then(request, outcome, "edition", uid)
    return _edition(request, found, outcome)


def _edition(request: Request, found: Edition, outcome: Outcome) -> HttpResponse:
    head = head_of(request.owner, request.today)
    look = request.GET.get("as", "web")
    context = {
        "edition": found,
        "fields": outcome.fields("words", _written(found)),
        "became": queries.sent(found),
        "web": to_html(found.words),
        "head": head,
        "look": look if look in LOOKS else "web",
        "looks": LOOKS,
        "readers": len(actions.readers_of(found)) if found.state != "out" else 0,
        "postscripts": list(found.postscripts.select_related("subscriber")),
        "fortnight": letter_sundays(head),
        **outcome.context(),
    }
    return render(request, "letter/edition_edit.html", context, status=outcome.status)


def _written(found: Edition) -> dict[str, Any]:
    words = {"title": found.title, "words": found.words, "alt": ""}
    return words | {"circles": ", ".join(found.circles), "in_archive": found.in_archive}


def _save(request: Request, found: Edition) -> None:
    words = request.POST.get("words", "").replace("\r\n", "\n")
    circles = readers.circles_said(said(request, "circles"))
    alt = clean(said(request, "alt").replace("]", "").replace("[", ""), 200)
    if picture := file_said(request, "picture"):
        kept = pictures.add(request.owner, picture)
        words = f"{words.rstrip()}\n\n![{alt}]({PICTURES_PATH}{kept.uid}.jpg)\n"
    elif alt:
        raise NotPossible(_("Choose the picture that these words describe."))
    actions.edit(
        found,
        title=said(request, "title"),
        words=words,
        circles=circles,
        in_archive=bool(said(request, "in_archive")),
    )


@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "sandbox": [""],
    }
)
@owners_only
def edition_preview(request: Request, uid: str) -> HttpResponse:
    """Show a letter as a mail program would, by itself and able to do nothing."""
    found = queries.edition(request.owner, uid)
    content = dress.edition(head_of(request.owner, request.today), found)
    look = request.GET.get("as", "mail")
    if look == "text":
        return HttpResponse(dress.as_seen(content.text), content_type="text/plain; charset=utf-8")
    html = dress.as_seen(content.html).replace(f"{settings.AMITY_URL}{PICTURES_PATH}", PICTURES_PATH)
    if look == "dark":
        html = html.replace("(prefers-color-scheme:dark)", "all").replace(
            "(prefers-color-scheme: dark)", "all"
        )
    return HttpResponse(html)


@owners_only
@require_POST
def edition_deed(request: Request, uid: str) -> HttpResponse:
    """Let a letter go, hold it back, try it, or take it away."""
    found = queries.edition(request.owner, uid)
    deed = said(request, "deed")
    with doing(request, "go") as outcome:
        _deeds(request, found).get(deed, _nothing)()
    if outcome.failed:
        return _edition(request, found, outcome)
    to = ("letter_desk",) if deed == "remove" else ("edition", uid)
    return then(request, outcome, *to)


def _deeds(request: Request, found: Edition) -> dict[str, Any]:
    return {
        "send": lambda: actions.send(found, now=timezone.now()),
        "sunday": lambda: actions.schedule(found),
        "once": lambda: actions.schedule(found, at=_instant_said(request)),
        "back": lambda: actions.unschedule(found),
        "test": lambda: actions.test_send(found, said(request, "address")),
        "remove": lambda: actions.remove(found),
        "hold": lambda: post.hold(_mailing(found)),
        "go_on": lambda: post.go_on(_mailing(found)),
        "cancel": lambda: post.cancel(_mailing(found)),
        "postscript": lambda: _postscript(request, found),
    }


def _mailing(found: Edition) -> Mailing:
    if found.mailing is None:
        raise NotPossible(_("This letter is not out."))
    return found.mailing


def _nothing() -> None:
    raise NotPossible(_("Nothing was chosen."))


def _instant_said(request: Request) -> datetime:
    day = day_said(request, "day")
    if day is None:
        raise NotPossible(_("Say on which day."))
    return datetime.combine(day, hour_said(request, "hour"), request.owner.tz).astimezone(UTC)


def _postscript(request: Request, found: Edition) -> None:
    reader = queries.readers(request.owner).filter(address__iexact=said(request, "address")).first()
    if reader is None:
        raise NotPossible(_("Nobody with that address reads your letter."))
    actions.set_postscript(found, reader, said(request, "postscript"))


@owners_only
@require_POST
def letter_set_up(request: Request) -> HttpResponse:
    """Set the name of the owner's letter, who may see it, and its Sundays."""
    with doing(request, "set_up") as outcome:
        head = head_of(request.owner, request.today)
        set_up(
            head,
            title=said(request, "title"),
            about=said(request, "about"),
            is_open=bool(said(request, "is_open")),
            letter_on=bool(said(request, "letter_on")),
            letter_starts=sunday_from(day_said(request, "letter_starts") or request.today),
            letter_at=hour_said(request, "letter_at"),
            letter_zone=said(request, "letter_zone") or request.owner.zone,
            **({"slug": said(request, "slug")} if said(request, "slug") else {}),
        )
    return _desk(request, outcome) if outcome.failed else then(request, outcome, "letter_desk")


@owners_only
@require_POST
def post_deed(request: Request) -> HttpResponse:
    """Pause or open the way out, decide an unknown, or answer a missed Sunday."""
    with doing(request) as outcome:
        deed = said(request, "deed")
        if deed in {"pause", "resume"}:
            (post.pause if deed == "pause" else post.resume)(request.owner)
        elif deed in {"again", "let_be"}:
            unknown = one_of(request.owner, Delivery, said(request, "uid"))
            (post.send_again if deed == "again" else post.let_be)(unknown)
        elif deed in {"missed_send", "missed_wait"}:
            sundays.answer_missed(head_of(request.owner), send_now=deed == "missed_send", now=timezone.now())
        else:
            _nothing()
    return then(request, outcome, "letter_desk")


@owners_only
def reader_list(request: Request) -> HttpResponse:
    """Show who reads the letter, and bring a list in."""
    outcome, brought = Outcome(), None
    if request.method == "POST":
        with doing(request, "file", outcome):
            mapping = {name: said(request, name) for name in readers.COLUMNS if said(request, name)}
            data = file_said(request, "file")
            brought = readers.bring_in(
                request.owner, data, mapping, source=said(request, "source"), now=timezone.now()
            )
    found = queries.readers(request.owner, request.GET.get("words", ""))
    return _readers(request, list(found[:READERS_SHOWN]), outcome, brought)


def _readers(
    request: Request, shown: list[Subscriber], outcome: Outcome, brought: readers.Brought | None = None
) -> HttpResponse:
    context = {
        "readers": shown,
        "counts": queries.reader_counts(request.owner),
        "words": request.GET.get("words", ""),
        "brought": brought,
        **outcome.context(),
    }
    return render(request, "letter/readers.html", context, status=outcome.status)


@owners_only
@require_POST
def letter_invite(request: Request, uid: str) -> HttpResponse:
    """Ask somebody of the book whether they want the letter."""
    who = people.get(request.owner, uid)
    with doing(request) as outcome:
        inviting.invite(head_of(request.owner, request.today), who, now=timezone.now())
    return then(request, outcome, "person", uid)


@owners_only
@require_POST
def reader_circles(request: Request, uid: str) -> HttpResponse:
    """Say in which circles of readers somebody is."""
    reader = one_of(request.owner, Subscriber, uid)
    with doing(request, "circles") as outcome:
        readers.set_circles(reader, said(request, "circles"))
    return _readers(request, [reader], outcome) if outcome.failed else then(request, outcome, "readers")


@owners_only
def readers_out(request: Request) -> HttpResponse:
    """Give all readers with their evidence as a file."""
    response = HttpResponse(readers.give_out(request.owner), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="readers.csv"'
    return response

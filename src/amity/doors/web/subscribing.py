"""The letter for strangers: its page, archive and feed; asking, confirming, leaving, and what is kept of one.

No cookie and no script. A form is signed instead of guarded by a cookie; a link in a mail is its own proof.
A GET never changes anything, for mail scanners open every link.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amity.doors.web.answering import UNPROCESSABLE
from amity.doors.web.asking import said
from amity.letter import consent, queries
from amity.letter.daily import STOPS
from amity.letter.dress import archive_url
from amity.letter.gate import Gate
from amity.letter.models import Letterhead, Picture, Subscriber
from amity.owner.actions import NotPossible
from amity.people.queries import NotFound
from amity.post.address import Told, read_token, token

YOUNGEST, OLDEST = 2, 24 * 3600
TOO_MANY = 429
NOBODY = "0" * 32
ONE_CLICK = "One-Click"
View = Callable[..., HttpResponse]
gate = Gate()


def strangers(view: View) -> View:
    """Let anybody in without a cookie, and say what is wrong on a page of its own."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (NotFound, NotPossible) as wrong:
            response = _plain(_("That did not work"), wrong.sentence, status=wrong.status)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answered


def _page(template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Give a page that knows of no owner, session or message."""
    return HttpResponse(
        render_to_string(f"letter/{template}", {"language": get_language(), **context}), status=status
    )


def _plain(heading: str, sentence: str, *, status: int = 200) -> HttpResponse:
    return _page("said.html", status=status, heading=heading, sentence=sentence)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _head(slug: str) -> Letterhead:
    head = queries.open_head(slug)
    if head is None:
        raise NotFound(_("There is no letter at this address."))
    return head


@strangers
@require_safe
def letter_page(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001  (Django hands it to every view)
    """Show what the letter is, the form to ask for it, and what came before."""
    return _front(_head(slug))


def _front(head: Letterhead, *, status: int = 200, **context: Any) -> HttpResponse:
    signed = token(head.owner, "form", NOBODY, at=int(time.time()))
    past = list(queries.archive(head.owner)[:200])
    consented = consent.consent_words(head)
    shown = {"head": head, "name": _name(head), "past": past, "form": signed, "consent": consented}
    return _page("front.html", status=status, **shown, **context)


def _name(head: Letterhead) -> str:
    return head.title or str(head.owner)


@strangers
@require_POST
def letter_embedded(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address from a form on somebody's own site to ours, where the button is; nothing happens."""
    return _private(_front(_head(slug), address=said(request, "address")[:320]))


@strangers
@require_POST
def letter_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the letter. The answer is the same whoever asks, known or not."""
    head = _head(slug)
    if not gate.lets_in(request.META.get("REMOTE_ADDR", ""), time.monotonic()):
        return _plain(
            _("A moment, please"),
            _("Too many asked from here. Try again in ten minutes."),
            status=TOO_MANY,
        )
    address, called = said(request, "address"), said(request, "name")
    if _is_a_person(request, head):
        try:
            consent.ask(head, address, now=timezone.now(), name=called, language=get_language() or "")
        except NotPossible as wrong:
            again = {"address": address, "called": called, "error": wrong.sentence}
            return _private(_front(head, status=UNPROCESSABLE, **again))
    sentence = _(
        "If that address can have the letter, a mail is on its way. Open it and press the one button."
    )
    return _private(_plain(_("Look into your mailbox"), sentence))


def _is_a_person(request: HttpRequest, head: Letterhead) -> bool:
    """Look at the trap and at how old the form is: machines fill in everything, at once."""
    told = read_token([head.owner], "form", said(request, "form"))
    age = time.time() - told.at if told else -1
    return not said(request, "website") and YOUNGEST <= age <= OLDEST


@strangers
@require_safe
def edition_page(request: HttpRequest, slug: str, uid: str) -> HttpResponse:  # noqa: ARG001
    """Show one past letter."""
    head = _head(slug)
    found = queries.archive(head.owner).filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is no such letter here."))
    return _page("edition.html", head=head, name=_name(head), edition=found)


@require_safe
def letter_feed(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """Give the newest letters as an Atom feed."""
    head = queries.open_head(slug)
    if head is None:
        return HttpResponse(status=404)
    url = archive_url(head)
    feed = Atom1Feed(_name(head), url, head.about, language=head.language, feed_url=f"{url}/feed.atom")
    for one in queries.archive(head.owner)[:20]:
        where = f"{url}/{one.uid}"
        feed.add_item(one.title, where, one.html, unique_id=where, pubdate=one.out_at, updateddate=one.out_at)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@strangers
@require_safe
def picture(request: HttpRequest, uid: str) -> HttpResponse:  # noqa: ARG001
    """Give a picture of a letter."""
    found = Picture.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is no picture here."))
    response = HttpResponse(bytes(found.image), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@strangers
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, text: str) -> HttpResponse:
    """Show the one button; only its POST says yes, and a second time it says the same."""
    told = consent.told("confirm", text)
    asked = consent.waiting_consent(told, timezone.now()) if told else None
    if request.method == "POST" and told and said(request, "yes"):
        reader = consent.confirm(told, now=timezone.now())
        if reader:
            return _private(
                _plain(
                    _("Welcome"),
                    _("You are on the list. Every letter has a link to leave in one step."),
                )
            )
    if asked is None:
        return _private(
            _plain(_("Nothing to confirm"), _("This link was used already, or is older than a week."))
        )
    head = Letterhead.objects.select_related("owner").get(owner=told.owner)  # type: ignore[union-attr]
    return _private(_page("confirm.html", name=_name(head), consent=asked.words))


@strangers
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, text: str) -> HttpResponse:
    """End the letter: by the one-click POST of RFC 8058 or the button of the page, never by a GET."""
    purpose, told = _left(text)
    one_click = request.POST.get("List-Unsubscribe") == ONE_CLICK
    if request.method == "POST" and (one_click or said(request, "leave")):
        if told:
            _end(told, purpose, one_click=one_click)
        return _private(_plain(_("Done"), _("No more letters will come to this address.")))
    if told is None:
        return _private(
            _plain(_("This link is not whole"), _("Copy it from the letter once more; it may have been cut."))
        )
    return _private(_page("leave.html"))


def _left(text: str) -> tuple[str, Told | None]:
    """Give which mail a token ends: the letter to readers, the private one, or one of the two of a day."""
    found = ((purpose, consent.told(purpose, text)) for purpose in ("leave", *STOPS))
    return next(((purpose, told) for purpose, told in found if told), ("", None))


def _end(told: Told, purpose: str, *, one_click: bool) -> None:
    if purpose in STOPS:
        STOPS[purpose](told.owner)
    else:
        consent.leave(told.owner, told.digest, route="one click" if one_click else "page", now=timezone.now())


@strangers
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, text: str) -> HttpResponse:
    """Show a reader what is kept of them; let them change it, leave, or be forgotten."""
    told = consent.told("preferences", text)
    reader = queries.reader(told.owner, told.digest) if told else None
    if told is None or reader is None:
        return _private(_plain(_("Nothing is kept of you"), _("This address is not on the list.")))
    if request.method == "POST":
        return _private(_changed(request, told, reader))
    return _private(_kept(reader, called=reader.name))


def _kept(reader: Subscriber, *, status: int = 200, **form: str) -> HttpResponse:
    head = Letterhead.objects.select_related("owner").get(owner=reader.owner)
    shown = {"name": _name(head), "reader": reader, "evidence": queries.evidence(reader)}
    return _page("preferences.html", status=status, **shown, **form)


def _changed(request: HttpRequest, told: Told, reader: Subscriber) -> HttpResponse:
    deed = said(request, "deed")
    if deed == "leave":
        consent.leave(told.owner, told.digest, route="preferences", now=timezone.now())
        return _plain(_("Done"), _("No more letters will come to this address."))
    if deed == "erase":
        consent.erase(told.owner, told.digest)
        return _plain(
            _("Forgotten"),
            _("Your address and name are erased. A code stays that keeps them from coming back."),
        )
    if deed == "change":
        called = said(request, "name")
        try:
            consent.rename(reader, called)
        except NotPossible as wrong:
            return _kept(reader, status=UNPROCESSABLE, called=called, error=wrong.sentence)
        return _plain(_("Kept"), _("Your name is changed."))
    raise NotPossible(_("Nothing was chosen."))

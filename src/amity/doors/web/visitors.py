"""What a stranger sees: a card, its files, the form to leave one's own details, and how to take them back.

No cookie, no script, nothing that was typed comes back. The form is signed instead of guarded by a cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amity.card import queries, tokens, visiting
from amity.card.files import file_name, vcard
from amity.card.models import Card, Visitor
from amity.card.queries import Reached, shown
from amity.doors.web.asking import said
from amity.letter.consent import ask, consent_words
from amity.letter.models import Letterhead
from amity.owner.actions import NotPossible
from amity.people.queries import NotFound

MOST_BYTES = 16 * 1024
TOO_LARGE = 413
View = Callable[..., HttpResponse]
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


def strangers(view: View) -> View:
    """Let anybody in, say what is wrong on a page of its own, and keep it out of indexes and caches."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (NotFound, NotPossible, visiting.TooOften) as wrong:
            response = _page("card/sorry.html", status=wrong.status, sentence=wrong.sentence)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answered


def _page(template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Give a page that knows of no owner, session or message."""
    return HttpResponse(render_to_string(template, {"language": get_language(), **context}), status=status)


@strangers
@require_safe
def card(request: HttpRequest, at: str) -> HttpResponse:  # noqa: ARG001  (Django hands it to every view)
    """Show a card and the form to leave one's details."""
    reached = queries.reach(at)
    letter = _letter_of(reached.card)
    return _page(
        "card/card.html",
        card=shown(reached),
        form=tokens.form_token(reached.card),
        consent=consent(reached.card),
        letter=consent_words(letter) if letter else "",
    )


def consent(card: Card) -> str:
    """Give the sentence that a visitor ticks; it is kept as they saw it."""
    return _("%(name)s may keep what I write here, to stay in touch with me.") % {"name": card.name}


def _letter_of(card: Card) -> Letterhead | None:
    """Give the letter that the card's owner writes to everybody, None when they write none."""
    return Letterhead.objects.of(card.owner).filter(is_open=True).select_related("owner").first()


@strangers
@require_safe
def card_vcf(request: HttpRequest, at: str) -> HttpResponse:  # noqa: ARG001
    """Give a card as a vCard."""
    return _vcard(queries.reach(at), everything=False)


def _vcard(reached: Reached, *, everything: bool) -> HttpResponse:
    one = shown(reached, everything=everything)
    response = HttpResponse(
        vcard(one, queries.photo(reached.card)).encode(), content_type="text/vcard; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{file_name(one)}.vcf"
    )
    return response


@strangers
@require_safe
def card_photo(request: HttpRequest, at: str) -> HttpResponse:  # noqa: ARG001
    """Give the face on a card."""
    jpeg = queries.photo(queries.reach(at).card)
    if jpeg is None:
        raise NotFound(_("There is no photo here."))
    return HttpResponse(jpeg, content_type="image/jpeg")


@strangers
@require_POST
def card_leave(request: HttpRequest, at: str) -> HttpResponse:
    """Take what a visitor leaves, and go on to what only they may see."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _page("card/sorry.html", status=TOO_LARGE, sentence=_("That is far too much for a card."))
    reached = queries.reach(at)
    visiting.knock(reached.card.owner, request.META["REMOTE_ADDR"], now=timezone.now())
    if said(request, "fax"):
        raise NotPossible(
            _("A program seems to have filled this in. Please leave the field about a fax empty.")
        )
    tokens.check_form(reached.card, said(request, "form"))
    visitor = _take_in(request, reached)
    if visitor is None:
        return _page("card/asked.html", name=reached.card.name)
    return redirect("card_left", tokens.visitor_token(visitor, tokens.LEFT))


def _take_in(request: HttpRequest, reached: Reached) -> Visitor | None:
    """Do what each ticked box says, both or neither; None when only the letter was asked for."""
    letter = _letter_of(reached.card) if said(request, "letter") else None
    with transaction.atomic():
        if letter:
            ask(
                letter,
                said(request, "way"),
                now=timezone.now(),
                name=said(request, "name"),
                form="card",
                language=get_language() or "",
            )
        if letter and not said(request, "keep"):
            return None
        return visiting.leave(reached, _left(request, reached.card))


def _left(request: HttpRequest, card: Card) -> visiting.Left:
    return visiting.Left(
        name=said(request, "name"),
        way=said(request, "way"),
        line=said(request, "line"),
        consent=consent(card) if said(request, "keep") else "",
        language=get_language() or "",
    )


@strangers
@require_safe
def card_left(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Thank a visitor: everything on the card, and the link to take their own details back."""
    visitor, reached = _left_on(token)
    back = reverse("card_withdraw", args=[tokens.visitor_token(visitor, tokens.WITHDRAW)])
    return _page("card/left.html", card=shown(reached, everything=True), token=token, withdraw_url=back)


@strangers
@require_safe
def card_left_vcf(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Give everything on the card as a vCard to who left theirs."""
    return _vcard(_left_on(token)[1], everything=True)


@strangers
@require_safe
def card_left_photo(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Give the face to who left theirs, even when their link is over."""
    jpeg = queries.photo(_left_on(token)[1].card)
    if jpeg is None:
        raise NotFound(_("There is no photo here."))
    return HttpResponse(jpeg, content_type="image/jpeg")


def _left_on(token: str) -> tuple[Visitor, Reached]:
    visitor = tokens.visitor_of(token, tokens.LEFT)
    return visitor, queries.still_up(visitor.card)


@strangers
@require_http_methods(["GET", "HEAD", "POST"])
def card_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Let a visitor take back what they left; looking at the page changes nothing."""
    visitor = tokens.visitor_of(token, tokens.WITHDRAW)
    name = visitor.card.name
    if request.method != "POST":
        return _page("card/withdraw.html", name=name)
    visiting.withdraw(visitor)
    return _page("card/withdraw.html", name=name, done=True)

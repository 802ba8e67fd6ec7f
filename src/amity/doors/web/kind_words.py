"""A word to somebody whose hope happened, and thanks for a gift: words to send, a button once they are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amity.doors.web.answering import Outcome, doing, then
from amity.doors.web.asking import Request, said
from amity.doors.web.words import KINDS
from amity.meet import kindness
from amity.moments.models import Gift
from amity.owner.access import owners_only
from amity.people.models import Hope, Person, Way
from amity.people.queries import one_of

WAYS_TO_SAY = [(kind, dict(KINDS)[kind]) for kind in ("message", "mail", "call", "met")]


@owners_only
def hope_cheer(request: Request, uid: str) -> HttpResponse:
    """Be glad with somebody."""
    hope: Hope = one_of(request.owner, Hope, uid)
    with doing(request, "text") as outcome:
        if request.method == "POST":
            kind = said(request, "kind") or "message"
            outcome.made = kindness.cheer(hope, day=request.today, text=said(request, "text"), kind=kind)
    return _page(request, outcome, hope.person, "hope_cheer", uid, kindness.words_for_hope(hope))


@owners_only
def gift_thank(request: Request, uid: str) -> HttpResponse:
    """Say thank you."""
    gift: Gift = one_of(request.owner, Gift, uid)
    with doing(request, "text") as outcome:
        if request.method == "POST":
            kind = said(request, "kind") or "message"
            outcome.made = kindness.thank(gift, day=request.today, text=said(request, "text"), kind=kind)
    return _page(request, outcome, gift.person, "gift_thank", uid, kindness.words_for_gift(gift))


def _page(
    request: Request, outcome: Outcome, person: Person, page: str, uid: str, words: str
) -> HttpResponse:
    if outcome.made:
        return then(request, outcome, "person", person.uid)
    email = Way.objects.of(request.owner).filter(person=person, kind="email").order_by("id").first()
    context = {
        "person": person,
        "words": words,
        "email": email.value if email else "",
        "ways": WAYS_TO_SAY,
        "action": reverse(page, args=[uid]),
        "is_thanks": page == "gift_thank",
        **outcome.context(),
    }
    return render(request, "meet/kind_word.html", context, status=outcome.status)

"""How a deed is answered: to htmx with the fragment that changed, else with a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from amity.doors.web.asking import Clash, Request, said
from amity.journal import queries as journal
from amity.journal.actions import first_time
from amity.journal.queries import PastDeed
from amity.owner.access import View
from amity.owner.actions import NotPossible

BAD, CONFLICT, UNPROCESSABLE = 400, 409, 422


@dataclass
class Outcome:
    """What became of a deed: what it made, its errors by field, what was typed, and what can be undone.

    `clash` says that what the form was drawn from was changed in the meantime.
    """

    made: Any = None
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    deed: PastDeed | None = None
    clash: str = ""

    @property
    def status(self) -> int:
        """Give the answer's status: 422 when something is wrong, 409 when two tabs changed one line."""
        if self.clash:
            return CONFLICT
        return UNPROCESSABLE if self.errors else 200

    @property
    def failed(self) -> bool:
        """Tell whether the form has to come back to whoever sent it."""
        return bool(self.errors or self.clash)

    def fields(self, about: str, written: dict[str, Any]) -> dict[str, Any]:
        """Give what a form holds: what was typed where its sentence is `about` it, else what is written.

        A box that was not ticked says nothing.
        """
        return {name: self.typed.get(name, "") for name in written} if about in self.errors else written

    def context(self) -> dict[str, Any]:
        """Give what the templates call it; without a deed, what the last request did stays to be said."""
        done = {"deed": self.deed} if self.deed else {}
        return {"errors": self.errors, "typed": self.typed, "clash": self.clash, **done}


@contextmanager
def doing(request: Request, about: str = "", outcome: Outcome | None = None) -> Iterator[Outcome]:
    """Do a deed: what is not possible becomes the sentence of the field it is `about`.

    Without a field to stand beside, it is left to be said by a page of its own.
    """
    outcome = outcome or Outcome()
    before = journal.newest(request.owner)
    try:
        yield outcome
    except Clash as changed:
        outcome.clash = changed.sentence
        outcome.typed.update({name: str(value) for name, value in request.POST.items()})
    except NotPossible as wrong:
        if not about:
            raise
        outcome.errors[about] = wrong.sentence
        outcome.typed.update({name: str(value) for name, value in request.POST.items()})
        outcome.typed[about] = next(
            (said(request, n) for n in (about, "text", "value") if n in request.POST), ""
        )
    if journal.newest(request.owner) != before:
        outcome.deed = journal.last_deed(request.owner)


def fragment(request: Request, name: str, context: dict[str, Any], outcome: Outcome) -> HttpResponse:
    """Answer htmx with the fragment that changed, and the undo bar beside it."""
    everything = {**context, **outcome.context(), "fragment": name}
    return render(request, "parts/_answer.html", everything, status=outcome.status)


def then(request: Request, outcome: Outcome, to: str, *args: str) -> HttpResponse:
    """Go on to another page, where the undo bar will stand."""
    remember(request, outcome)
    return redirect(to, *args)


def remember(request: Request, outcome: Outcome) -> None:
    """Keep a deed, or what was wrong with it, for the undo bar of the next page."""
    if outcome.deed:
        messages.info(request, outcome.deed.sentence, extra_tags=outcome.deed.uid)
    for sentence in outcome.errors.values():
        messages.error(request, sentence)


def only_once(view: View) -> View:
    """Carry a form out the first time it is sent; sent again, it only leads back to where it stood.

    What could not be carried out leaves its token unused, so that it can be sent again.
    """

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token = said(request, "once")
        if not token:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if not first_time(request.owner, token):
                messages.info(request, _("That is written down already."))
                return back(request)
            answer = view(request, *args, **kwargs)
            if answer.status_code >= BAD:
                transaction.set_rollback(True)
            return answer

    return guarded


def back(request: Request, otherwise: str = "today") -> HttpResponseRedirect:
    """Go back to the page of ours that the form stood on."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(came_from if ours else reverse(otherwise))

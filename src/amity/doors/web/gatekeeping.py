"""allauth, wired in one place: who passes by password, passkey or code, and its pages in our look.

allauth checks passwords and codes, counts who tries too often, and asks for the second step. What happens
once somebody is in is ours (`arriving`). Nobody signs up here, and no mail is sent about signing in.
"""

# ruff: noqa: ARG002  (a hook takes what allauth gives it)

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.account.views import ReauthenticateView
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.card.codes import as_svg, url_code
from amity.doors.web.arriving import arrive, keep_wish, kept_wish, open_book
from amity.doors.web.asking import said
from amity.owner.access import OwnersRequest, View, owners_only
from amity.owner.actions import NotPossible
from amity.owner.address import is_reachable, own
from amity.owner.keys import as_kept, keys_of, new_recovery_codes
from amity.owner.models import Owner

LOG = logging.getLogger("amity.signing_in")
TOO_OFTEN = gettext_lazy("That was tried too often. Wait five minutes, then try again.")
NO_PASSKEY = gettext_lazy("That passkey does not open a book here.")
LONGEST_NUMBER = 18
NOT_THE_CODE = gettext_lazy("That code does not fit. Codes of the app change every half minute.")


class Gatekeeper(DefaultAccountAdapter):  # type: ignore[misc]  # (allauth says nothing of its types)
    """How allauth tells us that somebody passed, and asks us who they are."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": NOT_THE_CODE,
        "incorrect_password": gettext_lazy("That is not your password."),
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
    }

    def login(self, request: HttpRequest, user: Owner) -> None:
        """Open the book in this browser."""
        open_book(request, user)

    def post_login(self, request: HttpRequest, user: Owner, **_hooks: Any) -> HttpResponse:
        """Go where they wanted to go before they were asked who they are."""
        return arrive(request, user, kept_wish(request))

    def reauthenticate(self, user: Owner, password: str) -> bool:
        """Tell whether this is the owner's password; who tries too often has to wait."""
        return bool(self.authenticate(context.request, username=user.email, password=password) == user)

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Ask again before a way in is changed, unless the book is at home on one machine only."""
        return bool(is_reachable() and self.get_reauthentication_methods(context.request.user))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let no stranger in: owners are made on the machine."""
        return False


class Keyring(DefaultMFAAdapter):  # type: ignore[misc]
    """What passkeys and code apps are told of this house."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": NOT_THE_CODE}

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that an app reads."""
        return as_svg(url_code(url))

    def generate_authenticator_name(self, user: Owner, type: str) -> str:  # noqa: A002  (allauth's word)
        """Give the name that a new passkey is offered."""
        return _("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say for which address a passkey is: the one of this house, whatever a request says of itself."""
        return {"id": settings.AMITY_HOST, "name": "Amity"}


def by_password(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password, or ask for the second step.

    Raises:
        NotPossible: when they do not belong together, or it was tried too often. Whether the address is
            known shows neither in the answer nor in its time.
    """
    owner = _known(request, said(request, "email"), request.POST.get("password", ""))
    if owner is None or not owner.is_active:
        LOG.warning("Somebody at %s did not know a password.", get_adapter().get_client_ip(request))
        raise NotPossible(_("That address and password do not belong together."))
    keep_wish(request)
    return cast("HttpResponse", perform_login(request, owner))


def check_password(request: HttpRequest, owner: Owner, password: str) -> None:
    """See that somebody knows the owner's password.

    Raises:
        NotPossible: when they do not, or tried too often.
    """
    if _known(request, owner.email, password) != owner:
        raise NotPossible(_("That is not your password."))


def _known(request: HttpRequest, address: str, password: str) -> Owner | None:
    try:
        return cast("Owner | None", get_adapter().authenticate(request, username=address, password=password))
    except ValidationError as too_often:
        raise NotPossible(" ".join(too_often.messages)) from None


class _Ceremony:
    """A page on which a passkey signs something: what it is stands in the page, for the script to read."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]
        (options,) = told["js_data"].values()
        return told | {
            "options": json.dumps(options, cls=DjangoJSONEncoder),
            "has_passkeys": own().takes_passkeys,
        }

    def get_form(self, *classes: Any) -> Form:
        return _read(super().get_form(*classes))  # type: ignore[misc]


def _read(form: Form) -> Form:
    """Check a form that holds what a passkey signed; fido2 trips over what no browser sends.

    Raises:
        NotPossible: when it cannot be read at all.
    """
    try:
        form.is_valid()
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise NotPossible(str(NO_PASSKEY)) from None
    return form


class _ByPasskey(_Ceremony, LoginWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        keep_wish(self.request)
        return cast("HttpResponse", super().form_valid(form))

    def form_invalid(self, form: Form) -> HttpResponse:
        raise NotPossible(str(NO_PASSKEY))


class _SecondStep(_Ceremony, AuthenticateView):  # type: ignore[misc]
    def form_invalid(self, form: Form) -> HttpResponse:
        LOG.warning("Somebody at %s did not know a code.", get_adapter().get_client_ip(self.request))
        return cast("HttpResponse", super().form_invalid(form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _read(self.form)
        return cast("HttpResponse", super().post(request, *args, **kwargs))


class _TakesRecoveryCodes:
    """A form for the code of an app or a recovery code, which is looked for as it is kept."""

    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        self.cleaned_data["code"] = as_kept(self.cleaned_data["code"])
        return cast("str", super().clean_code())  # type: ignore[misc]


class SecondStepForm(_TakesRecoveryCodes, AuthenticateForm):  # type: ignore[misc]
    """What is typed after the password."""


class ConfirmForm(_TakesRecoveryCodes, ReauthenticateForm):  # type: ignore[misc]
    """The same, to say again who one is."""


class _WithCodes:
    """What brings the first recovery codes along: they are shown in its answer, and never again."""

    def form_valid(self, form: Form) -> HttpResponse:
        done = super().form_valid(form)  # type: ignore[misc]
        had = keys_of(self.request.user).codes_left is not None  # type: ignore[attr-defined]
        return cast("HttpResponse", done) if had else _codes_shown(self.request)  # type: ignore[attr-defined]


class _AddPasskey(_WithCodes, _Ceremony, AddWebAuthnView):  # type: ignore[misc]
    pass


class _AddApp(_WithCodes, ActivateTOTPView):  # type: ignore[misc]
    pass


class _NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        return _codes_shown(self.request)


def _codes_shown(request: HttpRequest) -> HttpResponse:
    codes = new_recovery_codes(cast("Owner", request.user))
    return render(request, "owner/recovery_codes.html", {"codes": codes})


class _ConfirmByPasskey(_Ceremony, ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Form) -> HttpResponse:
        raise NotPossible(str(NO_PASSKEY))


def mine(view: Callable[..., HttpResponseBase]) -> View:
    """Let an owner at the ways into their own book; the sample world has none."""

    @owners_only
    @wraps(view)
    def guarded(request: OwnersRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.owner.is_sample:
            raise NotPossible(_("The sample world is nobody's book, so nobody signs in to it."))
        return view(request, *args, **kwargs)

    return guarded


def _confirming(view: Callable[..., HttpResponseBase]) -> View:
    """Ask again who somebody is; who has neither password nor passkey has nothing to say it by."""

    @mine
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        methods = get_adapter().get_reauthentication_methods(request.user)
        return view(request, *args, **kwargs) if methods else redirect("signing_in")

    return guarded


def confirmed(view: View) -> View:
    """Ask again who somebody is before a view is carried out, unless they said so of late."""
    asked: View = reauthentication_required(view, app="allauth.mfa")
    return asked


by_passkey: View = _ByPasskey.as_view()
second_step = _SecondStep.as_view(template_name="owner/second_step.html")
confirm = _confirming(ReauthenticateView.as_view(template_name="owner/confirm.html"))
confirm_by_code = _confirming(ReauthenticateByCodeView.as_view(template_name="owner/confirm_code.html"))
confirm_by_passkey = _confirming(_ConfirmByPasskey.as_view(template_name="owner/confirm_passkey.html"))
add_app = mine(_AddApp.as_view(template_name="owner/code_app.html"))
remove_app = mine(DeactivateTOTPView.as_view(template_name="owner/code_app_remove.html"))
recovery_codes = mine(_NewCodes.as_view(template_name="owner/recovery_codes_new.html"))
add_passkey = mine(_AddPasskey.as_view(template_name="owner/passkey.html"))
_remove_passkey = RemoveWebAuthnView.as_view(
    template_name="owner/passkey_remove.html", success_url=reverse_lazy("signing_in")
)


@mine
def remove_passkey(request: OwnersRequest, uid: str) -> HttpResponseBase:
    """Ask whether a passkey is to go, and let it go."""
    number = int(uid) if uid.isascii() and uid.isdigit() and len(uid) < LONGEST_NUMBER else 0
    return cast("HttpResponseBase", _remove_passkey(request, pk=number))

"""What works from where, at the address this book has: for the owner here, for their phone, for strangers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amity.owner.address import Address, Reach


@dataclass(frozen=True)
class Whence:
    """What works from where in one sentence each, and the one thing to do; `well` when nothing is amiss."""

    address: str
    here: str
    phone: str
    strangers: str
    step: str
    well: bool


def whence(at: Address, proxy: str) -> Whence:
    """Say what works from where; `proxy` is who may say whom a request comes from, '' for nobody."""
    step, well = _step(at, proxy)
    return Whence(
        address=_address(at),
        here=_("everything for yourself works, a copy without a connection too."),
        phone=_phone(at),
        strangers=_strangers(at),
        step=step,
        well=well,
    )


def _address(at: Address) -> str:
    says = {
        Reach.HERE: _("%(url)s, this machine only; others cannot reach it."),
        Reach.NEAR: _("%(url)s, this machine and those in its own network; strangers cannot reach it."),
        Reach.ANYWHERE: _("%(url)s, from anywhere."),
    }
    return says[at.reach] % {"url": at.url}


def _phone(at: Address) -> str:
    if at.reach is Reach.HERE:
        return _("cannot open it: the address means the phone itself there.")
    if not at.is_https:
        return _(
            "opens it, but whoever shares the network can read along; no copy is kept (a service worker "
            "runs over https only), and the cookies are not bound to this address (__Host- needs https)."
        )
    if at.reach is Reach.NEAR:
        return _("opens it in the same network, with its copy, once it trusts the certificate.")
    return _("opens it from anywhere, with its copy.")


def _strangers(at: Address) -> str:
    if at.is_public:
        return _(
            "can visit a card, answer an introduction, and ask for your letter and leave it in one click."
        )
    return _(
        "cannot visit a card, answer an introduction or leave a letter in one click. Instead there are the "
        "code that needs no network, the card as a folder, two mails of your own, and leaving by a mail."
    )


def _step(at: Address, proxy: str) -> tuple[str, bool]:
    """Give the one thing to do, and whether all is well without it."""
    if at.reach is Reach.HERE:
        return _("nothing; for a phone see docs/reach/this-machine-and-my-phone.md."), True
    if not at.is_https:
        return _("put Caddy in front, and let AMITY_URL begin with https (docs/reach)."), False
    if not proxy:
        return (
            _(
                "set AMITY_PROXY to the address of the proxy, such as 127.0.0.1: until then all visitors "
                "seem to be one, and no page knows that it went over https."
            ),
            False,
        )
    if at.reach is Reach.NEAR:
        return _("nothing; for strangers see docs/reach/small-server.md."), True
    return _("nothing."), True

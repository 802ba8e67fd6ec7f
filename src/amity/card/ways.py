"""One way to reach somebody, as people write it into a single field."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amity.formats.identities import normal_email, normal_phone, normal_url
from amity.owner.actions import NotPossible
from amity.people.actions import clean
from amity.storage.folded import fold

WAY_LENGTH = 200
LEAST_DIGITS = 5
_OF_A_NUMBER = set("+()-./ 0123456789")


@dataclass(frozen=True)
class WayRead:
    """A way with its kind (email, phone, url, handle) and what two spellings of it have in common."""

    kind: str
    value: str
    normal: str

    @property
    def href(self) -> str:
        """Give where a tap leads; '' for a handle, which leads nowhere by itself."""
        return href(self.kind, self.value)


def read_way(text: str, region: str) -> WayRead:
    """Tell an address from a number, a page and a handle; `region` reads national numbers.

    Raises:
        NotPossible: when there is nothing, or far too much.
    """
    if len(text) > WAY_LENGTH:
        raise NotPossible(_("A way to be reached has up to %(most)s signs.") % {"most": WAY_LENGTH})
    value = clean(text, WAY_LENGTH)
    if email := normal_email(value):
        return WayRead("email", value, email)
    if (url := _as_url(value)) and (form := normal_url(url)):
        return WayRead("url", url, form)
    if set(value) <= _OF_A_NUMBER and sum(sign.isdigit() for sign in value) >= LEAST_DIGITS:
        return WayRead("phone", value, normal_phone(value, region) or fold(value))
    if len(value) < 2 or not any(sign.isalnum() for sign in value):  # noqa: PLR2004  (@a is nobody's handle)
        raise NotPossible(_("Write one way to be reached: a mail address, a number, a page or a handle."))
    return WayRead("handle", value, fold(value))


def _as_url(value: str) -> str:
    """Give a page's address with its scheme, '' for anything a browser should not follow."""
    if value.casefold().startswith(("https://", "http://")):
        return value if " " not in value else ""
    bare = not set(" :@") & set(value) and (value.casefold().startswith("www.") or "/" in value)
    return f"https://{value}" if bare else ""


def href(kind: str, value: str) -> str:
    """Give the safe link of a way that was read above."""
    if kind == "email":
        return f"mailto:{value.removeprefix('mailto:')}"
    if kind == "phone":
        return "tel:" + "".join(sign for sign in value if sign in "+0123456789")
    return value if kind == "url" else ""

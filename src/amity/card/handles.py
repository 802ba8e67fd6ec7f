"""Handles: the short names at which cards are found."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from amity.owner.actions import NotPossible

SHORTEST, LONGEST = 2, 30
_HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# Names that a visitor would take for the house itself, for its desk, or for a page of it.
RESERVED = frozenset(
    "abuse account admin administrator amity api app billing book card cards contact dav demo everyone "  # noqa: SIM905
    "help hostmaster info letter letters login mail me meet moderator mcp news nobody null official owner "
    "people postmaster privacy register root sample security settings sign-in signin static status support "
    "system team test today undefined unsubscribe user webmaster welcome www you".split()
)


def read_handle(text: str) -> str:
    """Give a handle as it is stored, '' for none: lower case, without the @.

    Raises:
        NotPossible: when it is reserved, or made of other signs than letters a to z, digits and hyphens.
    """
    handle = unicodedata.normalize("NFKC", text).strip().removeprefix("@").lower()
    if not handle:
        return ""
    if not SHORTEST <= len(handle) <= LONGEST or not _HANDLE.fullmatch(handle):
        raise NotPossible(
            _("A handle is %(least)s to %(most)s letters a to z, digits and single hyphens, like ada-byron.")
            % {"least": SHORTEST, "most": LONGEST}
        )
    if handle in RESERVED:
        raise NotPossible(
            _("@%(handle)s is kept free for the house; please choose another.") % {"handle": handle}
        )
    return handle

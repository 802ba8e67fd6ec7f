"""Words that everybody who knows the owner or the house would try first: what a password may not stand on.

OWASP ASVS 5.0, 6.1.2 and 6.2.11 ask for such a list, and that it is used; docs/signing-in.md has it in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.owner.models import Owner, OwnIdentity
from amity.storage.folded import fold

OF_AMITY = ("amity", "friend", "friends", "friendship", "networking", "password", "passphrase", "secret")
SHORTEST = 3  # a name of two letters is in half of all words
ENOUGH = 8  # signs that are left of a password without these words


class OwnWords:
    """A check of Django's: a password is more than Amity's name, the house's and the owner's."""

    def validate(self, password: str, user: Owner | None = None) -> None:
        """See that enough is left of a password without the words that others would try first.

        Raises:
            ValidationError: when it is not.
        """
        left = _without(fold(password), words_of(user))
        if len(left) < ENOUGH or left in CommonPasswordValidator().passwords:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """Say what it asks for."""
        return _(
            "Your name, your address, this house's name and Amity's are what others try first: "
            "take words that have nothing to do with them."
        )


def words_of(owner: Owner | None) -> set[str]:
    """Give the words, folded: Amity's, those of its address, and of the owner's names and addresses."""
    said = [*OF_AMITY, settings.AMITY_HOST]
    if owner is not None:
        known = OwnIdentity.objects.of(owner).filter(kind__in=("name", "email"))
        said += [owner.name, owner.email, *known.values_list("value", flat=True)]
    return {word for one in said for word in _parts(one) if len(word) >= SHORTEST}


def _parts(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _without(password: str, words: Iterable[str]) -> str:
    """Give a password without the words, the longest taken out first, and what stands between them."""
    left = re.sub(r"[\s._+@'-]", "", password)
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left

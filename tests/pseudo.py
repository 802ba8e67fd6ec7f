"""A language nobody speaks: each text accented and four tenths longer, so that what is left out shows.

Letters keep their shape, so a page can be read: ``Your energy`` becomes ``Ýöûŕ éñéŕĝý ‥‥‥‥``. What stands
for something else, and tags, stay as they are. ``install`` puts it in the place of English, and
``python -m pseudo`` is Amity in it.
"""

from __future__ import annotations

import re

from django.utils.translation import trans_real

LONGER = 0.4
_KEPT = re.compile(r"%\(\w+\)[srd]|%[srd]|%%|\{\w+\}|<[^>]+>|&\w+;|https?://\S+")
_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÁßÇĐÉƑĜĤÍĴĶĹṀÑÖƤǪŔŠŢÛṼŴẊÝŽáƀçďéƒĝĥíĵķĺṁñöƥǫŕšţûṽŵẋýž",
)


def pseudo(text: str) -> str:
    """Give a text in that language."""
    if not re.search("[A-Za-z]", text):
        return text
    said, at = [], 0
    for kept in _KEPT.finditer(text):
        said += [text[at : kept.start()].translate(_ACCENTED), kept[0]]
        at = kept.end()
    more = "‥" * round(LONGER * len(_KEPT.sub("", text)))
    return "".join([*said, text[at:].translate(_ACCENTED), f" {more}" if more else ""])


class Pseudo(trans_real.DjangoTranslation):
    """English, as nobody writes it."""

    def gettext(self, message: str) -> str:
        """Give one text; a context before it is not part of it."""
        return pseudo(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Give one text or the other, by number."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def install() -> None:
    """Speak it from now on, in this process."""
    trans_real._translations = {"en": Pseudo("en")}
    trans_real._default = None
    trans_real.deactivate()


def main() -> None:
    """Run Amity in it: ``python -m pseudo run``."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings")
    import django

    from amity import run

    django.setup()
    install()
    run.main()


if __name__ == "__main__":
    main()

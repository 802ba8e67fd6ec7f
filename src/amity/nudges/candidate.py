"""What a reason is given to look at: one person on one day. Plain, so that a reason is a plain function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amity.storage.folded import fold
from amity.ties.queries import Portrait

TEXT, MAIL, CALL, MEETING = "message", "mail", "call", "met"
COST = {TEXT: 1, MAIL: 2, CALL: 3, "video call": 3, MEETING: 5}


@dataclass(frozen=True)
class Candidate:
    """A person who may be suggested, with what the book says that a sentence could use.

    ``usual`` is the kind of moment the two share most; ``hope`` an open hope in the person's words;
    ``kept_on`` the day the owner first wrote of them; ``seen_at`` a gathering or moment of the last two
    days with its name and day; ``last_text`` the newest words between them.
    """

    person: int
    name: str
    portrait: Portrait
    usual: str = ""
    hope: str = ""
    spark: str = ""
    spark_line: str = ""
    has_birthday: bool = False
    kept_on: date | None = None
    seen_at: tuple[str, date] | None = None
    trusted: bool = False
    can_call: bool = False

    @property
    def first_name(self) -> str:
        """The name a friend would use: the whole of it where family names come first."""
        return self.name.split()[0] if fold(self.name).isascii() and " " in self.name else self.name

    @property
    def verb(self) -> str:
        """How the two are in touch: they meet, or they talk."""
        return "meet" if self.usual == MEETING else "talk"

    @property
    def written(self) -> str:
        """The lightest written medium the two use."""
        return MAIL if self.usual == MAIL else TEXT


@dataclass(frozen=True)
class Offer:
    """One nudge before it is written: a reason, its sentence, an opener without an ask, what it costs."""

    person: int
    reason: str
    why: str
    opener: str
    medium: str

    @property
    def cost(self) -> int:
        """What it takes of a day's energy."""
        return COST[self.medium]


_FOR = {"a", "an", "the", "more", "less", "some", "enough", "his", "her", "their", "new", "better"}


def with_hope(sentence: str, candidate: Candidate) -> str:
    """Add what the person was hoping, if the book knows; words that fit no sentence are quoted."""
    hope = candidate.hope.rstrip(". ")
    if not hope:
        return sentence
    name, first_word = candidate.first_name, hope.split()[0]
    said = _("A hope of %(name)s's: “%(hope)s”.")
    if first_word == "to":
        said = _("%(name)s was hoping %(hope)s.")
    elif first_word in _FOR:
        said = _("%(name)s was hoping for %(hope)s.")
    elif first_word.islower():
        said = _("%(name)s was hoping to %(hope)s.")
    return f"{sentence} {said % {'name': name, 'hope': hope}}"

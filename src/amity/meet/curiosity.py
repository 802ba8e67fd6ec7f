"""Instead of a pitch: two questions worth asking, and a way out that one is allowed to take."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.meet.guests import Known

QUESTIONS_IN_A_BRIEF = 2

# Open, about the other, and without an answer that one could prepare.
OPEN_QUESTIONS = (
    gettext_lazy("What are you working on that you would do even if nobody asked you to?"),
    gettext_lazy("What did you change your mind about this year?"),
    gettext_lazy("What brought you here, other than the invitation?"),
    gettext_lazy("What is harder about your work than people think?"),
    gettext_lazy("Who taught you the most, and how did you meet them?"),
    gettext_lazy("What would you like to have finished by next summer?"),
    gettext_lazy("What are you learning just now that you are bad at?"),
    gettext_lazy("What was the last thing that made you laugh at work?"),
    gettext_lazy("What do you hope somebody will ask you today?"),
    gettext_lazy("What did you do before this that still helps you?"),
    gettext_lazy("Which conversation here would you like to have again?"),
    gettext_lazy("What would make this year a good one for you?"),
)

# Setting -> (what one may do, the words for it).
_EXITS = {
    "crowded room": (
        gettext_lazy("An hour is plenty, and one good talk is enough."),
        gettext_lazy("I am glad we talked. I am off to somewhere quieter now."),
    ),
    "conference breakout": (
        gettext_lazy("You may skip the next session and take a walk."),
        gettext_lazy("I am going to let this sink in outside."),
    ),
    "dinner party": (
        gettext_lazy("You may leave after the main course."),
        gettext_lazy("It was a lovely evening, and I want to leave while it is."),
    ),
    "hotel bar": (
        gettext_lazy("One drink is a whole visit."),
        gettext_lazy("This was my one drink for tonight; thank you for it."),
    ),
    "coffee shop": (
        gettext_lazy("A cup is long enough."),
        gettext_lazy("My cup is empty, so I am off, and I am glad we had it."),
    ),
    "video call": (
        gettext_lazy("You may end five minutes early."),
        gettext_lazy("Let us give each other the last five minutes back."),
    ),
    "festival or sporting event": (
        gettext_lazy("You may go before the end."),
        gettext_lazy("I have had my fill of people for today, in the best way."),
    ),
}
_EXIT = (
    gettext_lazy("You may leave when you have had enough."),
    gettext_lazy("I am glad we talked; I am going to slip out now."),
)


def questions(own: Sequence[str], known: Sequence[Known], seed: str) -> list[str]:
    """Give two: the owner's own first, then one about somebody's hope, then from the open ones."""
    asked = [line for line in own if line.strip()][:QUESTIONS_IN_A_BRIEF]
    asked += [
        _("%(name)s, what has surprised you most about “%(text)s”?")
        % {"name": one.first_name, "text": one.hopes[0].text}
        for one in known
        if one.hopes
    ][:1]
    drawn = sorted(
        OPEN_QUESTIONS, key=lambda question: hashlib.blake2b(f"{seed}{question}".encode()).digest()
    )
    return [*asked, *map(str, drawn)][:QUESTIONS_IN_A_BRIEF]


def exit_for(setting: str) -> str:
    """Give a way out that fits the setting, with words for it."""
    leave, words = _EXITS.get(setting, _EXIT)
    return _("%(leave)s You may say: “%(words)s”") % {"leave": leave, "words": words}

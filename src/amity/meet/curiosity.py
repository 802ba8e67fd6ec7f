"""Instead of a pitch: two questions worth asking, and a way out that one is allowed to take."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from amity.meet.guests import Known

QUESTIONS_IN_A_BRIEF = 2

# Open, about the other, and without an answer that one could prepare.
OPEN_QUESTIONS = (
    "What are you working on that you would do even if nobody asked you to?",
    "What did you change your mind about this year?",
    "What brought you here, other than the invitation?",
    "What is harder about your work than people think?",
    "Who taught you the most, and how did you meet them?",
    "What would you like to have finished by next summer?",
    "What are you learning just now that you are bad at?",
    "What was the last thing that made you laugh at work?",
    "What do you hope somebody will ask you today?",
    "What did you do before this that still helps you?",
    "Which conversation here would you like to have again?",
    "What would make this year a good one for you?",
)

# Setting -> (what one may do, the words for it).
_EXITS = {
    "crowded room": (
        "An hour is plenty, and one good talk is enough.",
        "I am glad we talked. I am off to somewhere quieter now.",
    ),
    "conference breakout": (
        "You may skip the next session and take a walk.",
        "I am going to let this sink in outside.",
    ),
    "dinner party": (
        "You may leave after the main course.",
        "It was a lovely evening, and I want to leave while it is.",
    ),
    "hotel bar": ("One drink is a whole visit.", "This was my one drink for tonight; thank you for it."),
    "coffee shop": ("A cup is long enough.", "My cup is empty, so I am off, and I am glad we had it."),
    "video call": ("You may end five minutes early.", "Let us give each other the last five minutes back."),
    "festival or sporting event": (
        "You may go before the end.",
        "I have had my fill of people for today, in the best way.",
    ),
}
_EXIT = ("You may leave when you have had enough.", "I am glad we talked; I am going to slip out now.")


def questions(own: Sequence[str], known: Sequence[Known], seed: str) -> list[str]:
    """Give two: the owner's own first, then one about somebody's hope, then from the open ones."""
    asked = [line for line in own if line.strip()][:QUESTIONS_IN_A_BRIEF]
    asked += [
        f"{one.first_name}, what has surprised you most about “{one.hopes[0].text}”?"
        for one in known
        if one.hopes
    ][:1]
    drawn = sorted(
        OPEN_QUESTIONS, key=lambda question: hashlib.blake2b(f"{seed}{question}".encode()).digest()
    )
    return [*asked, *drawn][:QUESTIONS_IN_A_BRIEF]


def exit_for(setting: str) -> str:
    """Give a way out that fits the setting, with words for it."""
    leave, words = _EXITS.get(setting, _EXIT)
    return f"{leave} You may say: “{words}”"

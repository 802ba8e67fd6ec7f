"""Tips on breaking into B2B tech sales, and growing there, by way of professional friends; no studies."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from amity.letter.tips import Tip


def _tip(slug: str, title: str, words: str) -> Tip:
    return Tip(slug, title, words, about="sales")


SALES = (
    _tip(
        "ask-for-a-day",
        gettext_noop("Ask what Tuesday looks like"),
        gettext_noop(
            "If you want into tech sales, do not ask a seller for a referral. Ask what last Tuesday looked "
            "like, hour by hour. They will enjoy telling it, you learn whether you want that Tuesday, and a "
            "referral that comes later has something to stand on."
        ),
    ),
    _tip(
        "peers-in-your-class",
        gettext_noop("Befriend your own class"),
        gettext_noop(
            "The people who start the same month as you are scattered over twenty companies within five "
            "years, and some of them lead teams. Have a standing lunch with three of them now, when none of "
            "you has anything to trade."
        ),
    ),
    _tip(
        "the-engineer-next-door",
        gettext_noop("Sit with the sales engineer"),
        gettext_noop(
            "The person who builds the demo knows what the product cannot do. Ask one of them to show you a "
            "deal that failed and why. You will sell more honestly, and you will have a friend who says no to"
            " you in time."
        ),
    ),
    _tip(
        "customers-after-the-deal",
        gettext_noop("Stay after the signature"),
        gettext_noop(
            "Write to a customer three months after they bought, when nothing is open, and ask what turned "
            "out differently from what you both expected. Most sellers are gone by then. You will still know "
            "this person when both of you work elsewhere."
        ),
    ),
    _tip(
        "lose-well",
        gettext_noop("Lose well"),
        gettext_noop(
            "When a buyer chooses somebody else, thank them for the straight answer, ask what decided it, and"
            " wish the project luck by name. It costs five minutes. People remember how you were on the day "
            "you had nothing to gain."
        ),
    ),
    _tip(
        "give-the-lead-away",
        gettext_noop("Send them where they are better served"),
        gettext_noop(
            "When your product is the wrong one, say so and name the person at the other company whom you "
            "would call. You lose a deal that would have gone wrong, and two people now have a good story in "
            "which you appear."
        ),
    ),
    _tip(
        "one-industry-table",
        gettext_noop("Host the small table"),
        gettext_noop(
            "Instead of working the big fair, invite four buyers and two sellers of one trade for a plain "
            "dinner the night before, with one question for the table and no slides. Whoever brings people "
            "together is remembered by all of them."
        ),
    ),
    _tip(
        "your-second-manager",
        gettext_noop("Choose a manager you do not report to"),
        gettext_noop(
            "Ask a sales leader whom you admire, at another company, for half an hour twice a year. Bring one"
            " real decision and say next time what you did with the advice. That last part is why they go on "
            "saying yes."
        ),
    ),
    _tip(
        "write-what-you-learned",
        gettext_noop("Write down what the calls taught you"),
        gettext_noop(
            "Once a month put into ten lines what customers taught you, with nobody's name in it, and send it"
            " to three people in your trade who would care. It is the easiest reason to write there is, and "
            "it gets better than any pitch."
        ),
    ),
)

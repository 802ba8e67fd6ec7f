"""Bringing two people together: each is asked by themselves, and only two yeses let either learn of it.

What one of the two can see is a function of their own answer, of the day, and of two yeses. A *no*, a
*not now*, a withdrawal and silence therefore look the same from the other end: the other's link stays open
until the day it was to close anyway, says the same, and thanks in the same words. Nobody is reminded, and no
pair is asked twice.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.introductions import letters, sending
from amity.introductions.models import Answer, Apart, Good, Introduction, State
from amity.introductions.queries import LinkClosed, answer_of, answers, behind, between, both_said_yes, digest
from amity.journal.actions import Writing, deed
from amity.moments.actions import give
from amity.moments.models import GiftKind
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean
from amity.people.models import Link, Person

LINK_DAYS = 30
TOKEN_BYTES = 24
FOLLOWS = {
    State.WRITING: {State.ASKED, State.WITHDRAWN},
    State.ASKED: {State.AGREED, State.LET_GO, State.WITHDRAWN},
    State.AGREED: {State.INTRODUCED, State.WITHDRAWN},
}
_NO_STEP = {
    State.WRITING: gettext_lazy("Nobody was asked yet."),
    State.ASKED: gettext_lazy("They have not both said yes."),
    State.AGREED: gettext_lazy("They have both said yes already."),
    State.INTRODUCED: gettext_lazy("They know each other by now."),
    State.LET_GO: gettext_lazy("This introduction was let go."),
    State.WITHDRAWN: gettext_lazy("This introduction was withdrawn."),
    State.PASSED: gettext_lazy("You would rather not introduce these two."),
}


def begin(a: Person, b: Person, *, to_a: str, to_b: str, day: date, why: str = "") -> Introduction:
    """Write one line for each of two people; nobody is asked yet.

    Raises:
        NotPossible: when a line is missing, the two are one, either cannot be suggested to anybody any
            more, or the pair was begun before.
    """
    line_a, line_b = clean(to_a), clean(to_b)
    if not line_a or not line_b:
        raise NotPossible(_("Write one line for each of the two."))
    with deed(
        a.owner,
        "begin introduction",
        _("Wrote to %(name)s and %(other)s about each other.") % {"name": a.name, "other": b.name},
    ) as writing:
        _refuse_pair(a, b)
        writing.about(a, b)
        return writing.make(
            Introduction(
                owner=a.owner,
                a=a,
                b=b,
                line_a=line_a,
                line_b=line_b,
                why=clean(why),
                day=day,
                state=State.WRITING,
            )
        )


def pass_over(a: Person, b: Person, *, day: date) -> Introduction:
    """Say that these two are not to be suggested again.

    Raises:
        NotPossible: when the pair was begun before.
    """
    with deed(
        a.owner,
        "pass over",
        _("Will not suggest %(name)s and %(other)s again.") % {"name": a.name, "other": b.name},
    ) as writing:
        _refuse_pair(a, b)
        return writing.make(Introduction(owner=a.owner, a=a, b=b, day=day, state=State.PASSED))


def _refuse_pair(a: Person, b: Person) -> None:
    if a.pk == b.pk:
        raise NotPossible(_("An introduction needs two people."))
    for person in (a, b):
        _refuse_gone(person)
    if between(a, b).exclude(state__in=[State.WITHDRAWN, State.PASSED], asked_on=None).exists():
        raise NotPossible(
            _("You have brought %(name)s and %(other)s up before; once is enough.")
            % {"name": a.name, "other": b.name}
        )


def _refuse_gone(person: Person) -> None:
    if person.remembered or person.mentioned or person.trashed_at is not None:
        raise NotPossible(_("%(name)s cannot be introduced to anybody now.") % {"name": person.name})


def rewrite(one: Introduction, *, to_a: str, to_b: str) -> Introduction:
    """Change the two lines as long as nobody was asked.

    Raises:
        NotPossible: when somebody was, or a line is missing.
    """
    line_a, line_b = clean(to_a), clean(to_b)
    if not line_a or not line_b:
        raise NotPossible(_("Write one line for each of the two."))
    with deed(one.owner, "rewrite introduction", _("Rewrote %(names)s.") % {"names": _names(one)}) as writing:
        one.refresh_from_db(fields=["state"])
        if one.state != State.WRITING:
            raise NotPossible(_("They were asked already; the words have gone."))
        return writing.change(one, line_a=line_a, line_b=line_b)


def ask(one: Introduction, *, now: datetime) -> Introduction:
    """Ask both, each by themselves: by mail with a private link, else by two drafts that the owner sends.

    Raises:
        NotPossible: when they were asked already, or one of them is not to be asked any more.
    """
    by_mail = sending.can_send() and all(letters.address_of(person) for person in (one.a, one.b))
    with deed(
        one.owner, "ask introduction", _("Asked %(names)s.") % {"names": _names(one)}, final=by_mail
    ) as writing:
        _move(writing, one, State.ASKED, asked_on=one.owner.today(now), by_mail=by_mail)
        for person in (one.a, one.b):
            _refuse_gone(person)
        writing.about(one.a, one.b)
        if by_mail:
            if not letters.signed_by(one.owner):
                raise NotPossible(_("Say who you are first; both mails are signed with your name."))
            _mail_both(writing, one, now + timedelta(days=LINK_DAYS))
    return one


def _mail_both(writing: Writing, one: Introduction, closes: datetime) -> None:
    tokens = {end: secrets.token_urlsafe(TOKEN_BYTES) for end in "ab"}
    marks = {f"digest_{end}": digest(token) for end, token in tokens.items()}
    writing.change(one, closes_at=closes, **marks)
    for end, token in tokens.items():
        sending.send(one.owner, letters.asking(one, end, link=letters.link_to(token), closes=closes))


def answer_by_link(token: str, word: str, *, now: datetime) -> None:
    """Take the answer of somebody who was asked by mail. A link answers once.

    Raises:
        LinkClosed: when the link is forged, used, or past its day.
        NotPossible: for a word that is no answer.
    """
    one, end = behind(token, now)
    with deed(
        one.owner,
        "answer introduction",
        _("%(names)s: an answer came.") % {"names": _names(one)},
        who="guest",
        final=True,
    ) as writing:
        one.refresh_from_db()
        if answer_of(one, end):
            raise LinkClosed
        _take(writing, one, end, word)
        if one.state == State.AGREED and _may_meet(one):
            _introduce(writing, one, one.owner.today(now))
            sending.send(one.owner, letters.introducing(one))


def _may_meet(one: Introduction) -> bool:
    """Whether the mail to both may go by itself: nobody has gone meanwhile, and it can be sent."""
    here = all(not person.remembered and person.trashed_at is None for person in (one.a, one.b))
    return here and sending.can_send() and all(letters.address_of(person) for person in (one.a, one.b))


def tick(one: Introduction, end: str, word: str) -> Introduction:
    """Write down what one of the two answered to the owner's own mail.

    Raises:
        NotPossible: when Amity asked (then they answer for themselves), when this end has answered, or for
            a word that is no answer.
    """
    if end not in {"a", "b"}:
        raise NotPossible(_("An introduction has two ends, a and b."))
    person = letters.ends(one, end)[0]
    with deed(one.owner, "tick introduction", f"{person.name} answered: {word[:20]}.") as writing:
        one.refresh_from_db()
        if one.by_mail:
            raise NotPossible(_("They were asked by mail and answer for themselves."))
        if one.state == State.WRITING:
            raise NotPossible(str(_NO_STEP[State.WRITING]))
        if answer_of(one, end):
            raise NotPossible(_("That is answered already."))
        _take(writing, one, end, word)
    return one


def _take(writing: Writing, one: Introduction, end: str, word: str) -> None:
    """Write an answer down; once an introduction is over it is still taken, and changes nothing else."""
    if word not in Answer.values:
        raise NotPossible(
            _("%(word)r is not an answer; it is one of %(answers)s.")
            % {"word": word[:40], "answers": ", ".join(Answer.values)}
        )
    writing.change(one, **{f"answer_{end}": word})
    if one.state == State.ASKED and both_said_yes(one):
        _move(writing, one, State.AGREED)
    elif one.state == State.ASKED and set(answers(one)) - {Answer.YES, ""}:
        _move(writing, one, State.LET_GO)


def introduced(one: Introduction, *, day: date) -> Introduction:
    """Say that the mail which brings both together has gone.

    Raises:
        NotPossible: before both said yes.
    """
    with deed(one.owner, "introduce", _("Brought %(names)s together.") % {"names": _names(one)}) as writing:
        _introduce(writing, one, day)
    return one


def _introduce(writing: Writing, one: Introduction, day: date) -> None:
    """Write down that the two know each other by now, and that it was a gift to both."""
    _move(writing, one, State.INTRODUCED, introduced_on=day)
    writing.make(
        Link(owner=one.owner, a=one.a, b=one.b, kind="introduced by you", since=day.isoformat(), source="you")
    )
    for person, other in ((one.a, one.b), (one.b, one.a)):
        give(
            person,
            GiftKind.INTRODUCTION,
            day=day,
            received=False,
            text=_("introduced to %(name)s") % {"name": other.name},
        )


def withdraw(one: Introduction) -> Introduction:
    """Let an introduction go. Links that are out stay open until their day, so that nobody notices.

    Raises:
        NotPossible: when it is over already.
    """
    with deed(
        one.owner,
        "withdraw introduction",
        _("Let the introduction of %(names)s go.") % {"names": _names(one)},
    ) as writing:
        _move(writing, one, State.WITHDRAWN)
    return one


def look_back(one: Introduction, word: str) -> Introduction:
    """Say whether bringing the two together was good; asked once, a month later.

    Raises:
        NotPossible: when they were not introduced, or for a word that is no answer.
    """
    if word not in Good.values:
        raise NotPossible(
            _("%(word)r is not an answer; it is one of %(answers)s.")
            % {"word": word[:40], "answers": ", ".join(Good.values)}
        )
    if one.state != State.INTRODUCED:
        raise NotPossible(_("They have not been introduced."))
    with deed(one.owner, "look back", _("Looked back on %(names)s.") % {"names": _names(one)}) as writing:
        return writing.change(one, good=word)


def _move(writing: Writing, one: Introduction, to: State, **values: object) -> None:
    """Take one step, after a second look at where the introduction stands; none can be skipped."""
    one.refresh_from_db(fields=["state"])
    if to not in FOLLOWS.get(State(one.state), set()):
        raise NotPossible(str(_NO_STEP[State(one.state)]))
    writing.change(one, state=to, **values)


def _names(one: Introduction) -> str:
    return f"{one.a.name} and {one.b.name}"


def keep_apart(a: Person, b: Person) -> Apart:
    """Say that two people should not sit at one table.

    Raises:
        NotPossible: when they are one person.
    """
    if a.pk == b.pk:
        raise NotPossible(_("It takes two to keep apart."))
    with deed(
        a.owner,
        "keep apart",
        _("Will not put %(name)s and %(other)s at one table.") % {"name": a.name, "other": b.name},
    ) as writing:
        there = _apart(a.owner, a, b)
        return there or writing.make(Apart(owner=a.owner, a=a, b=b))


def _apart(owner: Owner, a: Person, b: Person) -> Apart | None:
    rows = Apart.objects.of(owner)
    return rows.filter(a=a, b=b).first() or rows.filter(a=b, b=a).first()


def no_longer_apart(one: Apart) -> None:
    """Say that the two may sit at one table again."""
    with deed(
        one.owner,
        "may sit together",
        _("%(name)s and %(other)s may sit together again.") % {"name": one.a.name, "other": one.b.name},
    ) as writing:
        writing.remove(one)

"""The kinds of writing a phone may send: what each does, and how the same thing stands in the book now.

A kind that changes something says how that stands, in the owner's words. The phone sends along what it saw
(``was``); where the book says something else by now, both are shown and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amity.gatherings import queries as gatherings
from amity.meet.actions import capture
from amity.meet.debrief import Said, debrief
from amity.moments.actions import end_promise
from amity.moments.models import Promise, PromiseState
from amity.nudges import actions as nudges
from amity.nudges import queries as nudge_queries
from amity.nudges.models import NudgeState
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people import queries as people
from amity.people.actions import add_fact, add_hope, keep
from amity.people.edits import reword_fact, reword_hope
from amity.people.models import Fact, Hope, Spark

LINE_LENGTH = 2000


@dataclass(frozen=True)
class Fields:
    """What a writing holds; every word of it comes from outside."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Give a text, '' when it is not there.

        Raises:
            NotPossible: when it is something else than a text.
        """
        return _text(self.values.get(name, ""))

    def texts(self, name: str) -> list[str]:
        """Give a list of texts.

        Raises:
            NotPossible: when it is something else.
        """
        found = self.values.get(name, [])
        if not isinstance(found, list):
            raise NotPossible(_not_understood())
        return [_text(one) for one in found]

    def table(self, name: str) -> dict[str, Any]:
        """Give a mapping.

        Raises:
            NotPossible: when it is something else.
        """
        found = self.values.get(name, {})
        if not isinstance(found, dict):
            raise NotPossible(_not_understood())
        return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotPossible(_not_understood())
    return value.replace("\x00", "").strip()


def _not_understood() -> str:
    return _("That was not understood, and nothing was changed.")


Do = Callable[[Owner, Fields, date], object]
Stands = Callable[[Owner, Fields], str]


@dataclass(frozen=True)
class Kind:
    """One kind of writing. ``stands`` and ``wants`` say the same thing as it is and as it is to be."""

    do: Do
    stands: Stands | None = None
    wants: Callable[[Fields], str] = lambda fields: fields.text("text")


def _capture(owner: Owner, fields: Fields, day: date) -> None:
    capture(owner, fields.text("line")[:LINE_LENGTH], today=day)


ANSWERS: dict[str, tuple[NudgeState, Callable[[Any, date], object]]] = {
    "done": (NudgeState.DONE, lambda nudge, day: nudges.done(nudge, today=day)),
    "skip": (NudgeState.SKIPPED, lambda nudge, _day: nudges.skip(nudge)),
    "rest": (NudgeState.RESTING, lambda nudge, day: nudges.let_rest(nudge, today=day)),
}


def _nudge(owner: Owner, fields: Fields, day: date) -> None:
    nudge = nudge_queries.get(owner, fields.text("nudge"))
    state, answer = ANSWERS.get(fields.text("answer"), (None, None))
    if answer is None:
        raise NotPossible(_not_understood())
    if nudge.state != state:  # said on both already: nothing is left to do
        answer(nudge, day)


def _promise(owner: Owner, fields: Fields, day: date) -> None:
    end_promise(people.one_of(owner, Promise, fields.text("promise")), fields.text("state"), day=day)


def _promise_stands(owner: Owner, fields: Fields) -> str:
    state: str = people.one_of(owner, Promise, fields.text("promise")).state
    return "" if state == PromiseState.OPEN else state


def _spark(owner: Owner, fields: Fields, day: date) -> None:
    who = people.get(owner, fields.text("person"))
    keep(who, day=day, sparks={fields.text("spark"): fields.text("text")})


def _spark_stands(owner: Owner, fields: Fields) -> str:
    who = people.get(owner, fields.text("person"))
    found = Spark.objects.of(owner).filter(person=who, kind=fields.text("spark")).first()
    return found.line if found else ""


def _open_fact(owner: Owner, fields: Fields) -> Fact:
    """Give a fact that a phone may know; what is private by now is not told to it."""
    fact: Fact = people.one_of(owner, Fact, fields.text("fact"))
    if fact.sensitive:
        raise NotPossible(_("That is private now; change it on the person's page."))
    return fact


def _debrief(owner: Owner, fields: Fields, day: date) -> None:
    answers = {uid: _text(answer) for uid, answer in fields.table("answers").items()}
    sparks = {uid: _sparks(said) for uid, said in fields.table("sparks").items()}
    said = Said(answers, sparks, fields.texts("also"), fields.text("felt"), fields.text("line"))
    debrief(gatherings.get(owner, fields.text("gathering")), said, today=day)


def _sparks(said: object) -> dict[str, str]:
    if not isinstance(said, dict):
        raise NotPossible(_not_understood())
    return {kind: _text(line) for kind, line in said.items()}


def _debrief_stands(owner: Owner, fields: Fields) -> str:
    one = gatherings.get(owner, fields.text("gathering"))
    return _looked_back(one.line, one.felt) if one.debriefed_on else ""


def _looked_back(line: str, felt: str) -> str:
    said = ", ".join(part for part in (line, felt) if part)
    return _("looked back on: %s") % said if said else _("looked back on")


KINDS: dict[str, Kind] = {
    "capture": Kind(_capture),
    "nudge": Kind(_nudge),
    "promise": Kind(_promise, _promise_stands, lambda fields: fields.text("state")),
    "spark": Kind(_spark, _spark_stands),
    "hope_add": Kind(
        lambda owner, fields, day: add_hope(
            people.get(owner, fields.text("person")), fields.text("text"), day=day
        )
    ),
    "hope": Kind(
        lambda owner, fields, _day: reword_hope(
            people.one_of(owner, Hope, fields.text("hope")), fields.text("text")
        ),
        lambda owner, fields: people.one_of(owner, Hope, fields.text("hope")).text,
    ),
    "fact_add": Kind(
        lambda owner, fields, day: add_fact(
            people.get(owner, fields.text("person")), fields.text("text"), day=day
        )
    ),
    "fact": Kind(
        lambda owner, fields, _day: reword_fact(
            _open_fact(owner, fields), fields.text("text"), sensitive=False
        ),
        lambda owner, fields: _open_fact(owner, fields).text,
    ),
    "debrief": Kind(
        _debrief,
        _debrief_stands,
        lambda fields: _looked_back(fields.text("line"), fields.text("felt")),
    ),
}

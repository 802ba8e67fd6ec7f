"""Several conversations with one server at once, each with one mail at a time.

It begins with one and doubles while all is well, so a server that is away costs one attempt; a server that
turns some connections away keeps those it likes. However many are open, each carries one mail: that is how
many can become unknown in a crash.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from amity.post.relay import Conversation, Outcome, Server


@dataclass(frozen=True)
class Mail:
    """A message and its envelope."""

    bounces_to: str
    to: str
    message: bytes


class Lines:
    """The open connections. ``offer`` hands one mail to each; ``last_words`` hears what became of them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._most = server.connections
        self._talks: list[Conversation] = [Conversation(server)]
        self._refused: list[Outcome | None] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        for talk in self._talks:
            talk.close(politely=kind is None)

    @property
    def width(self) -> int:
        """How many mails may be offered at once."""
        return len(self._talks)

    def offer(self, mails: list[Mail]) -> None:
        """Hand over at most ``width`` mails, one on each connection, without waiting for the last words."""
        busy = list(zip(self._talks, mails, strict=False))
        for talk, mail in busy:
            talk.begin(mail.bounces_to, mail.to)
        self._refused = [talk.agreed() for talk, _ in busy]
        for (talk, mail), refused in zip(busy, self._refused, strict=True):
            if refused is None:
                talk.hand_over(mail.message)

    def last_words(self) -> list[Outcome]:
        """Give what became of each mail that was offered, in their order."""
        heard = zip(self._refused, self._talks, strict=False)
        outcomes = [refused or talk.last_word() for refused, talk in heard]
        self._refused = []
        self._learn(outcomes)
        return outcomes

    def _learn(self, outcomes: list[Outcome]) -> None:
        turned_away = sum(outcome.kind == "unsent" for outcome in outcomes)
        if turned_away:
            self._most = max(1, len(outcomes) - turned_away)
            kept = [
                one for one, outcome in zip(self._talks, outcomes, strict=False) if outcome.kind != "unsent"
            ]
            self._talks = kept or self._talks[:1]
        elif len(outcomes) == self.width:
            more = min(self._most, 2 * self.width) - self.width
            self._talks += [Conversation(self._server) for _ in range(more)]

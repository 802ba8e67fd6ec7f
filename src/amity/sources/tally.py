"""Who occurs in a file's mail and events, from which the owner can be told when they did not say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from amity.formats.identities import normal_email
from amity.formats.records import Event, Message, OwnerHint, Record, Robot
from amity.storage.folded import fold

# No moments, but no robots either: a person is behind the address.
_BY_PEOPLE = {"draft", "auto-reply"}


@dataclass
class Tally:
    """Counts over one file; addresses are in normal form.

    ``seen`` counts an address once for each personal mail or event it is in, ``sent`` once for each mail of
    which the file itself says that its owner sent it. ``spoke`` are the folded names of all who write in
    messages of which the file does not say whether the owner wrote them.
    """

    seen: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    hints: list[OwnerHint] = field(default_factory=list)
    robots: set[str] = field(default_factory=set)
    personal: int = 0
    invited: int = 0
    spoke: set[str] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Count one record."""
        if isinstance(record, OwnerHint):
            self.hints.append(record)
        elif isinstance(record, Robot):
            self.robots.add(record.party.email or record.party.name)
        elif isinstance(record, Message):
            self._add_message(record)
        elif isinstance(record, Event) and record.guests:
            self.invited += 1
            self._see({normal_email(guest.party.email) for guest in record.guests})

    def _add_message(self, message: Message) -> None:
        if message.automatic in _BY_PEOPLE:
            return
        if message.automatic:
            self.robots.add(message.sender.email or message.sender.name or message.automatic)
            return
        if message.kind != "mail":
            if message.sent_by_owner is None:
                self.spoke.update(fold(party.name) for party in (message.sender, *message.recipients))
            return
        self.personal += 1
        sender = normal_email(message.sender.email)
        if message.sent_by_owner:
            self.sent[sender] += 1
        self._see({sender, *(normal_email(party.email) for party in message.recipients)})

    def _see(self, addresses: set[str]) -> None:
        self.seen.update(addresses - {""})

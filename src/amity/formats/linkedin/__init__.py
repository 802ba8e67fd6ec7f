"""LinkedIn's "Get a copy of your data": the ZIP, or one CSV file taken out of it.

Read, each recognised by the columns in its header:

* Profile, Email Addresses, PhoneNumbers, Whatsapp Phone Numbers: who the owner is. An address marked as
  not confirmed is left out, for it may be somebody else's.
* Positions, Education: remarks on the owner's own record.
* Connections: people, and the day they connected.
* Recommendations_Given, Recommendations_Received, Endorsement_Given_Info, Endorsement_Received_Info:
  remarks on people. A recommendation names nobody's profile, so its person is looked up among the
  connections by name, then by company. An endorsement that was turned down is left.
* messages: messages. Drafts, spam and advertising say so in ``automatic``. What somebody wrote whose
  account is closed ("LinkedIn Member") can be nobody's, and is a ``Robot``.
* Invitations: one with words is a message (unless messages.csv has the same words). One without is not a
  moment, and nobody is made a person for having asked: who was accepted stands in Connections.
* Events: those the owner said they attend, with the one instant the file tells.

Left, for they tell of no person the owner knows: Ad_Targeting, Articles, Comments, Company Follows,
Inferences_about_you, Jobs, Languages, Learning, Logins, Member_Follows, Private_identity_asset, Profile
Summary, Projects, Publications, Reactions, Receipts, Registration, Rich_Media, saved articles and
alerts, SearchQueries, Shares, Skills, Verifications, Votes; and guide_messages,
learning_role_play_messages and learning_coach_messages, which look like messages.csv but are talks with
LinkedIn's machines. Contacts, ImportedContacts and Notes are left until a real one has been seen.

Columns nobody expected become remarks under their own name, where the record has room for remarks
(a message has none). Files are read twice, so that memory holds one small entry per conversation,
connection, invitation and endorser, and never the messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from amity.formats.linkedin.connections import Acquaintances, connections
from amity.formats.linkedin.events import events
from amity.formats.linkedin.export import Export, recognise
from amity.formats.linkedin.messages import invitations, messages
from amity.formats.linkedin.owner import Owner, find_owner, own_records
from amity.formats.linkedin.parties import profile_of
from amity.formats.linkedin.remarks import endorsements, recommendations
from amity.formats.linkedin.words import short_hash
from amity.formats.records import Message, Record

__all__ = ["read", "recognise"]


def read(file: BinaryIO) -> Iterator[Record]:
    """Read a LinkedIn export from a seekable file, the owner first.

    Raises ``Refused`` when the file is no LinkedIn export or a ZIP that cannot be opened. A member that
    is damaged or not what its name says is one ``Skipped``.
    """
    export = Export(file)
    owner = find_owner(export)
    yield from export.unreadable
    yield from own_records(export, owner)
    known = Acquaintances()
    yield from connections(export, known)
    yield from recommendations(export, known)
    yield from endorsements(export, known)
    yield from _talk(export, owner)
    yield from events(export)


def _talk(export: Export, owner: Owner) -> Iterator[Record]:
    """Yield messages, then the invitations whose words did not already come as a message."""
    asked = {_said(record) for record in invitations(export, owner) if isinstance(record, Message)}
    for record in messages(export, owner):
        if isinstance(record, Message):
            asked.discard(_said(record))
        yield record
    for record in invitations(export, owner):
        if not isinstance(record, Message) or _said(record) in asked:
            yield record


def _said(message: Message) -> str:
    return short_hash(profile_of(message.sender.url), message.text)

"""messages.csv and Invitations.csv: who wrote to whom, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from amity.formats.linkedin.days import days_come_first, instant_of, not_a_day
from amity.formats.linkedin.export import Export
from amity.formats.linkedin.owner import Owner
from amity.formats.linkedin.parties import address, folded, is_nobody, parties, profile_of
from amity.formats.linkedin.words import plain, short_hash
from amity.formats.records import Message, Party, Record, Robot, Skipped
from amity.formats.tabular import Row

_YES = {"yes", "true", "1"}
_CLOSED = "The account is closed; LinkedIn no longer says whose it was."


def messages(export: Export, owner: Owner) -> Iterator[Record]:
    """Yield the messages in the file's order."""
    for row in export.rows("messages"):
        yield row if isinstance(row, Skipped) else _message(row, owner)


def invitations(export: Export, owner: Owner) -> Iterator[Record]:
    """Yield a Message for each invitation with words; those without are left."""
    day_first = days_come_first(row["sent at"] for row in export.good_rows("invitations"))
    for row in export.rows("invitations"):
        if isinstance(row, Skipped):
            yield row
        elif row["message"]:
            yield _invitation(row, owner, instant_of(row["sent at"], day_first=day_first))


def _message(row: Row, owner: Owner) -> Message | Robot | Skipped:
    at = instant_of(row["date"])
    if at is None:
        return row.skipped(not_a_day(row["date"]) if row["date"] else "A message without a date.")
    sender = Party(name=row["from"], url=row["sender profile url"])
    recipients = parties(row["to"], row["recipient profile urls"])
    automatic = _automatic(row, sender)
    others = [party for party in (sender, *recipients) if not owner.is_party(party)]
    if not automatic and all(is_nobody(party) for party in others):
        return Robot(row.where, others[0] if others else sender, _CLOSED)
    text = plain(row["content"])
    return Message(
        where=row.where,
        key=_key(row["conversation id"], at, sender, text),
        kind="message",
        at=at,
        sender=sender,
        recipients=tuple(party for party in recipients if not is_nobody(party)),
        subject=row["subject"],
        text=text,
        sent_by_owner=owner.is_party(sender),
        automatic=automatic,
    )


def _automatic(row: Row, sender: Party) -> str:
    """Say why a message is no person's word to another: not sent, spam, or paid for."""
    if folded(row["is message draft"]) in _YES or folded(row["is conversation draft"]) in _YES:
        return "draft"
    if "spam" in row["folder"].casefold():
        return "spam"
    titles = (row["conversation title"].casefold(), row["subject"].casefold())
    paid = any(title.startswith(("sponsored conversation", "sponsored inmail")) for title in titles)
    if paid or "linkedin.com/company/" in sender.url or folded(sender.name) == "linkedin":
        return "notification"
    return ""


def _invitation(row: Row, owner: Owner, at: datetime | None) -> Message | Skipped:
    if at is None:
        return row.skipped(not_a_day(row["sent at"]))
    sender = Party(name=row["from"], url=address(row["inviterprofileurl"]))
    outgoing = {"outgoing": True, "incoming": False}.get(row["direction"].casefold())
    text = plain(row["message"])
    return Message(
        where=row.where,
        key=_key("invitation", at, sender, text),
        kind="message",
        at=at,
        sender=sender,
        recipients=(Party(name=row["to"], url=address(row["inviteeprofileurl"])),),
        text=text,
        sent_by_owner=owner.is_party(sender) if outgoing is None else outgoing,
    )


def _key(conversation: str, at: datetime, sender: Party, text: str) -> str:
    """Name a message for good: LinkedIn gives none of its own."""
    who = profile_of(sender.url) or folded(sender.name)
    return f"{conversation} {at.isoformat()} {who} {short_hash(text)}"

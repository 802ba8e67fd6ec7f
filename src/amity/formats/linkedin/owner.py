"""Who the owner is: no file says it outright, so what each one knows is put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from amity.formats.linkedin.days import day_of
from amity.formats.linkedin.export import Export
from amity.formats.linkedin.parties import address, folded, full_name, is_nobody, parties, profile_of
from amity.formats.records import Contact, Dated, OwnerHint, Party, Record, Remark, Skipped, Way
from amity.formats.tabular import Row


@dataclass(frozen=True, slots=True)
class Owner:
    """What is known of the owner; ``profile`` is the normal form of the address ``url``."""

    name: str = ""
    url: str = ""
    where: str = "Profile.csv"

    @property
    def profile(self) -> str:
        """The owner's profile as it is compared."""
        return profile_of(self.url)

    def is_party(self, party: Party) -> bool | None:
        """Tell whether one end of a message is the owner; None when nothing known decides it."""
        if self.url and profile_of(party.url):
            return profile_of(party.url) == self.profile
        if self.name and party.name:
            return folded(party.name) == folded(self.name)
        return None


def find_owner(export: Export) -> Owner:
    """Find the owner's name in Profile.csv and their profile in the talk.

    The owner takes part in every conversation, and an invitation's direction says which of its two
    ends they are; so the face seen in more than half of them, and in more than any other, is the
    owner's. Where two are seen equally often the name in Profile.csv decides.
    """
    named = (full_name(row["first name"], row["last name"]) for row in export.good_rows("profile"))
    name = next(filter(None, named), "")
    seen, called, talks = _faces(export)
    most = max(seen.values(), default=0)
    likely = [face for face, times in seen.items() if times == most and 2 * times > talks]
    if len(likely) > 1:
        likely = [face for face in likely if name and folded(called[face].name) == folded(name)]
    face = called[likely[0]] if len(likely) == 1 else Party()
    return Owner(name or face.name, address(face.url), "Profile.csv" if name else "messages.csv")


def own_records(export: Export, owner: Owner) -> Iterator[Record]:
    """Yield an OwnerHint, then the owner's own record: one Contact for each row that tells of them."""
    ways = tuple(_own_ways(export, owner))
    if owner.name or ways:
        yield OwnerHint(owner.where, owner.name, ways)
    for row in export.rows("profile"):
        yield row if isinstance(row, Skipped) else _profile(row, owner)
    for row in export.rows("positions", "education"):
        yield row if isinstance(row, Skipped) else _stage(row, owner)
    yield from (row for row in export.rows("emails", "phones", "whatsapp") if isinstance(row, Skipped))


def _faces(export: Export) -> tuple[Counter[str], dict[str, Party], int]:
    """Count in how many conversations each face is seen; memory: one entry per conversation and face."""
    talks: defaultdict[str, set[str]] = defaultdict(set)
    called: dict[str, Party] = {}
    for talk, party in _seen(export):
        face = profile_of(party.url) or folded(party.name)
        if party.name or face not in called:
            called[face] = party
        talks[talk].add(face)
    return Counter(face for faces in talks.values() for face in faces), called, len(talks)


def _seen(export: Export) -> Iterator[tuple[str, Party]]:
    """Yield who is seen in which conversation; an invitation shows its owner's end only."""
    for row in export.good_rows("messages"):
        sender = Party(name=row["from"], url=row["sender profile url"])
        for party in (sender, *parties(row["to"], row["recipient profile urls"])):
            if profile_of(party.url) or (party.name and not is_nobody(party)):
                yield row["conversation id"], party
    for row in export.good_rows("invitations"):
        end = {"outgoing": ("from", "inviterprofileurl"), "incoming": ("to", "inviteeprofileurl")}
        name, url = end.get(row["direction"].casefold(), ("", ""))
        if profile_of(row[url]):
            yield row.where, Party(name=row[name], url=row[url])


def _own_ways(export: Export, owner: Owner) -> Iterator[Way]:
    if owner.url:
        yield Way("url", owner.url, "LinkedIn")
    for row in export.good_rows("emails"):
        if row["email address"] and row["confirmed"].casefold() != "no":
            yield Way("email", row["email address"])
    for row in export.good_rows("phones", "whatsapp"):
        if row["number"]:
            yield Way("phone", f"{row['extension']} {row['number']}".strip(), row["type"])


def _profile(row: Row, owner: Owner) -> Contact:
    name = full_name(row["first name"], row["last name"])
    maiden, born = row["maiden name"], day_of(row["birth date"])
    known = {"first name", "last name", "maiden name", "headline"} | ({"birth date"} if born else set())
    return Contact(
        where=row.where,
        key=owner.profile or "owner",
        name=name,
        also_named=(full_name(row["first name"], maiden),) if maiden else (),
        title=row["headline"],
        dates=(Dated("birthday", born.isoformat()),) if born else (),
        remarks=tuple(Remark(column, text) for column, text in row.others(known)),
        of_owner=True,
    )


def _stage(row: Row, owner: Owner) -> Contact:
    """Turn a row of Positions.csv or Education.csv into a remark like "Weaver, Loom & Co, 2009 to 2012"."""
    label = "Position" if row["company name"] else "Education"
    what = ("title", "company name", "location", "degree name", "school name")
    when = [row["started on"] or row["start date"], row["finished on"] or row["end date"]]
    known = {*what, "started on", "finished on", "start date", "end date"}
    text = ", ".join(filter(None, [*(row[column] for column in what), " to ".join(filter(None, when))]))
    return Contact(
        where=row.where,
        key=owner.profile or "owner",
        name=owner.name,
        remarks=(
            Remark(label, text, day_of(when[0])),
            *(Remark(column, said) for column, said in row.others(known)),
        ),
        of_owner=True,
    )

"""What each vCard property says about a person: one small function for each kind of property.

What has no column becomes a ``Remark`` labelled with the property's name; only the bookkeeping in LEFT_OUT
is not kept.
"""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from amity.formats import partial_date
from amity.formats.records import Dated, Mention, Remark, Skipped, Way, WayKind
from amity.formats.salutations import without_greeting
from amity.formats.vcard_lines import Card, Property

_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:\S+$", re.IGNORECASE)  # urn:uuid:…, mailto:…
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ONLY_FIGURES = re.compile(r"[0-9TZ:+. -]*")
_MEANINGLESS = {"pref", "internet", "voice", "uri", "text", ""}  # types that do not tell one way from another
_SYSTEM_CIRCLES = {"mycontacts"}  # Google puts everybody in it

LEFT_OUT = frozenset(
    {
        # about the card, not about the person
        *("BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "KIND", "SOURCE", "NAME", "PROFILE", "MAILER"),
        *("CLASS", "CREATED", "CLIENTPIDMAP", "METHOD", "XML"),
        # how a program sorts and shows the card
        *("SORT-STRING", "X-ABSHOWAS", "X-ABUID", "X-ABADR", "X-ABLABEL", "X-ABORDER", "X-EVOLUTION-FILE-AS"),
        *("X-IMAGETYPE", "X-IMAGEHASH", "X-SHARED-PHOTO-DISPLAY-PREF", "X-MOZ-GENERATION"),
        # whom a group holds; groups are no persons
        *("MEMBER", "X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER"),
    }
)
_MESSENGERS = {
    "X-AIM": "AIM",
    "X-GADUGADU": "Gadu-Gadu",
    "X-GOOGLE-TALK": "Google Talk",
    "X-GTALK": "Google Talk",
    "X-ICQ": "ICQ",
    "X-JABBER": "Jabber",
    "X-MATRIX": "Matrix",
    "X-MSN": "MSN",
    "X-QQ": "QQ",
    "X-SIP": "SIP",
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-TWITTER": "Twitter",
    "X-YAHOO": "Yahoo",
    "X-YAHOO-ID": "Yahoo",
}
_DATES = {
    "BDAY": "birthday",
    "ANNIVERSARY": "anniversary",
    "X-ANNIVERSARY": "anniversary",
    "X-EVOLUTION-ANNIVERSARY": "anniversary",
    "X-KADDRESSBOOK-X-ANNIVERSARY": "anniversary",
    "X-MS-ANNIVERSARY": "anniversary",
    "DEATHDATE": "died",
    "X-DEATHDATE": "died",
    "X-ABDATE": "",
}
# Whoever has one of these has died, in whatever words; a day that cannot be (0000-00-00) says nothing.
_OF_THE_DEAD = {"DEATHDATE", "X-DEATHDATE", "DEATHPLACE"}
REMEMBERED = "X-AMITY-REMEMBERED"  # Amity's own, where nobody knows the day; other programs pass it by
ALSO = (
    "X-AMITY-ALSO-"  # Amity's own too, before what a card may say only once and two who became one both said
)
# Who of a family is only mentioned on somebody's page, as with every other program; the rest are facts.
_FAMILY = {"spouse", "husband", "wife", "partner", "domestic partner", "child", "son", "daughter"}
_FAMILY_OF = {
    "X-SPOUSE": "spouse",
    "X-EVOLUTION-SPOUSE": "spouse",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
    "X-MS-SPOUSE": "spouse",
    "X-MS-CHILD": "child",
}
_ANDROID_EVENTS = {"1": "anniversary", "3": "birthday"}
_ANDROID_RELATIONS = {"3": "child", "4": "domestic partner", "10": "partner", "14": "spouse"}


@dataclass(slots=True)
class Draft:
    """A contact while it is put together from one card."""

    where: str
    labels: dict[str, str]
    faults: list[Skipped]
    names: list[str] = field(default_factory=list)
    structured_name: str = ""
    greeting: str = ""
    also_named: list[str] = field(default_factory=list)
    organisation: str = ""
    title: str = ""
    ways: list[Way] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    photo: bytes | None = None
    remembered: bool = False

    def label_of(self, found: Property) -> str:
        """Say which of several it is: the owner's or Apple's own label, the service, else the types."""
        if found.group in self.labels:
            return self.labels[found.group]
        parameters = found.parameters
        service = parameters.get("X-SERVICE-TYPE") or parameters.get("SERVICE-TYPE")
        types = [word.removeprefix("x-") for word in parameters.get("TYPE", ())]
        return service[0] if service else " ".join(dict.fromkeys(t for t in types if t not in _MEANINGLESS))

    def leave_out(self, found: Property, why: str) -> None:
        """Report one property while the rest of the card arrives."""
        self.faults.append(Skipped(f"line {found.line}", why, f"{found.name}:{found.value[:80]}"))

    def way(self, kind: WayKind, value: str, label: str) -> None:
        """Add a way, unless it is blank."""
        if value := one_line(value):
            self.ways.append(Way(kind, value, label))

    def remark(self, name: str, text: str, label: str = "") -> None:
        """Add what has no column, with what says which of several it is in front."""
        if text := text.strip():
            self.remarks.append(Remark(name, f"{label}: {text}" if label else text))

    def relative(self, text: str, label: str, types: Iterable[str] = ()) -> None:
        """Add whom this person is related to; of the family only a name is one, not where a card lies.

        One of several ``types`` may tell (*contact, spouse*), but no word of a label does (*former spouse*).
        """
        kind = next((word for word in (label.casefold(), *types) if word in _FAMILY), "")
        if kind and one_line(text) and not _ELSEWHERE.match(text.strip()):
            self.mentions.append(Mention(kind, one_line(text)))
        else:
            self.remark("RELATED", text, label)


def drafted(card: Card) -> Draft:
    """Go through a card once; what cannot be taken is added to its faults."""
    labels = {found.group: _label(found.text) for found in card.properties if found.name == "X-ABLABEL"}
    labels.pop("", None)
    draft = Draft(f"line {card.line}", labels, card.faults)
    for found in card.properties:
        if found.value and found.name not in LEFT_OUT:
            _TAKERS.get(found.name, _take_remark)(draft, found)
    return draft


def becomes_remark(name: str) -> bool:
    """Tell whether a property of this name comes back as a Remark labelled with the name."""
    return name not in _TAKERS and name not in LEFT_OUT


def _take_name(draft: Draft, found: Property) -> None:
    if name := one_line(found.text):
        draft.names.append(name)


def _take_structured_name(draft: Draft, found: Property) -> None:
    family, given, middle, before, after = (*found.parts(";")[:5], "", "", "", "", "")[:5]
    if not draft.structured_name:
        before = one_line(before.replace(",", " "))
        title = without_greeting(before)
        draft.structured_name = one_line(f"{title} {given} {middle} {family} {after}".replace(",", " "))
        if title != before:
            draft.greeting = before
            draft.remark("Salutation", before)


def _take_other_names(draft: Draft, found: Property) -> None:
    draft.also_named += filter(None, map(one_line, found.parts(",")))


def _take_organisation(draft: Draft, found: Property) -> None:
    names = [name for name in map(one_line, found.parts(";")) if name]
    if draft.organisation:
        draft.remark("ORG", ", ".join(names))
    elif names:
        draft.organisation = names[0]
        draft.remark("Department", ", ".join(names[1:]))


def _take_title(draft: Draft, found: Property) -> None:
    if draft.title:
        _take_remark(draft, found)
    draft.title = draft.title or one_line(found.text)


def _take_circles(draft: Draft, found: Property) -> None:
    circles = filter(None, map(one_line, found.parts(",")))
    draft.circles += [circle for circle in circles if circle.lower() not in _SYSTEM_CIRCLES]


def _take_email(draft: Draft, found: Property) -> None:
    draft.way("email", _without("mailto:", found.text), draft.label_of(found))


def _take_phone(draft: Draft, found: Property) -> None:
    draft.way("phone", _without("tel:", found.text), draft.label_of(found))


def _take_url(draft: Draft, found: Property) -> None:
    draft.way("url", found.text, draft.label_of(found))


def _take_handle(draft: Draft, found: Property) -> None:
    draft.way("handle", found.text, draft.label_of(found))


def _take_messenger(draft: Draft, found: Property) -> None:
    draft.way("handle", found.text, _MESSENGERS[found.name])


def _take_profile(draft: Draft, found: Property) -> None:
    kind: WayKind = "url" if _WEB.match(found.text.strip()) else "handle"
    draft.way(kind, _without("x-apple:", found.text), draft.label_of(found))


def _take_address(draft: Draft, found: Property) -> None:
    parts = [", ".join(map(one_line, part.strip().splitlines())) for part in found.parts(";")]
    shown = ", ".join(filter(None, parts)) or ", ".join(found.parameters.get("LABEL", ()))
    draft.way("address", shown, draft.label_of(found))


def _take_date(draft: Draft, found: Property) -> None:
    text = found.text.strip()
    without_year = found.parameters.get("X-APPLE-OMIT-YEAR", ("",))[0]
    if without_year and text.startswith(without_year):
        text = "--" + text.removeprefix(without_year).lstrip("-")
    if value := partial_date.parse(text):
        draft.dates.append(Dated(_DATES[found.name] or draft.label_of(found) or "date", value))
    elif _ONLY_FIGURES.fullmatch(text):
        draft.leave_out(found, f"The {found.name} is not a day between 1800 and 2100 and is left out.")
    else:
        draft.remark(found.name, text, draft.label_of(found))  # “circa 1800”
        draft.remembered |= found.name in _OF_THE_DEAD


def _take_remembered(draft: Draft, found: Property) -> None:
    draft.remembered |= found.text.strip().lower() == "true"


def _take_photo(draft: Draft, found: Property) -> None:
    if not found.is_binary:
        draft.remark(found.name, found.text)  # an address: nothing is ever fetched
    elif draft.photo is not None:
        draft.leave_out(found, "The card has more than one picture; the first is kept.")
    else:
        try:
            draft.photo = _bytes_of(found.value) or None
        except ValueError:
            draft.leave_out(found, "The picture is not readable base64 and is left out.")


def _take_android(draft: Draft, found: Property) -> None:
    """Read Android's own kinds: ``vnd.android.cursor.item/nickname;Al;1;;``."""
    kind, value, code, label = (*found.parts(";")[:4], "", "", "", "")[:4]
    day = partial_date.parse(value)
    if kind.endswith("/nickname") and one_line(value):
        draft.also_named.append(one_line(value))
    elif kind.endswith("/contact_event") and day:
        draft.dates.append(Dated(_ANDROID_EVENTS.get(code, one_line(label) or "date"), day))
    elif kind.endswith("/relation"):
        draft.relative(value, one_line(label) or _ANDROID_RELATIONS.get(code, ""))
    else:
        _take_remark(draft, found)


def _take_relation(draft: Draft, found: Property) -> None:
    if found.is_binary:
        _take_remark(draft, found)
    else:
        types = () if found.group in draft.labels else found.parameters.get("TYPE", ())
        draft.relative(found.text, draft.label_of(found), types)


def _take_family(draft: Draft, found: Property) -> None:
    draft.relative(found.text, _FAMILY_OF[found.name])


def _take_remark(draft: Draft, found: Property) -> None:
    if found.is_binary:
        draft.leave_out(found, f"The {found.name} holds data, not words, and is left out.")
    else:
        name = found.name.removeprefix(ALSO)
        draft.remark(name, found.text, draft.label_of(found))
        draft.remembered |= name in _OF_THE_DEAD


_TAKERS: dict[str, Callable[[Draft, Property], None]] = {
    "FN": _take_name,
    "N": _take_structured_name,
    "NICKNAME": _take_other_names,
    "X-MAIDENNAME": _take_other_names,
    "ORG": _take_organisation,
    "TITLE": _take_title,
    "CATEGORIES": _take_circles,
    "EMAIL": _take_email,
    "TEL": _take_phone,
    "URL": _take_url,
    "ADR": _take_address,
    "IMPP": _take_handle,
    "X-SOCIALPROFILE": _take_profile,
    "SOCIALPROFILE": _take_profile,
    "PHOTO": _take_photo,
    REMEMBERED: _take_remembered,
    "X-ANDROID-CUSTOM": _take_android,
    "RELATED": _take_relation,
    "X-ABRELATEDNAMES": _take_relation,
    **dict.fromkeys(_FAMILY_OF, _take_family),
    **dict.fromkeys(_MESSENGERS, _take_messenger),
    **dict.fromkeys(_DATES, _take_date),
}


def _label(text: str) -> str:
    built_in = _APPLE_LABEL.fullmatch(text.strip())
    return built_in[1].lower() if built_in else one_line(text)


def one_line(text: str) -> str:
    """Join all lines and shrink every run of blanks to one."""
    return " ".join(text.split())


def _without(scheme: str, text: str) -> str:
    text = text.strip()
    return text[len(scheme) :] if text[: len(scheme)].lower() == scheme else text


def _bytes_of(value: str) -> bytes:
    """Decode base64 with or without its padding, plain or as a data URI. Raises ValueError."""
    encoded = value[value.find(",", 0, 200) + 1 :] if value[:5].lower() == "data:" else value
    try:
        return a2b_base64(encoded)
    except ValueError:
        return a2b_base64(encoded.rstrip("= \n") + "==")

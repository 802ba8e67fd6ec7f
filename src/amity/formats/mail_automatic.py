"""Which mail no person wrote to another: lists, bulk, automatic answers, bounces, spam, drafts.

Two witnesses are heard: the labels of the mailbox (Gmail's in a Takeout, the flags and folders of a
Maildir) and the header itself (RFC 2919 List-Id, RFC 2369 List-Unsubscribe, RFC 3834 Auto-Submitted).
"""

from __future__ import annotations

import re

from amity.formats.mail_fields import Fields
from amity.formats.mail_text import words
from amity.formats.records import Party
from amity.formats.robots import why_robot

_LONGEST_LABELS = 4000
_LONGEST_LIST = 1000
_LABEL = re.compile(r'(?:[^,"]|"[^"]*"?)+')
_LIST_ADDRESS = re.compile(r"[^\s<>:,;\"'()]+@[^\s<>:,;?\"'()]+")
_LIST_ID = re.compile(r"<([^<>@\s.]+)\.([^<>@\s]+)>")

# Takeout writes labels in the language of the account.
_MAILBOXES = {
    "sent": "sent|sent mail|sent items|sent messages|gesendet|gesendete objekte|messages envoyés|envoyés"
    "|envoyé|éléments envoyés|enviados|enviadas|enviado|inviati|posta inviata|verzonden"
    "|skickat|sendt|wysłane",
    "spam": "spam|junk|junk e-mail|trash|bin|deleted items|deleted messages|papierkorb|corbeille|papelera"
    "|lixeira|lixo|cestino|prullenbak|papperskorgen|papirkurv|kosz|pourriel|indésirables|no deseado",
    "draft": "draft|drafts|entwurf|entwürfe|brouillon|brouillons|borrador|borradores|rascunhos|bozze"
    "|concepten|utkast|kladder|wersje robocze",
    "chat": "chat|chats",
}
_CATEGORY_WORDS = {"category", "kategorie", "catégorie", "categoría", "categoria", "categorie", "kategori"}
_CATEGORIES = {
    "bulk": "promotions|updates|werbung|neuigkeiten|benachrichtigungen|notifications|mises à jour|promociones"
    "|notificaciones|promozioni|aggiornamenti|promoções|atualizações|reclame",
    "list": "forums|foren|foros|forum|fóruns",
    "notification": "social|soziale netzwerke|soziales|réseaux sociaux|sociaal|sociale netwerken",
}


def _by_word(told: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, listed in told.items() for word in listed.split("|")}


_MAILBOX_OF, _CATEGORY_OF = _by_word(_MAILBOXES), _by_word(_CATEGORIES)


def meanings(gmail_labels: str, *others: str) -> frozenset[str]:
    """Translate labels into ``sent``, ``chat`` and the kinds of automatic mail; own labels mean nothing.

    ``gmail_labels`` is the value of X-Gmail-Labels: a list with commas, often one encoded word,
    where a label with a comma in it is quoted.
    """
    labels = _LABEL.findall(words(gmail_labels, _LONGEST_LABELS)) if gmail_labels else []
    return frozenset(filter(None, map(_meaning, [*labels, *others])))


def why_automatic(fields: Fields, meant: frozenset[str], sender: Party) -> str:
    """Say why a message is not a person's own (the words of ``Message.automatic``), or empty."""
    for mailbox in ("spam", "draft"):
        if mailbox in meant:
            return mailbox
    robot = why_robot(sender.email, sender.name)
    if _is_report(fields) or robot == "bounce address":
        return "bounce"
    return _by_fields(fields) or _by_category(meant) or ("no-reply" if robot else "")


def list_addresses(fields: Fields) -> frozenset[str]:
    """Return the addresses, in lower case, under which a list receives what is posted to it.

    A List-Id ``<weavers.loom.example>`` usually stands for ``weavers@loom.example``.
    """
    told = [fields.first(name)[:_LONGEST_LIST] for name in ("list-post", "x-mailing-list", "mailing-list")]
    posted = {address for value in told for address in _LIST_ADDRESS.findall(value)}
    ids = _LIST_ID.findall(fields.first("list-id")[:_LONGEST_LIST])
    return frozenset(address.lower() for address in posted | {f"{name}@{host}" for name, host in ids})


def _meaning(label: str) -> str:
    label = label.strip(' "').lower()
    kind, _, name = label.replace(":", " ").partition(" ")
    if kind in _CATEGORY_WORDS:
        return _CATEGORY_OF.get(name.strip(' "'), "")
    return _MAILBOX_OF.get(label, "")


def _is_report(fields: Fields) -> bool:
    return fields.first("content-type").lower().startswith("multipart/report")


def _by_fields(fields: Fields) -> str:
    submitted = fields.first("auto-submitted").partition(";")[0].strip().lower()
    precedence = fields.first("precedence").lower()
    if submitted not in ("", "no") or "x-autoreply" in fields or "x-autorespond" in fields:
        return "auto-reply"
    if precedence == "list" or "list-id" in fields or "mailing-list" in fields or "x-mailing-list" in fields:
        return "list"
    if "list-unsubscribe" in fields:
        return "list" if "list-post" in fields else "bulk"
    if precedence in ("bulk", "junk"):
        return "bulk"
    # Automatic answers have an empty return path too, so this comes last.
    return "bounce" if fields.first("return-path") == "<>" else ""


def _by_category(meant: frozenset[str]) -> str:
    """Gmail sorts whole conversations; what the owner sent in one is still the owner's."""
    if "sent" in meant:
        return ""
    return next((kind for kind in _CATEGORIES if kind in meant), "")

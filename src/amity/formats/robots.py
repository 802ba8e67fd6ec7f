"""Which addresses belong to machines: nobody has a coffee with ``no-reply@``.

Only what the address or the name says for itself is taken. Role addresses that people answer
(``info@``, ``sales@``) are not robots.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Patterns in lower case, by what they tell: anywhere in an address, ...
_ANYWHERE = {
    "calendar or room": r"@(?:.*\.)?calendar\.google\.com$",
    "reply token": r"^(?:reply|replies|comments?|conversation|inbound|ticket|unsub(?:scribe)?)\+.",
    "no-reply address": r"no[-._]?reply|(?:do[-._]?not|dont|never)[-._]?(?:reply|respond)"
    r"|nicht[-._]?antworten|keine[-._]?antwort|ne[-._]?pas[-._]?repondre|non[-._]?rispondere"
    r"|no[-._]?(?:responder|contestar)|nao[-._]?respond[ae]|@reply\.",
    "bounce address": r"@bounces?\.",
    "mailing list": r"^owner-|[-+](?:owner|request|admin-list|(?:un)?subscribe)@",
    # After a dot, Bot is a surname.
    "notification address": r"notifications?@|[-_](?:ro)?bot@|\[bot\]@",
    "address made by a machine": r"^(?=[^@]*\d)(?:[0-9a-f][-._+=]*){20,}@",
}
# ... as one part of what stands before the @, ...
_AS_PART = {
    "bounce address": "bounces?|mail(?:er)?-daemon|postmaster|returned-mail",
    "notification address": "notifications?|notifier|alerts|newsletters?|mailings?"
    "|auto-?(?:mailer|mail|reply|responder|confirm)",
}
# ... or as the whole of it.
_AS_WHOLE = {
    "mailing list": "listserv|majordomo|mailman|unsubscribe",
    "notification address": "notify|alert|news|rss(?:feeds?)?|digest|updates?|(?:ro)?bot|mailer|system"
    "|automat(?:ed|ion)|root|cron|daemon",
}
_NAME = re.compile(
    r"\b(?:no[- ]?reply|do not reply|mail(?:er)?[- ](?:delivery|daemon)|auto(?:matic)?[- ]?reply)\b"
    r"|\b(?:notifications?|newsletter)$",
    re.IGNORECASE,
)
_REASONS = [
    (why, re.compile(frame % words))
    for frame, told in (
        ("%s", _ANYWHERE),
        (r"(?:^|[-._+=])(?:%s)(?=[-._+=@])", _AS_PART),
        (r"^(?:%s)@", _AS_WHOLE),
    )
    for why, words in told.items()
]


@lru_cache(maxsize=4096)
def why_robot(email: str, name: str = "") -> str:
    """Say why an address is not a person's: a few words, or empty for a person.

    >>> why_robot("no-reply@loom.example"), why_robot("ada@loom.example")
    ('no-reply address', '')
    """
    address = email.strip().lower()
    for why, pattern in _REASONS:
        if pattern.search(address):
            return why
    return "named like a robot" if _NAME.search(name) else ""

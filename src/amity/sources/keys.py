"""Keys and words as both databases can hold them."""

from __future__ import annotations

import hashlib
import re

KEY_LENGTH = 200
_MAIL = {"mbox", "maildir", "eml"}
# PostgreSQL holds neither; half a surrogate pair cannot be spelled in UTF-8 either.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def natural_key(source: str, key: str) -> str:
    """Give the key under which one record is one row, whatever file it comes from."""
    kind = "mail" if source in _MAIL else source
    whole = storable(f"{kind}:{key}")
    if len(whole) <= KEY_LENGTH:
        return whole
    return f"{kind}:sha256:{hashlib.sha256(whole.encode()).hexdigest()}"


def storable(text: str) -> str:
    """Leave out the signs a database cannot hold."""
    return _UNSTORABLE.sub("", text)

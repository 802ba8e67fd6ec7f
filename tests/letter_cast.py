"""Ines and her letter, for stories about readers."""

from __future__ import annotations

import re

from amity.letter import consent
from amity.letter.models import Consent, ReaderState, Subscriber
from amity.letter.setting_up import head_of, set_up
from amity.post import actions as post
from amity.post.address import digest_of, token
from amity.post.sending import send_due
from cast import an_owner, day
from sink import parsed


def ines_letter(**values):
    """Give Ines's letter, open to strangers."""
    owner = an_owner("Ines", zone="Europe/Berlin")
    post.set_pace(owner, 0)
    head = head_of(owner, day("2026-11-23"))
    return set_up(head, **{"title": "Small tables", "slug": "small-tables", "is_open": True} | values)


def a_reader(head, address="ada@a.example", name="Ada", **fields):
    """Write a reader down who confirmed long ago."""
    digest = digest_of(head.owner, address)
    made = Subscriber.objects.create(
        owner=head.owner, address=address, digest=digest, name=name, **{"state": ReaderState.READING} | fields
    )
    words = consent.consent_words(head)
    Consent.objects.create(
        owner=head.owner, subscriber=made, words=words, form="page", confirmed_at=made.since
    )
    Consent.objects.update(asked_at=made.since.replace(year=2020))
    return made


def leave_path(reader, purpose="leave"):
    """Give the path by which a reader leaves."""
    return f"/letters/leave/{token(reader.owner, purpose, reader.digest)}"


def links(sink, at=-1):
    """Give the paths of our own that a mail's text leads to."""
    text = parsed(sink.mails[at][2]).get_body(("plain",)).get_content()
    return re.findall(r"https://ines\.example(/\S+)", text)


def send_all(head):
    """Send whatever waits."""
    return send_due(head.owner)

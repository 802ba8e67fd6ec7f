"""The mailbox of answers and bounces is opened only where its server proves who it is."""

from __future__ import annotations

import imaplib
import ssl

import pytest

from amity.letter import returns
from amity.letter.doctor import mailbox
from amity.post.models import Outbox
from cast import an_owner, instant


class Noted(Exception):
    """What was asked for; nothing is connected to."""


def test_the_mailboxs_certificate_is_checked(settings, monkeypatch):
    settings.AMITY_IMAP = "imaps://ines:secret@mail.example/INBOX"

    def note(host, port, *, timeout, ssl_context):
        raise Noted(host, port, ssl_context.verify_mode, ssl_context.check_hostname)

    monkeypatch.setattr(imaplib, "IMAP4_SSL", note)

    with pytest.raises(Noted) as noted:
        mailbox()

    assert noted.value.args == ("mail.example", 993, ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize(("host", "secured"), [("mail.example", True), ("127.0.0.1", False)])
def test_no_password_of_a_mailbox_goes_out_in_the_clear(settings, monkeypatch, host, secured):
    settings.AMITY_IMAP = f"imap://ines:secret@{host}/INBOX"
    done = []

    class Imap:
        def __init__(self, *_where, **_more):
            pass

        def starttls(self, trust):
            done.append(("starttls", trust.verify_mode))

        def login(self, *_who):
            done.append("login")

        def select(self, *_folder, **_more):
            pass

    monkeypatch.setattr(imaplib, "IMAP4", Imap)
    mailbox()

    assert done == [("starttls", ssl.CERT_REQUIRED)] * secured + ["login"]


class Mailbox:
    """A mailbox with a mail under each number; it writes down which were fetched."""

    def __init__(self, era, *numbers):
        self.era, self.numbers, self.fetched = era, list(numbers), []

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def response(self, _name):
        return "UIDVALIDITY", [str(self.era).encode()]

    def uid(self, command, *words):
        if command == "FETCH":
            self.fetched.append(int(words[0]))
            return "OK", [(b"", b"Subject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n")]
        since = int(words[0].removeprefix("UID ").removesuffix(":*"))
        # RFC 3501 6.4.8: * is the last mail's number, so that one is always found.
        return "OK", [" ".join(str(n) for n in self.numbers if n >= min(since, self.numbers[-1])).encode()]


@pytest.mark.django_db
def test_a_second_reading_skips_what_was_read_and_a_mailbox_made_anew_is_read_from_its_beginning(monkeypatch):
    ines, seen = an_owner("Ines"), []

    for box in (Mailbox(7, 3, 4), Mailbox(7, 3, 4), Mailbox(7, 3, 4, 9), Mailbox(8, 3, 4, 9)):
        monkeypatch.setattr(returns, "mailbox", lambda box=box: box)
        heard = returns.read_mailbox(ines, now=instant("2026-11-28 10:00"))
        seen.append((box.fetched, heard["automatic"]))

    assert seen == [([3, 4], 2), ([], 0), ([9], 1), ([3, 4, 9], 3)]
    assert Outbox.objects.get().heard == "8:9"

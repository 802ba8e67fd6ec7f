"""The mailbox of answers and bounces is opened only where its server proves who it is."""

from __future__ import annotations

import imaplib
import ssl

import pytest

from amity.letter.doctor import mailbox


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

"""How an introduction's mails leave the house: through the outbox, where Amity may ask by itself."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from amity.introductions.letters import Letter
from amity.owner.address import public_url
from amity.owner.models import Owner
from amity.post.actions import Content, Recipient, queue
from amity.post.models import MailingKind


def can_send() -> bool:
    """Tell whether Amity may ask by itself: it can send mail, and its links can be opened from anywhere."""
    return bool(settings.AMITY_SMTP and settings.AMITY_FROM and public_url())


def send(owner: Owner, letter: Letter) -> None:
    """Put a mail into the outbox, once for each reader, within the caller's transaction.

    Where it goes to two, answers go to both: each sees the other's address there and in the text.
    """
    page = render_to_string("introductions/mail.html", {"letter": letter})
    reply_to = {"Reply-To": ", ".join(box.address for box in letter.to)} if len(letter.to) > 1 else {}
    content = Content(letter.subject, page, letter.body, reply_to)
    queue(owner, MailingKind.ASKED, content, [Recipient(box.address, box.name) for box in letter.to])

"""The owner's own letter: writing it, and letting it go out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.journal.actions import deed
from amity.letter import dress, markdown
from amity.letter.models import Edition, EditionState, Postscript, ReaderState, Subscriber
from amity.letter.own import Material, material
from amity.letter.setting_up import head_of, letter_sundays
from amity.owner.actions import NotPossible, fitting
from amity.owner.models import Owner
from amity.people.actions import clean
from amity.post import actions as post
from amity.post.address import is_address
from amity.post.models import Mailing

LONGEST = 200_000  # signs of one letter


def draft(owner: Owner, title: str, words: str = "") -> Edition:
    """Begin a letter.

    Raises:
        NotPossible: without a title, or when it or the words are too long.
    """
    title, words = _title(title), _words(words)
    with deed(owner, "letter", _("Began the letter “%(title)s”.") % {"title": title[:80]}) as writing:
        return writing.make(Edition(owner=owner, title=title, words=words))


def _title(text: str) -> str:
    title = clean(text, 300)
    if not title:
        raise NotPossible(_("A letter needs a subject."))
    return title


def _words(text: str) -> str:
    return fitting(text.replace("\0", ""), LONGEST)


def draft_from_fortnight(owner: Owner, day: date) -> Edition:
    """Begin a letter from the fortnight's material with nobody's name in it: names are the owner's to add.

    Raises:
        NotPossible: when the fortnight left nothing to write about.
    """
    found = material(owner, day)
    if found.is_quiet:
        raise NotPossible(
            _("The last fortnight left nothing in the book, so there is nothing to draft from.")
        )
    return draft(
        owner, _("Two weeks, %(days)s") % {"days": dress.days(found.first, found.last)}, _outline(found)
    )


def _outline(found: Material) -> str:
    """Give the bones of a letter; every line is the owner's to write or take out."""
    where = sorted({line.words for line in found.seen if line.words})
    parts = ["*These lines come from your last fortnight, and nobody is named. Take this one out.*"]
    if where:
        parts.append(
            "## Where I was\n\n"
            + "\n".join(_("- %(one)s: what stayed with me") % {"one": one} for one in where)
        )
    if found.energy:
        parts.append(_("## What gave me energy\n\nOne conversation I would have again, and why."))
    if found.hopes:
        parts.append(
            "## Good news\n\n" + "\n".join("- somebody got what they hoped for" for _ in found.hopes)
        )
    return "\n\n".join([*parts, "## A question for you\n\n"]).rstrip() + "\n"


def edit(edition: Edition, **values: Any) -> Edition:
    """Change a letter that is not out yet.

    Raises:
        NotPossible: when it is out, without a title, or when that or the words are too long.
    """
    if edition.state == EditionState.OUT:
        raise NotPossible(_("This letter is out; what was sent cannot be changed."))
    if "words" in values:
        values["words"] = _words(values["words"])
    if "title" in values:
        values["title"] = _title(values["title"])
    allowed = {
        name: value for name, value in values.items() if name in {"title", "words", "circles", "in_archive"}
    }
    with deed(
        edition.owner, "letter", _("Changed the letter “%(title)s”.") % {"title": edition.title[:80]}
    ) as writing:
        return writing.change(edition, **allowed, changed_at=timezone.now())


def remove(edition: Edition) -> None:
    """Take a draft away; it can be undone.

    Raises:
        NotPossible: when it is out.
    """
    if edition.state == EditionState.OUT:
        raise NotPossible(_("This letter is out; it can be taken out of the archive instead."))
    with deed(
        edition.owner, "letter", _("Took away the letter “%(title)s”.") % {"title": edition.title[:80]}
    ) as writing:
        for one in edition.postscripts.all():
            writing.remove(one)
        writing.remove(edition)


def set_postscript(edition: Edition, reader: Subscriber, words: str) -> None:
    """Write words for one reader alone; none takes them away.

    Raises:
        NotPossible: when the letter is out, or the words are too long.
    """
    if edition.state == EditionState.OUT:
        raise NotPossible(_("This letter is out; what was sent cannot be changed."))
    said = _words(words).strip()
    if said:
        Postscript.objects.update_or_create(
            owner=edition.owner, edition=edition, subscriber=reader, defaults={"words": said}
        )
    else:
        Postscript.objects.filter(edition=edition, subscriber=reader).delete()


def schedule(edition: Edition, *, at: datetime | None = None) -> Edition:
    """Let a letter go out once at an instant, or on the next Sunday when none is given.

    Raises:
        NotPossible: when it is out, empty, or has no Sunday to go out on.
    """
    if edition.state == EditionState.OUT:
        raise NotPossible(_("This letter is out already."))
    if not edition.words.strip():
        raise NotPossible(_("This letter is empty, and an empty letter is not sent."))
    if at is None and letter_sundays(head_of(edition.owner)) is None:
        raise NotPossible(
            _("Say at which hour your Sundays are, or give this letter a day and an hour of its own.")
        )
    dress.edition(head_of(edition.owner), edition)
    edition.state, edition.at = EditionState.READY, at
    edition.save(update_fields=["state", "at"])
    return edition


def unschedule(edition: Edition) -> Edition:
    """Make a scheduled letter a draft again."""
    Edition.objects.filter(pk=edition.pk, state=EditionState.READY).update(state=EditionState.DRAFT, at=None)
    edition.refresh_from_db()
    return edition


def send(edition: Edition, *, now: datetime) -> Mailing:
    """Freeze a letter and queue it for every reader it is for; it leaves with the next run of the sender.

    Raises:
        NotPossible: when it is out already, is empty, or has no readers.
    """
    head = head_of(edition.owner)
    with transaction.atomic():
        fresh = Edition.objects.select_for_update().get(pk=edition.pk)
        if fresh.state == EditionState.OUT:
            raise NotPossible(_("This letter is out already."))
        if not fresh.words.strip():
            raise NotPossible(_("This letter is empty, and an empty letter is not sent."))
        readers = readers_of(fresh)
        if not readers:
            raise NotPossible(_("Nobody reads this letter yet."))
        own = dict(Postscript.objects.filter(edition=fresh).values_list("subscriber_id", "words"))
        to = (post.Recipient(one.address, one.name, own.get(one.pk, "")) for one in readers)
        mailing = post.queue(edition.owner, post.LETTER, dress.edition(head, fresh), to)
        edition.state, edition.out_at, edition.mailing = EditionState.OUT, now, mailing
        edition.html = markdown.to_html(fresh.words)
        edition.save(update_fields=["state", "out_at", "mailing", "html"])
    return mailing


def readers_of(edition: Edition) -> list[Subscriber]:
    """Give everybody an edition is for: all readers, or those of its circles."""
    reading = Subscriber.objects.of(edition.owner).filter(state=ReaderState.READING).order_by("id")
    circles = set(edition.circles)
    return [one for one in reading.iterator(chunk_size=2000) if not circles or circles & set(one.circles)]


def test_send(edition: Edition, address: str) -> Mailing:
    """Send a letter to the owner's own eyes first.

    Raises:
        NotPossible: when it is no address.
    """
    if not is_address(address):
        raise NotPossible(_("That does not look like an e-mail address."))
    content = dress.edition(head_of(edition.owner), edition)
    return post.queue(edition.owner, post.ASKED, content, [post.Recipient(address)])

"""What the clock does: the private letter of a Sunday, and the owner's own letters whose hour has come."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.letter import dress
from amity.letter.actions import send
from amity.letter.evening import write_evening
from amity.letter.fortnight import LATE
from amity.letter.models import Edition, EditionState, Letterhead, PrivateLetter
from amity.letter.morning import write_morning
from amity.letter.own import material, tip_for
from amity.letter.setting_up import head_of, letter_sundays, private_address, private_sundays
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.post import actions as post
from amity.post.models import Mailing, Pause
from amity.post.queries import box
from amity.post.sending import send_due

SECONDS_A_RUN = 40.0  # the clock has other work too; what is left goes out in the next minute


def keep_sundays(owner: Owner, *, now: datetime) -> None:
    """Do everything that is due by now: write, queue, and send what waits."""
    write_due(owner, now=now)
    write_morning(owner, now=now)
    write_evening(owner, now=now)
    send_due_letters(owner, now=now)
    if settings.AMITY_SMTP:
        send_due(owner, seconds=SECONDS_A_RUN)


def write_due(owner: Owner, *, now: datetime) -> PrivateLetter | None:
    """Write the private letter of the newest Sunday whose hour has come, if it is not there yet.

    A machine that was off at that hour writes it when it is on again. It is mailed only within 36 hours; on
    screen it is there whenever.
    """
    head = head_of(owner, owner.today(now))
    sundays = private_sundays(head)
    day = sundays.last(now) if head.private_on else None
    if day is None or PrivateLetter.objects.of(owner).filter(day=day).exists():
        return None
    return write(owner, day, by_mail=not sundays.is_missed(day, now))


def write(owner: Owner, day: date, *, by_mail: bool) -> PrivateLetter | None:
    """Write the private letter of a Sunday, once; None when another process was quicker."""
    head, found, tip = head_of(owner), material(owner, day), tip_for(owner, day)
    to = private_address(head)
    try:
        with transaction.atomic():
            letter = PrivateLetter.objects.create(owner=owner, day=day, content=found.to_json(), tip=tip.slug)
            if by_mail and head.private_mail and to and settings.AMITY_SMTP and not box(owner).paused:
                letter.mailing = post.queue(
                    owner, post.OWN, dress.private(head, found, tip), [post.Recipient(to, owner.name)]
                )
                letter.save(update_fields=["mailing"])
    except IntegrityError:
        return None
    return letter


def send_due_letters(owner: Owner, *, now: datetime) -> list[Mailing]:
    """Queue what the owner has scheduled: letters with an hour of their own, and the one of this Sunday.

    Nothing is ever sent that the owner has not made ready, and nothing by a book restored from a backup: it
    cannot know what went out since. A Sunday more than 36 hours past waits for the owner's word.
    """
    if box(owner).paused == Pause.RESTORED:
        return []
    ready = Edition.objects.of(owner).filter(state=EditionState.READY)
    once = ready.filter(at__lte=now, at__gte=now - LATE).order_by("at")
    return [send(one, now=now) for one in once] + _of_this_sunday(owner, now)


def _of_this_sunday(owner: Owner, now: datetime) -> list[Mailing]:
    head = Letterhead.objects.of(owner).select_related("owner").first()
    sundays = letter_sundays(head) if head else None
    day = sundays.last(now) if sundays else None
    if head is None or sundays is None or day is None:
        return []
    slot = sundays.on(day)
    if head.letter_slot is not None and head.letter_slot >= slot:  # as in nearly every minute of a fortnight
        return []
    ready = next_ready(owner)
    missed = slot if ready and sundays.is_missed(day, now) else None
    remark = _remark(day, found=ready is not None, missed=missed is not None)
    not_yet = Letterhead.objects.filter(pk=head.pk).exclude(letter_slot__gte=slot)
    with transaction.atomic():
        if not not_yet.update(letter_slot=slot, missed=missed, remark=remark) or ready is None or missed:
            return []
        try:
            return [send(ready, now=now)]
        except NotPossible as wrong:
            Letterhead.objects.filter(pk=head.pk).update(
                remark=_("On %(day)s nothing was sent. %(why)s")
                % {"day": date_format(day, "j F"), "why": wrong.sentence}
            )
            return []


def next_ready(owner: Owner) -> Edition | None:
    """Give the letter that the next Sunday would send."""
    ready = Edition.objects.of(owner).filter(state=EditionState.READY, at=None)
    return ready.order_by("changed_at", "id").first()


def _remark(day: date, *, found: bool, missed: bool) -> str:
    off = _("On %(day)s this machine was off, too long ago to send by itself. Shall it go out now?")
    none = _("On %(day)s no letter was ready, so nothing was sent.")
    said = off if missed else "" if found else none
    return said and said % {"day": date_format(day, "j F")}


def answer_missed(head: Letterhead, *, send_now: bool, now: datetime) -> Mailing | None:
    """Say what becomes of a missed Sunday: send its letter now, or let it wait for the next one."""
    waiting = next_ready(head.owner)
    Letterhead.objects.filter(pk=head.pk).update(missed=None, remark="")
    return send(waiting, now=now) if send_now and waiting else None

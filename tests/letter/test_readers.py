"""Lists of readers in and out, invitations, and what readers say."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.urls import reverse
from django.utils import timezone

from amity.letter import actions, consent, inviting, readers
from amity.letter.models import Consent, Subscriber
from amity.letter.replies import hear
from amity.moments.models import Moment
from amity.owner.actions import NotPossible
from amity.people.models import Person
from amity.post.actions import suppress
from amity.post.address import digest_of
from amity.post.models import Delivery, Mailing, Suppressed
from cast import a_person, an_owner
from letter_cast import a_reader, ines_letter, send_all
from sink import parsed

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOURCE = "paper list at the March dinner"


def bring(data, *, source=SOURCE, **mapping):
    return readers.bring_in(an_owner("Ines"), data, {"address": "E-Mail", **mapping}, source=source, now=NOW)


def test_a_list_comes_in_with_its_consent_and_its_broken_rows_are_named():
    ines_letter()
    rows = [f"reader{n}@d{n % 9}.example,Reader {n},dinners; looms" for n in range(990)]
    broken = [f"no address {n},X," for n in range(5)] + [f"extra{n}@a.example,a,b,c" for n in range(5)]

    brought = bring(
        "\r\n".join(["E-Mail,Name,Circles", *rows, *broken]).encode(), name="Name", circles="Circles"
    )

    assert (brought.new, len(brought.refused)) == (990, 10)
    assert brought.refused[0] == (992, "no e-mail address")
    assert brought.refused[-1] == (1001, "more cells than columns")
    first = Subscriber.objects.order_by("id").first()
    assert (first.name, first.circles, first.state) == ("Reader 0", ["dinners", "looms"], "reading")
    assert set(Consent.objects.values_list("form", "source")) == {("list", SOURCE)}


def test_whoever_left_or_was_erased_does_not_come_back_with_a_list():
    head = ines_letter()
    left, erased = a_reader(head, "left@a.example"), a_reader(head, "gone@a.example")
    consent.leave(head.owner, left.digest, route="page", now=NOW)
    consent.erase(head.owner, erased.digest)

    brought = bring(b"E-Mail\nLEFT@a.example\ngone@a.example\nnew@a.example\nnew@A.example\n")

    assert (brought.new, brought.left_before, brought.known) == (1, 2, 1)
    assert dict(Subscriber.objects.values_list("address", "state")) == {
        "left@a.example": "left",
        "new@a.example": "reading",
    }


@pytest.mark.parametrize(
    ("source", "data", "why"), [("  ", b"E-Mail\na@a.example\n", "agreed"), (SOURCE, b"x\n", "column")]
)
def test_a_list_without_consent_or_addresses_is_refused(source, data, why):
    with pytest.raises(NotPossible, match=why):
        bring(data, source=source)


def test_all_readers_go_out_with_their_evidence_and_no_cell_that_runs():
    head = ines_letter()
    a_reader(head, name='=HYPERLINK("https://x.example")')

    out = readers.give_out(head.owner)

    assert out.splitlines()[0].startswith("address,name,language,circles,state,since,consent")
    assert "ada@a.example,\"'=HYPERLINK(" in out
    assert consent.consent_words(head) in out


def test_people_of_the_book_are_asked_and_never_added(sink):
    head = ines_letter()
    ada = a_person("Ada Byron").of(head.owner).reached_by("email", "ada@a.example")

    inviting.invite(head, ada.person, now=NOW)
    send_all(head)

    assert Subscriber.objects.get().state == "asked"
    assert parsed(sink.mails[0][2])["Subject"] == "Ines asks: would you like “Small tables”?"
    assert Consent.objects.get().form == "invited"


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (a_reader, "reads your letter already"),
        (lambda head: a_reader(head, state="asked"), "was asked already"),
        (lambda head: a_reader(head, state="left"), "left your letter"),
        (
            lambda head: consent.leave(
                head.owner, digest_of(head.owner, "ADA@a.example"), route="page", now=NOW
            ),
            "left",
        ),
        (lambda head: suppress(head.owner, digest_of(head.owner, "ada@a.example"), "complained"), "left"),
    ],
)
def test_nobody_is_asked_twice_or_after_they_left(before, why, client):
    head = ines_letter()
    ada = a_person("Ada Byron").of(head.owner).reached_by("email", "ada@a.example")
    before(head)
    client.force_login(head.owner)

    answer = client.post(reverse("letter_invite", args=[ada.person.uid]))
    page = client.get(reverse("person", args=[ada.person.uid])).content.decode()

    assert why in answer.content.decode()
    assert why in page
    assert not Mailing.objects.exists()


def test_the_page_of_somebody_who_may_be_asked_has_the_button(client, settings):
    settings.AMITY_URL = "https://ines.example"
    head = ines_letter()
    ada = a_person("Ada Byron").of(head.owner).reached_by("email", "ada@a.example")
    client.force_login(head.owner)
    page = client.get(reverse("person", args=[ada.person.uid])).content.decode()

    client.post(reverse("letter_invite", args=[ada.person.uid]))

    assert "Ask whether they want your letter" in page
    assert list(Delivery.objects.values_list("address", "state")) == [("ada@a.example", "pending")]
    assert Subscriber.objects.get().state == "asked"


def test_leaving_leaves_the_person_in_the_book():
    head = ines_letter()
    a_person("Ada Byron").of(head.owner).reached_by("email", "ada@a.example")

    consent.leave(head.owner, a_reader(head).digest, route="page", now=NOW)

    assert Person.objects.get().name == "Ada Byron"
    assert Person.objects.get().trashed_at is None


def sent_letter(head):
    actions.send(actions.draft(head.owner, "Two weeks", "Hello."), now=NOW)
    send_all(head)
    return Delivery.objects.get()


def a_bounce(mail, *, status="5.1.1", to=None):
    """A report as Postfix writes it, about a mail the sink has."""
    to, raw = to or mail[1], mail[2]
    recipient = parsed(raw)["To"].addresses[0].addr_spec
    action = "failed" if status[0] == "5" else "delayed"
    fields = f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
    return (
        (
            f"From: MAILER-DAEMON@mx.example\nTo: {to}\nSubject: Undelivered Mail\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nSorry.\n\n"
            f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{fields}"
            "Diagnostic-Code: smtp; 550 5.1.1 unknown user\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {parsed(raw)['Message-ID']}\n\n--b--\n"
        )
        .encode()
        .replace(b"\n", b"\r\n")
    )


@pytest.mark.parametrize("to", [None, "ines@letters.example"])
def test_a_bounce_is_found_by_its_return_path_or_by_the_mail_it_shows(sink, to):
    head = ines_letter()
    a_reader(head)
    delivery = sent_letter(head)

    heard = [hear(head.owner, a_bounce(sink.mails[0], to=to), now=NOW).kind for _ in range(2)]

    delivery.refresh_from_db()
    assert heard == ["failed", "failed"]
    assert (delivery.state, delivery.reply) == ("failed", "5.1.1 smtp; 550 5.1.1 unknown user")
    assert Suppressed.objects.get().why == "bounced"


@pytest.mark.parametrize(("status", "state"), [("5.2.2", "failed"), ("4.4.1", "sent")])
def test_a_full_mailbox_or_a_delay_stops_nobody(sink, status, state):
    head = ines_letter()
    a_reader(head)
    delivery = sent_letter(head)

    hear(head.owner, a_bounce(sink.mails[0], status=status), now=NOW)

    delivery.refresh_from_db()
    assert delivery.state == state
    assert not Suppressed.objects.exists()


def test_a_forged_bounce_stops_nobody(sink):
    head = ines_letter()
    a_reader(head)
    delivery = sent_letter(head)
    forged = a_bounce(sink.mails[0]).replace(delivery.uid.encode(), b"0" * 12)

    hear(head.owner, forged, now=NOW)

    assert not Suppressed.objects.exists()


def test_a_complaint_ends_the_letter(sink):
    head = ines_letter()
    reader = a_reader(head)
    sent_letter(head)
    raw = sink.mails[0][2]
    arf = (
        b"From: abuse@isp.example\r\nTo: ines@letters.example\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n--b\r\n"
        b"Content-Type: message/rfc822\r\n\r\n" + raw + b"\r\n--b--\r\n"
    )

    heard = hear(head.owner, arf, now=NOW)

    reader.refresh_from_db()
    assert (heard.kind, reader.state) == ("complaint", "left")
    assert Suppressed.objects.get().why == "complained"


def a_mail(sender, to, subject, text, **headers):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"], mail["Message-ID"] = "Mon, 23 Nov 2026 10:00:00 +0000", "<reply.1@a.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def test_a_mail_that_says_unsubscribe_to_the_return_path_ends_the_letter(sink):
    head = ines_letter()
    reader = a_reader(head)
    sent_letter(head)

    heard = hear(head.owner, a_mail("ada@a.example", sink.mails[0][1], "unsubscribe", "x"), now=NOW)

    reader.refresh_from_db()
    assert (heard.kind, reader.state) == ("left", "left")
    assert Consent.objects.get().route == "mail"


def test_an_answer_from_the_holidays_is_passed_over():
    head = ines_letter()
    mail = a_mail(
        "ada@a.example", "ines@letters.example", "Out of office", "Away", Auto_Submitted="auto-replied"
    )

    assert hear(head.owner, mail, now=NOW).kind == "automatic"


def test_a_reply_becomes_one_moment_of_somebody_in_the_book():
    head = ines_letter()
    a_person("Ada Byron").of(head.owner).reached_by("email", "ada@a.example")
    mail = a_mail(
        "ada@a.example", "ines@letters.example", "Re: Two weeks", "Lovely, thank you.\n\n> Hello.\n"
    )

    heard = [hear(head.owner, mail, now=NOW) for _ in range(2)]
    stranger = hear(head.owner, mail.replace(b"ada@", b"eve@"), now=NOW)

    assert [one.who for one in heard] == ["Ada Byron", "Ada Byron"]
    assert list(Moment.objects.values_list("text", "direction", "kind")) == [
        ("Lovely, thank you.", "in", "mail")
    ]
    assert (stranger.kind, stranger.who) == ("reply", "eve@a.example")

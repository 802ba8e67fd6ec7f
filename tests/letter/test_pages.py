"""The letter's pages: the owner's, behind their door, and those for strangers."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from amity.letter import actions
from amity.letter.models import Edition, Letterhead, Subscriber
from amity.post.message import LEAVE_PATH, PREFERENCES_PATH
from amity.post.models import Outbox
from cast import a_person, an_owner
from forms import forms_of
from letter_cast import a_reader, ines_letter, send_all

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def signed_in(client, owner):
    owner.welcomed = True
    owner.save()
    client.force_login(owner)
    return client


@pytest.mark.parametrize("name", ["letter", "letter_desk", "readers", "readers_out"])
def test_a_stranger_sees_nothing(client, name):
    a_reader(ines_letter())

    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert b"ada@a.example" not in answer.content


def test_another_owner_finds_neither_letter_nor_readers(client):
    head = ines_letter()
    a_reader(head)
    edition = actions.draft(head.owner, "A secret plan", "Hello")
    signed_in(client, an_owner("Jonas"))

    pages = [client.get(reverse(name)).content for name in ("letter_desk", "readers", "readers_out")]
    found = client.get(reverse("edition", args=[edition.uid]))

    assert found.status_code == 404
    assert not any(b"ada@a.example" in page or b"secret" in page for page in pages)


def test_looking_at_the_letter_writes_nothing_and_shows_how_it_would_read(client):
    a_person("Ada Byron").met_on(an_owner("Maya").today().isoformat())

    shown = signed_in(client, an_owner("Maya")).get(reverse("letter")).content.decode()

    assert "This is how it would read today." in shown
    assert Letterhead.objects.count() == 0


def test_a_letter_is_begun_written_seen_and_sent_from_the_desk(client, sink):
    head = ines_letter()
    a_reader(head)
    signed_in(client, head.owner)

    client.post(reverse("edition_add"), {"title": "Two weeks"})
    edition = Edition.objects.get()
    at = reverse("edition", args=[edition.uid])
    client.post(at, {"title": "Two weeks", "words": "Hello **you**.", "in_archive": "1"})
    looks = {
        look: client.get(f"{at}?as={look}").status_code for look in ("web", "mail", "phone", "dark", "text")
    }
    preview = client.get(reverse("edition_preview", args=[edition.uid]))
    client.post(reverse("edition_deed", args=[edition.uid]), {"deed": "send"})
    send_all(head)

    assert set(looks.values()) == {200}
    assert "<strong>you</strong>" in preview.content.decode()
    assert "default-src 'none'" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert sink.to() == ["ada@a.example"]


def test_what_was_typed_stays_when_something_is_wrong(client):
    head = ines_letter()
    edition = actions.draft(head.owner, "Two weeks", "Hello")
    signed_in(client, head.owner)

    answer = client.post(
        reverse("edition", args=[edition.uid]), {"title": "  ", "words": "Half an hour of work"}
    )

    assert answer.status_code == 422
    assert "Half an hour of work" in answer.content.decode()


WHEN = {"private_on": "1", "starts": "2026-12-06", "at": "07:15", "zone": "Europe/Lisbon", "address": ""}
HOW = {"title": "Small tables", "about": "Dinners", "is_open": "1", "letter_starts": "2026-12-06"}
HOW |= {"letter_at": "07:15", "letter_zone": "Europe/Lisbon", "slug": "tables"}


@pytest.mark.parametrize(
    ("name", "form", "wrong", "sentence"),
    [
        ("letter_settings", WHEN, {"at": "25:99"}, "That is no hour; write it like 18:30."),
        ("letter_settings", WHEN, {"zone": "Mars/Base"}, "There is no time zone called"),
        ("letter_settings", WHEN, {"address": "ada at home"}, "That does not look like an e-mail address."),
        ("letter_set_up", HOW, {"letter_at": ""}, "That is no hour; write it like 18:30."),
        ("letter_set_up", HOW, {"letter_zone": "Mars/Base"}, "There is no time zone called"),
        ("letter_set_up", HOW, {"slug": "t" * 41}, "Its address takes up to forty small letters"),
        ("letter_set_up", HOW, {"title": "t" * 201}, "That is longer than the 200 letters that fit here."),
    ],
)
def test_a_wrong_hour_zone_or_address_comes_back_with_the_whole_form_as_it_was_typed(
    client, name, form, wrong, sentence
):
    signed_in(client, an_owner("Maya"))
    where, typed = reverse(name), form | wrong

    answer = client.post(where, typed)

    page = answer.content.decode()
    back = next(one for one in forms_of(page) if one.action == where)
    assert answer.status_code == 422
    assert page.count('class="error"') == 1
    assert sentence in page
    assert {name: back.holds[name] for name in back.written} == {name: typed[name] for name in back.written}
    assert page.count(" checked>") == 1
    assert Letterhead.objects.get().at.hour == 8


def test_words_for_one_reader_come_back_when_nobody_has_that_address(client):
    head = ines_letter()
    edition = actions.draft(head.owner, "Two weeks", "Hello")
    signed_in(client, head.owner)
    typed = {"deed": "postscript", "address": "nobody@a.example", "postscript": "I kept you a chair"}

    answer = client.post(reverse("edition_deed", args=[edition.uid]), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nobody with that address reads your letter." in page
    assert 'value="nobody@a.example"' in page
    assert ">I kept you a chair</textarea>" in page
    assert ">Hello</textarea>" in page


def test_the_owner_pauses_and_opens_the_way_out(client):
    head = ines_letter()
    signed_in(client, head.owner)

    client.post(reverse("post_deed"), {"deed": "pause"})
    paused = Outbox.objects.get().paused
    client.post(reverse("post_deed"), {"deed": "resume"})

    assert (paused, Outbox.objects.get().paused) == ("owner", "")


def a_public_edition(head, title="On tables", words="Hello *you*."):
    if not Subscriber.objects.exists():
        a_reader(head)
    edition = actions.draft(head.owner, title, words)
    actions.send(edition, now=timezone.now())
    return edition


def test_the_archive_shows_what_is_public_and_hides_the_rest(client):
    head = ines_letter()
    public, hidden = a_public_edition(head), a_public_edition(head, "Only for some")
    Edition.objects.filter(pk=hidden.pk).update(in_archive=False)
    draft = actions.draft(head.owner, "Not out", "x")

    front = client.get("/letters/small-tables").content.decode()
    pages = [client.get(f"/letters/small-tables/{one.uid}").status_code for one in (public, hidden, draft)]

    assert "On tables" in front
    assert "Only for some" not in front
    assert pages == [200, 404, 404]


def test_a_postscript_is_in_no_archive(client, sink):
    head = ines_letter()
    reader = a_reader(head)
    edition = actions.draft(head.owner, "On tables", "Hello.")
    actions.set_postscript(edition, reader, "Your secret is safe")
    actions.send(edition, now=timezone.now())

    shown = (
        client.get(f"/letters/small-tables/{edition.uid}").content
        + client.get("/letters/small-tables/feed.atom").content
    )

    assert b"Your secret is safe" not in shown


def test_the_feed_is_atom_with_the_whole_letter(client, sink):
    head = ines_letter()
    edition = a_public_edition(head)

    feed = ET.fromstring(client.get("/letters/small-tables/feed.atom").content)

    entry = feed.find(f"{ATOM}entry")
    assert feed.find(f"{ATOM}title").text == "Small tables"
    assert entry.find(f"{ATOM}id").text == f"https://ines.example/letters/small-tables/{edition.uid}"
    assert entry.find(f"{ATOM}summary").text == "<p>Hello <em>you</em>.</p>"


def test_a_letter_that_is_not_open_has_no_page(client):
    ines_letter(is_open=False)

    assert client.get("/letters/small-tables").status_code == 404
    assert client.get("/letters/small-tables/feed.atom").status_code == 404


def test_pages_for_strangers_set_no_cookie_and_run_no_script(client):
    ines_letter()

    answer = client.get("/letters/small-tables")

    assert dict(answer.cookies) == {}
    assert b"<script" not in answer.content


def test_the_links_in_mails_are_pages_of_this_site():
    assert reverse("letter_leave", args=["x"]) == f"{LEAVE_PATH}x"
    assert reverse("letter_preferences", args=["x"]) == f"{PREFERENCES_PATH}x"

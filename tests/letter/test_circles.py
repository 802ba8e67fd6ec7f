"""A letter for one circle of readers, from the list they came in with to what arrived, all by the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amity.letter.models import Edition, Picture, Subscriber
from browsing import Browser, words_of
from cast import a_picture
from letter_cast import ines_letter, links, send_all
from sink import parsed

pytestmark = pytest.mark.django_db
LIST = b"E-Mail,Name,Groups\nada@a.example,Ada,dinners; looms\nbo@b.example,Bo,looms\ncy@c.example,Cy,\n"


@pytest.fixture
def browser(sink):
    """Give Ines's browser, after a list of three readers came in with their circles."""
    head = ines_letter()
    head.owner.welcomed = True
    head.owner.save()
    browser = Browser(head.owner)
    file = SimpleUploadedFile("readers.csv", LIST)
    columns = {"address": "E-Mail", "name": "Name", "circles": "Groups"}
    browser.post(reverse("readers"), {"file": file, "source": "the March dinner", **columns})
    browser.head = head
    return browser


def an_edition(browser, **fields):
    browser.post(reverse("edition_add"), {"title": "A table"})
    edition = Edition.objects.get()
    at = reverse("edition", args=[edition.uid])
    browser.post(at, {"title": "A table", "words": "Come.", "in_archive": "1", **fields})
    return edition, at


def deed(browser, edition, name, **fields):
    return browser.post(reverse("edition_deed", args=[edition.uid]), {"deed": name, **fields})


def test_a_circle_of_readers_gets_its_letter_and_nobody_else_and_it_is_in_no_archive(browser, sink):
    cy = Subscriber.objects.get(name="Cy")
    browser.post(reverse("reader_circles", args=[cy.uid]), {"circles": "dinners"})
    edition, at = an_edition(browser, circles="dinners")

    said = browser.reads(at)
    deed(browser, edition, "send")
    send_all(browser.head)

    assert "2 people" in said
    assert sorted(sink.to()) == ["ada@a.example", "cy@c.example"]
    assert "A table" not in words_of(Browser().get("/letters/small-tables"))
    assert "dinners" in words_of(Browser().get(next(one for one in links(sink) if "/preferences/" in one)))


def test_a_circle_that_nobody_is_in_sends_nothing_and_says_so(browser, sink):
    edition, _ = an_edition(browser, circles="weavers")

    answer = deed(browser, edition, "send")

    assert "Nobody reads this letter yet." in words_of(answer)
    assert Edition.objects.get().state == "draft"


def test_a_picture_a_trial_and_a_postscript_by_the_pages(browser, sink):
    edition, _ = an_edition(browser, picture=SimpleUploadedFile("loom.png", a_picture("olive")), alt="A loom")
    deed(browser, edition, "test", address="ines@letters.example")
    deed(browser, edition, "postscript", address="bo@b.example", postscript="Bring the paper.")
    deed(browser, edition, "send")
    send_all(browser.head)

    html = {to: parsed(raw).get_body(("html",)).get_content() for to, _, raw in sink.mails}
    path = f"/letters/pictures/{Picture.objects.get().uid}.jpg"
    shown = f'src="https://ines.example{path}"'
    assert sorted(html) == ["ada@a.example", "bo@b.example", "cy@c.example", "ines@letters.example"]
    assert [to for to, part in html.items() if "Bring the paper." in part] == ["bo@b.example"]
    assert all(shown in part and 'alt="A loom"' in part for part in html.values())
    assert Browser().get(path)["Content-Type"] == "image/jpeg"

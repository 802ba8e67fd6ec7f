"""What a stranger sees of a card, and what becomes of what they send."""

from __future__ import annotations

import html
import io
import re
from urllib.parse import urlencode

import pytest
import time_machine
from PIL import Image

from amity.card.actions import CardSaid, FieldSaid, add, add_link, revoke_link, set_photo, take_down
from amity.card.models import Card, Visitor
from amity.card.visiting import TIMES_AN_HOUR
from amity.card.waiting import accept
from amity.journal.models import Deed
from amity.letter.models import Consent, Letterhead
from amity.letter.setting_up import head_of, set_up
from amity.people.actions import add_fact
from browsing import Browser, words_of
from cast import a_gathering, a_person, day

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = "2026-05-10T09:00:05+00:00"
FILLED = {"name": "Ada Byron", "way": "ada@looms.example", "line": "I count with looms.", "keep": "yes"}
NUMBER = "+49 30 1234567"


@pytest.fixture
def card(maya) -> Card:
    fields = (
        FieldSaid("maya@loom.example", "work"),
        FieldSaid("https://loom.example/maya"),
        FieldSaid(NUMBER, after=True),
    )
    return add(maya, CardSaid(label="work", name="Zoë Lind", handle="maya", title="Weaver", fields=fields))


@pytest.fixture
def letter(maya) -> Letterhead:
    return set_up(head_of(maya), is_open=True, title="Loom News")


@pytest.fixture
def stranger() -> Browser:
    return Browser()


def send(stranger: Browser, at: str = "maya", *, seconds: bool = True, **changed: str):
    """Open a card, wait five seconds, and send its form with these fields changed."""
    page = stranger.get(f"/@{at}").content.decode()
    form = {"form": html.unescape(re.search(r'name="form" value="([^"]+)"', page)[1]), **FILLED, **changed}
    with time_machine.travel(LATER if seconds else "2026-05-10T09:00:00+00:00", tick=False):
        return post(stranger, f"/@{at}/leave", form)


def post(stranger: Browser, address: str, form: dict[str, str]):
    """Send a form as a page's own does."""
    return stranger.post(address, urlencode(form), content_type="application/x-www-form-urlencoded")


def test_a_card_is_an_h_card_without_script_cookie_or_index(card, stranger):
    answer = stranger.get("/@Maya")
    page = answer.content.decode()

    for part in (
        '<article class="h-card card">',
        '<h1 class="p-name" dir="auto">Zoë Lind</h1>',
        '<span class="p-job-title">Weaver</span>',
        '<a class="u-email" href="mailto:maya@loom.example">',
        '<a class="u-url" rel="me noopener" href="https://loom.example/maya">',
        '<meta name="robots" content="noindex, nofollow">',
    ):
        assert part in page
    assert "<script" not in page
    assert NUMBER not in page
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_card_loads_nothing_from_elsewhere(card, stranger):
    page = stranger.get("/@maya").content.decode()

    loaded = re.findall(r'(?:src|action)="([^"]*)"|<link[^>]*href="([^"]*)"', page)
    assert {(one or other)[0] for one, other in loaded} == {"/"}


def test_a_card_is_saved_as_a_vcard_of_that_name(card, stranger):
    answer = stranger.get("/@maya/card.vcf")

    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="Zoe-Lind.vcf"'
    assert answer.content.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert "FN:Zoë Lind\r\n" in answer.content.decode()
    assert NUMBER not in answer.content.decode()


def test_the_number_is_shown_after_they_leave_theirs(card, stranger):
    answer = send(stranger)

    thanks = stranger.get(answer["Location"])
    assert answer.status_code == 302
    assert NUMBER in words_of(thanks)
    assert NUMBER in stranger.get(answer["Location"] + "/card.vcf").content.decode()
    assert "Ada" not in words_of(thanks)
    assert not answer.cookies


def test_what_was_left_waits_for_the_owner(card, stranger, browser_of_maya):
    send(stranger)

    assert "Somebody left their details on your card and waits" in browser_of_maya.reads("/people")
    text = browser_of_maya.reads("/waiting")
    assert "Ada Byron ada@looms.example I count with looms." in text
    assert "Without an answer this is erased on 8 August 2026." in text


def test_the_owner_takes_a_visitor_into_the_book(card, stranger, browser_of_maya):
    send(stranger)
    visitor = Visitor.objects.get()

    answer = browser_of_maya.post(
        f"/waiting/{visitor.uid}", {"do": "accept", "how_met": "By the loom.", "met": "yes"}, follow=True
    )

    assert "Ada Byron is in your book." in words_of(answer)
    assert "By the loom." in words_of(answer)
    assert "Nobody is waiting." in browser_of_maya.reads("/waiting")


def test_the_owner_lets_a_visitor_go_and_takes_it_back(card, stranger, browser_of_maya, maya):
    send(stranger)

    browser_of_maya.post(f"/waiting/{Visitor.objects.get().uid}", {"do": "reject"})

    assert "Nobody is waiting." in browser_of_maya.reads("/waiting")
    browser_of_maya.post(f"/undo/{Deed.objects.of(maya).latest('id').uid}")
    assert "Ada Byron" in browser_of_maya.reads("/waiting")


def test_a_link_for_a_gathering_fills_in_how_we_met(card, stranger, maya, browser_of_maya):
    link = add_link(card, today=day("2026-05-10"), gathering=a_gathering("Weavers' Day", "2026-05-10"))

    send(stranger, f"~{link.token}")

    assert Visitor.objects.get().how_met == "We met at Weavers' Day."
    assert 'value="We met at Weavers&#x27; Day."' in browser_of_maya.get("/waiting").content.decode()


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"fax": "1"}, 400, "A program seems to have filled this in."),
        ({"form": ""}, 400, "Please open the card again"),
        ({"form": "forged:1:x"}, 400, "Please open the card again"),
        ({"name": ""}, 400, "Please write your name."),
        ({"way": "?"}, 400, "Write one way to be reached"),
        ({"keep": ""}, 400, "only if you tick the box"),
        ({"name": "x" * 200}, 400, "up to 120 signs"),
        ({"line": "x" * 20_000}, 413, "far too much for a card"),
        ({"line": "x" * 50_000}, 413, "far too much for a card"),
    ],
)
def test_a_form_that_is_wrong_keeps_nothing_and_gives_nothing_back(card, stranger, changed, status, sentence):
    answer = send(stranger, **{"name": "Zebulon", **changed})

    assert (answer.status_code, Visitor.objects.count()) == (status, 0)
    assert sentence in words_of(answer)
    assert "Zebulon" not in answer.content.decode()
    assert "xxxx" not in answer.content.decode()
    assert not answer.cookies


def test_five_megabytes_are_turned_away_unread(card, stranger):
    answer = send(stranger, line="x" * 5_000_000)

    assert (answer["Location"], Visitor.objects.count()) == ("/sign-in", 0)


def test_a_form_sent_at_once_is_a_programs(card, stranger):
    answer = send(stranger, seconds=False)

    assert "That was very quick." in words_of(answer)
    assert Visitor.objects.count() == 0


def test_a_form_of_yesterday_is_asked_for_again(card, stranger):
    page = stranger.get("/@maya").content.decode()
    form = {"form": re.search(r'name="form" value="([^"]+)"', page)[1], **FILLED}

    with time_machine.travel("2026-05-11T09:00:01+00:00", tick=False):
        answer = post(stranger, "/@maya/leave", form)

    assert "Please open the card again" in words_of(answer)


def test_the_form_of_another_card_is_refused(card, stranger, maya):
    add(maya, CardSaid(label="private", name="Maya", handle="maya-home"))
    page = stranger.get("/@maya-home").content.decode()

    with time_machine.travel(LATER, tick=False):
        form = {"form": re.search(r'name="form" value="([^"]+)"', page)[1], **FILLED}
        answer = post(stranger, "/@maya/leave", form)

    assert (answer.status_code, Visitor.objects.count()) == (400, 0)


def test_a_script_is_only_words(card, stranger, browser_of_maya):
    evil = '"><script>alert(1)</script>'
    send(stranger, name=evil, way="javascript:alert(1)", line=evil)

    page = browser_of_maya.get("/waiting").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert evil in html.unescape(page)


def test_a_burst_from_one_address_is_stopped(card, stranger):
    answers = [send(stranger, way=f"{number}@looms.example") for number in range(TIMES_AN_HOUR + 1)]

    assert [answer.status_code for answer in answers] == [302] * TIMES_AN_HOUR + [429]
    assert Visitor.objects.count() == TIMES_AN_HOUR


def test_the_same_visitor_is_answered_as_before(card, stranger):
    first, second = send(stranger), send(stranger)

    assert (first.status_code, second.status_code, Visitor.objects.count()) == (302, 302, 1)
    assert words_of(stranger.get(first["Location"])) == words_of(stranger.get(second["Location"]))


def test_without_a_letter_of_the_owners_nobody_is_asked_about_one(card, stranger):
    page = stranger.get("/@maya").content.decode()

    assert 'name="letter"' not in page
    assert 'name="keep" type="checkbox" value="yes" required>' in page


def test_two_boxes_are_two_answers_and_neither_is_ticked(card, letter, stranger):
    boxes = re.findall(r'<input id="(keep|letter)"[^>]*>', stranger.get("/@maya").content.decode())

    assert boxes == ["keep", "letter"]
    assert "checked" not in stranger.get("/@maya").content.decode()


@pytest.mark.parametrize(
    ("ticked", "kept", "asked"),
    [
        ({"keep": "yes", "letter": "yes"}, 1, 1),
        ({"keep": "yes", "letter": ""}, 1, 0),
        ({"keep": "", "letter": "yes"}, 0, 1),
        ({"keep": "", "letter": ""}, 0, 0),
    ],
)
def test_each_box_does_what_it_says(card, letter, stranger, ticked, kept, asked):
    send(stranger, **ticked)

    assert (Visitor.objects.count(), Consent.objects.filter(form="card").count()) == (kept, asked)


def test_the_letter_needs_a_mail_address_and_then_nothing_is_kept_either(card, letter, stranger):
    answer = send(stranger, way="@ada", letter="yes")

    assert "does not look like an e-mail address" in words_of(answer)
    assert (Visitor.objects.count(), Consent.objects.count()) == (0, 0)


def test_who_wants_only_the_letter_sees_no_more_of_the_card(card, letter, stranger):
    answer = send(stranger, keep="", letter="yes")

    assert "A mail is on its way." in words_of(answer)
    assert NUMBER not in words_of(answer)


def test_a_visitor_takes_their_details_back_by_a_button_not_by_a_look(card, stranger):
    thanks = stranger.get(send(stranger)["Location"]).content.decode()
    back = re.search(r'href="([^"]+/back)"', thanks)[1]

    stranger.get(back)
    assert Visitor.objects.count() == 1
    answer = stranger.post(back)

    assert "Taken back" in words_of(answer)
    assert Visitor.objects.count() == 0
    assert stranger.post(back).status_code == 404


def test_who_was_accepted_and_takes_it_back_is_named_to_the_owner(card, stranger, browser_of_maya):
    thanks = stranger.get(send(stranger)["Location"]).content.decode()
    visitor = Visitor.objects.get()
    accept(visitor)

    stranger.post(re.search(r'href="([^"]+/back)"', thanks)[1])

    assert "Taken back" in browser_of_maya.reads("/waiting")
    browser_of_maya.post(f"/waiting/{visitor.uid}", {"do": "trash"})
    assert "Taken back" not in browser_of_maya.reads("/waiting")


@pytest.mark.parametrize("address", ["/@maya", "/@maya/card.vcf", "/@maya/photo.jpg"])
def test_a_card_taken_down_is_gone_and_so_are_its_files(card, stranger, address):
    set_photo(card.owner, photo())
    assert stranger.get(address).status_code == 200

    take_down(card)

    answer = stranger.get(address)
    assert (answer.status_code, "Zoë" in answer.content.decode()) == (404, False)
    assert words_of(answer) == words_of(stranger.get("/@nobody"))


def test_a_revoked_link_takes_no_details(card, stranger):
    link = add_link(card, today=day("2026-05-10"))
    page = stranger.get(f"/@~{link.token}").content.decode()
    revoke_link(link)

    with time_machine.travel(LATER, tick=False):
        form = {"form": re.search(r'name="form" value="([^"]+)"', page)[1], **FILLED}
        answer = post(stranger, f"/@~{link.token}/leave", form)

    assert (answer.status_code, Visitor.objects.count()) == (404, 0)


def test_a_card_says_nothing_of_the_book(card, stranger):
    add_fact(a_person("Zebulon Byron").person, "Zebulon's secret", sensitive=True)
    link = add_link(card, today=day("2026-05-10"), how_met="Zebulon introduced us.")
    thanks = send(stranger)["Location"]

    for address in ("/@maya", f"/@~{link.token}", "/@maya/card.vcf", thanks, f"{thanks}/card.vcf"):
        page = stranger.get(address).content.decode()
        assert "Zebulon" not in page, address
        assert "Ada Byron" not in page, address
        assert "book.example" not in page, address


def test_even_the_owner_sees_a_card_as_a_stranger_does(card, browser_of_maya, stranger):
    assert words_of(browser_of_maya.get("/@maya")) == words_of(stranger.get("/@maya"))


def test_a_card_asks_the_database_five_times_at_most(card, stranger, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        stranger.get("/@maya")


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")
    return out.getvalue()

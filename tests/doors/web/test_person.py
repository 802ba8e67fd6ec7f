from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amity.moments.models import Gift, Moment, Participation, Promise
from amity.owner.actions import claim
from amity.owner.queries import known_by
from amity.people.actions import add_fact, shelve
from amity.people.links import know
from amity.people.models import Fact, Hope, Link, Person, PersonDate, Photo, Season, Spark, Way
from browsing import Browser, words_of
from cast import a_gathering, a_person, a_picture, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")


@pytest.fixture
def ada(maya) -> Person:
    return a_person("Ada Byron").person


def test_the_page_tells_the_whole_story(browser_of_maya, maya):
    ada = a_person("Ada Byron").kept(spark="like", words="She asks the second question", care="close")
    ada.met_on(
        "2026-03-01",
        "2026-04-01",
        "2026-05-01",
        setting="coffee shop",
        text="Spoke of looms",
        felt="gave energy",
    )
    ada.hopes("A flat with a piano").born("--12-10").reached_by("url", "https://ada.example")
    a_gathering("Loom supper", "2026-04-20", ada)

    text = browser_of_maya.reads(f"/people/{ada.person.uid}")

    for words in (
        "Steady. You are usually in touch every month; it has been",
        "You like them She asks the second question A close tie.",
        "From 1 March 2026; the last one was last Friday.",
        "A flat with a piano",
        "10 December birthday",
        "https://ada.example",
        "Where you both were Loom supper three weeks ago",
        "Last Friday · coffee shop · gave energy Spoke of looms",
    ):
        assert words in text, words


def test_nobody_by_that_id_is_told_in_one_sentence(browser_of_maya):
    answer = browser_of_maya.get("/people/nobody")

    assert answer.status_code == 404
    assert "There is nobody called 'nobody' here." in words_of(answer)


def test_keeping_says_why_in_the_owners_words(browser_of_maya, ada):
    form = {"spark": ["like", "rooting"], "line-like": "laughs", "line-admire": "no tick", "care": "warm"}

    browser_of_maya.post(f"/people/{ada.uid}/keep", form)

    said = {"like": "laughs", "rooting": "", "admire": "no tick"}
    assert dict(Spark.objects.values_list("kind", "line")) == said
    assert Person.objects.values_list("place", "care", "kept_on").get() == ("kept", "warm", TODAY)


def test_a_spark_that_is_no_longer_said_is_taken_out_and_can_come_back(script_of_maya, maya):
    ada = a_person("Ada Byron").kept(spark="admire", words="her looms").person

    answer = script_of_maya.post(
        f"/people/{ada.uid}/keep", {"spark": "like", "line-like": "", "care": "light"}
    )
    undo = answer.content.decode().split('action="/undo/')[1].split('"')[0]
    script_of_maya.post(f"/undo/{undo}")

    assert dict(Spark.objects.values_list("kind", "line")) == {"admire": "her looms"}


def test_a_spark_that_is_none_is_said_beside_the_form(script_of_maya, ada):
    answer = script_of_maya.post(f"/people/{ada.uid}/keep", {"spark": "lust", "care": "light"})

    assert answer.status_code == 422
    assert Spark.objects.count() == 0


def test_shelf_trash_and_back(browser_of_maya, ada):
    said = [
        words_of(browser_of_maya.post(f"/people/{ada.uid}/{deed}", follow=True))
        for deed in ("shelf", "unshelf", "trash", "untrash")
    ]

    assert "Put Ada Byron on the shelf. Undo" in said[0]
    assert "Took Ada Byron from the shelf. Undo" in said[1]
    assert "Put Ada Byron into the trash. Undo" in said[2]
    assert "Took Ada Byron out of the trash. Undo" in said[3]
    assert Person.objects.values_list("place", "trashed_at").get() == ("new", None)


def test_the_head_is_changed_in_one_deed(browser_of_maya, ada):
    form = {
        "name": "Ada Lovelock",
        "met": "Over tea",
        "title": "Weaver",
        "organisation": "Loomworks",
        "circles": "tea, looms",
        "remembered": "1",
        "photo": SimpleUploadedFile("ada.png", a_picture("red")),
    }

    answer = browser_of_maya.post(f"/people/{ada.uid}/edit", form, follow=True)

    text = words_of(answer)
    for words in (
        "Ada Lovelock",
        "Weaver, Loomworks",
        "looms · tea",
        "Over tea",
        "Remembered.",
        "Changed Ada Lovelock. Undo",
    ):
        assert words in text, words
    assert browser_of_maya.get(f"/people/{ada.uid}/photo").headers["Content-Type"] == "image/jpeg"
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": " "}, "A person needs a name."),
        (
            {"name": "Ada", "photo": SimpleUploadedFile("ada.png", b"no picture")},
            "That is not a picture Amity can open",
        ),
    ],
)
def test_what_is_wrong_with_the_head_is_said_and_nothing_changes(browser_of_maya, ada, form, said):
    answer = browser_of_maya.post(f"/people/{ada.uid}/edit", form)

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert Person.objects.get().name == "Ada Byron"


def test_somebody_without_a_photo_has_none_to_give(browser_of_maya, ada):
    assert "There is no photo of them here." in browser_of_maya.reads(f"/people/{ada.uid}/photo")


@pytest.mark.parametrize(
    ("section", "form", "shown"),
    [
        ("hopes", {"text": "A flat with a piano"}, "A flat with a piano today"),
        ("facts", {"text": "Likes tea"}, "Likes tea your note, May 2026"),
        ("days", {"kind": "birthday", "value": "--12-10"}, "10 December birthday"),
        ("ways", {"value": "ada@looms.example", "label": "work"}, "ada@looms.example work"),
        ("ways", {"value": "+44 20 7946 0018"}, "+44 20 7946 0018"),
        ("ways", {"value": "https://ada.example/me"}, "https://ada.example/me"),
        ("ways", {"value": "@ada"}, "@ada"),
        (
            "links",
            {"other": "Tom", "kind": "friend", "since": "2019"},
            "Tom is Ada Byron 's friend since 2019, your note",
        ),
        ("seasons", {"text": "Moving house", "until": "2026-06-01"}, "Moving house until 1 June 2026"),
        (
            "seasons",
            {"text": "Newborn", "starts": "2026-06-01", "until": "2026-07-01"},
            "Newborn from 1 June 2026 until 1 July 2026",
        ),
        ("promises", {"text": "Send the paper", "due": "2026-05-13"}, "Send the paper by Wednesday"),
        (
            "moments",
            {
                "text": "Spoke of looms",
                "day": "2026-05-09",
                "kind": "met",
                "setting": "hotel bar",
                "felt": "took",
            },
            "Yesterday · hotel bar · took energy Spoke of looms",
        ),
    ],
)
def test_a_line_is_added_and_can_be_undone(script_of_maya, browser_of_maya, ada, section, form, shown):
    answer = script_of_maya.post(f"/people/{ada.uid}/{section}", form)
    undo = answer.content.decode().split('action="/undo/')[1].split('"')[0]

    assert shown in words_of(answer)
    assert shown in browser_of_maya.reads(f"/people/{ada.uid}")

    browser_of_maya.post(f"/undo/{undo}")

    assert shown not in browser_of_maya.reads(f"/people/{ada.uid}")


@pytest.mark.parametrize(
    ("section", "form", "said"),
    [
        ("hopes", {"text": " "}, "There is nothing written there yet."),
        ("facts", {"text": ""}, "There is nothing written there yet."),
        ("days", {"value": "soon"}, "Write the day like 1990-12-10"),
        ("ways", {"value": "ada@"}, "does not look like a way"),
        ("seasons", {"until": "2026-05-01"}, "A season ends after it begins."),
        ("promises", {"text": "", "due": ""}, "A promise needs words."),
        ("promises", {"text": "Paper", "due": "Friday"}, "That is not a day; write it like 2026-05-03."),
        ("moments", {"text": "x", "day": "0001-01-01"}, "Days lie between the years 1800 and 2100 here."),
        ("moments", {"text": "x", "setting": "moon"}, "'moon' is not a setting."),
        ("moments", {"text": "x", "gift": "gold"}, "'gold' is not a kind of gift"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_which_keeps_what_was_typed(
    browser_of_maya, ada, section, form, said
):
    answer = browser_of_maya.post(f"/people/{ada.uid}/{section}", form)

    assert answer.status_code == 422
    assert said in words_of(answer)
    typed = form.get("text") or form.get("value") or ""
    assert typed.strip() in answer.content.decode()
    assert (Hope.objects.count(), Moment.objects.count(), Promise.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("do", "left"),
    [("save", ("A boat", "open")), ("happened", ("Tea", "happened")), ("let_go", ("Tea", "let go"))],
)
def test_a_hope_is_said_differently_happens_or_is_let_go(browser_of_maya, ada, do, left):
    hope = Hope.objects.create(owner=ada.owner, person=ada, text="Tea", day=TODAY)

    browser_of_maya.post(f"/hopes/{hope.uid}", {"do": do, "text": "A boat"})

    assert Hope.objects.values_list("text", "state").get() == left


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (Hope, {"text": "Tea", "day": TODAY}),
        (Fact, {"text": "Tea"}),
        (PersonDate, {"kind": "birthday", "value": "--12-10"}),
        (Way, {"kind": "handle", "value": "@ada", "normal": "@ada"}),
        (Season, {"starts": TODAY, "ends": TODAY}),
    ],
)
def test_a_line_is_taken_out(browser_of_maya, ada, kind, columns):
    line = kind.objects.create(owner=ada.owner, person=ada, **columns)
    address = {PersonDate: "days"}.get(kind, f"{kind.__name__.lower()}s")

    browser_of_maya.post(f"/{address}/{line.uid}", {"do": "remove"})

    assert kind.objects.count() == 0


def test_a_deed_that_is_none_is_said(script_of_maya, ada):
    hope = Hope.objects.create(owner=ada.owner, person=ada, text="Tea", day=TODAY)

    answer = script_of_maya.post(f"/hopes/{hope.uid}", {"do": "explode"})

    assert answer.status_code == 422
    assert "Say what is to happen with that line." in words_of(answer)


def test_a_season_ends_today(browser_of_maya, ada):
    season = Season.objects.create(
        owner=ada.owner, person=ada, starts=day("2026-05-01"), ends=day("2026-07-01")
    )

    browser_of_maya.post(f"/seasons/{season.uid}", {"do": "end"})

    assert Season.objects.get().ends == day("2026-05-09")


def test_a_moment_is_told_differently_or_taken_out(browser_of_maya, ada):
    a = a_person("Charles Wick").met_on("2026-05-01", text="Tea").person
    moment = Moment.objects.get()

    browser_of_maya.post(f"/moments/{moment.uid}", {"do": "save", "text": "Coffee", "person": a.uid})
    told = Moment.objects.get().text
    browser_of_maya.post(f"/moments/{moment.uid}", {"do": "remove", "person": a.uid})

    assert told == "Coffee"
    assert Moment.objects.count() == 0


def test_a_gift_is_noted_with_its_moment(browser_of_maya, ada):
    form = {"text": "Tea", "day": "2026-05-09", "kind": "met", "gift": "introduction", "given": "1"}

    browser_of_maya.post(f"/people/{ada.uid}/moments", form)

    assert Gift.objects.values_list("kind", "received", "moment__text").get() == (
        "introduction",
        False,
        "Tea",
    )


def test_who_knows_whom_is_said_on_both_pages_and_taken_out_on_either(browser_of_maya, ada):
    ben = a_person("Ben Okri").person
    browser_of_maya.post(f"/people/{ada.uid}/links", {"other": "Ben Okri", "kind": "colleague"})
    pages = [browser_of_maya.get(f"/people/{one.uid}").content.decode() for one in (ada, ben)]

    browser_of_maya.post(f"/links/{Link.objects.get().uid}", {"do": "remove", "person": ben.uid})

    bens, adas = (f'<a href="/people/{one.uid}"><bdi>{one.name}</bdi></a>' for one in (ben, ada))
    assert f"{bens} is <bdi>{ada.name}</bdi>&#x27;s colleague" in pages[0].replace("'s", "&#x27;s")
    assert f"<bdi>Ben Okri</bdi> is {adas}&#x27;s colleague" in pages[1].replace("'s", "&#x27;s")
    assert not Link.objects.exists()


def test_through_whom_you_met_is_said_in_the_head_and_undone_with_it(browser_of_maya, ada):
    charles = a_person("Charles Babbage").person
    form = {"name": ada.name, "through": "charles babbage"}

    answer = browser_of_maya.post(f"/people/{ada.uid}/edit", form, follow=True)
    undo = answer.content.decode().split('action="/undo/')[1].split('"')[0]
    browser_of_maya.post(f"/undo/{undo}")

    assert f'through <a href="/people/{charles.uid}">' in answer.content.decode()
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value", "taps"),
    [
        ("email", "ada@looms.example", ["mailto:ada@looms.example"]),
        ("phone", "+44 20 7946 0018", ["tel:+442079460018", "sms:+442079460018"]),
        ("url", "https://ada.example/me", ["https://ada.example/me"]),
        ("address", "1 Loom St, Ely", ["geo:0,0?q=1%20Loom%20St%2C%20Ely"]),
        ("url", "javascript:alert(1)//x.example/", []),
        ("handle", "@ada", []),
    ],
)
def test_a_way_is_one_tap_away_and_its_label_can_change(browser_of_maya, ada, kind, value, taps):
    way = Way.objects.create(
        owner=ada.owner, person=ada, kind=kind, value=value, normal="+442079460018" if kind == "phone" else ""
    )

    browser_of_maya.post(f"/ways/{way.uid}", {"do": "label", "label": "studio"})

    section = (
        browser_of_maya.get(f"/people/{ada.uid}")
        .content.decode()
        .split('id="ways"')[1]
        .split("</section>")[0]
    )
    assert re.findall('<a class="quiet small" href="([^"]+)"', section) == taps
    assert "studio" in section


def test_before_you_meet_tells_what_matters_and_nothing_private(browser_of_maya, ada):
    add_fact(ada, "Grows figs", day=TODAY)
    add_fact(ada, "Left her husband", day=TODAY, sensitive=True)
    know(ada, a_person("Ben Okri").person, "colleague")

    text = browser_of_maya.reads(f"/people/{ada.uid}/brief")

    for words in ("Before you meet Ada Byron", "Grows figs", "Also known by Ben Okri", "And a way out"):
        assert words in text, words
    assert "husband" not in text


def test_a_sensitive_fact_is_in_no_page_until_it_is_asked_for(browser_of_maya, script_of_maya, ada):
    fact = add_fact(ada, "Is going through a separation", sensitive=True)

    page = browser_of_maya.get(f"/people/{ada.uid}").content.decode()

    assert "separation" not in page
    assert "separation" in script_of_maya.reads(f"/facts/{fact.uid}/show")
    assert "separation" in browser_of_maya.reads(f"/people/{ada.uid}?show={fact.uid}")


def test_earlier_moments_are_one_click_away(browser_of_maya, ada):
    a = a_person("Charles Wick").met_on(*(f"2026-04-{number:02}" for number in range(1, 21)))

    first = browser_of_maya.get(f"/people/{a.person.uid}").content.decode()
    more = browser_of_maya.get(f"/people/{a.person.uid}?moments=62").content.decode()

    assert f'href="/people/{a.person.uid}?moments=62#moments"' in first
    assert [text.count('class="moment item"') for text in (first, more)] == [12, 20]


def test_names_are_written_out_and_never_run(browser_of_maya, maya):
    person = a_person('<script>alert("x")</script>').hopes("<img src=x onerror=alert(1)>").person

    page = browser_of_maya.get(f"/people/{person.uid}").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_fuller_page_asks_no_more_questions(maya, count, django_assert_max_num_queries):
    ada = a_person("Ada Byron").kept(spark="like")
    for number in range(count):
        ada.met_on(f"2026-04-0{number + 1}", text="Tea").hopes(f"Hope {number}").reached_by(
            "handle", f"@{number}"
        )
        a_gathering(f"Supper {number}", "2026-04-20", ada)
    browser = Browser(maya)
    browser.get(f"/people/{ada.person.uid}")

    with django_assert_max_num_queries(20):
        browser.get(f"/people/{ada.person.uid}")


def test_a_shelved_person_says_so(browser_of_maya, ada):
    shelve(ada)

    assert "On the shelf: still here to be found, never suggested." in browser_of_maya.reads(
        f"/people/{ada.uid}"
    )


def test_a_season_is_said_differently_and_taken_out(browser_of_maya, ada):
    browser_of_maya.post(f"/people/{ada.uid}/seasons", {"text": "newborn", "until": "2026-07-01"})
    season = Season.objects.get()

    wrong = browser_of_maya.post(
        f"/seasons/{season.uid}",
        {"do": "save", "line": season.uid, "text": "twins", "starts": "2026-05-10", "until": "2026-05-01"},
    )
    browser_of_maya.post(
        f"/seasons/{season.uid}",
        {"do": "save", "text": "twins", "starts": "2026-05-10", "until": "2026-09-01"},
    )
    told = Season.objects.values_list("why", "starts", "ends").get()
    browser_of_maya.post(f"/seasons/{season.uid}", {"do": "remove"})

    assert "A season ends after it begins." in words_of(wrong)
    assert 'value="twins"' in wrong.content.decode()
    assert told == ("twins", TODAY, day("2026-09-01"))
    assert Season.objects.count() == 0


def test_that_is_me_makes_their_addresses_mine_and_can_be_taken_back(browser_of_maya, maya, ada):
    claim(maya, "email", "maya@book.example")
    for value in ("maya@book.example", "maya@work.example", "+351 912 345 678", "info@work.example", "@maya"):
        browser_of_maya.post(f"/people/{ada.uid}/ways", {"value": value})

    gone = browser_of_maya.post(f"/people/{ada.uid}/me", follow=True)
    mine = known_by(maya)
    browser_of_maya.post(f"/undo/{gone.context['deed']['uid']}")

    assert "Ada Byron is you, and left the book. Undo" in words_of(gone)
    assert mine == {
        ("email", "maya@book.example"),
        ("email", "maya@work.example"),
        ("phone", "+351912345678"),
    }
    assert known_by(maya) == {("email", "maya@book.example")}
    assert Person.objects.get(pk=ada.pk).trashed_at is None


def test_a_page_of_three_thousand_moments_stays_small(browser_of_maya, maya, ada):
    rows = [
        Moment(owner=maya, day=TODAY - timedelta(days=at // 2), kind="mail", direction="in", text="x" * 300)
        for at in range(3000)
    ]
    Moment.objects.bulk_create(rows)
    Participation.objects.bulk_create(Participation(owner=maya, moment=row, person=ada) for row in rows)
    names = [f"Somebody with a long name {at:03}" for at in range(300)]
    Person.objects.bulk_create(Person(owner=maya, name=name, folded=name, place="kept") for name in names)

    page = browser_of_maya.get(f"/people/{ada.uid}").content

    assert "x" * 300 in page.decode()
    assert len(page) < 100_000
    assert "moments=62" in page.decode()
    assert "moments=5" not in browser_of_maya.get(f"/people/{ada.uid}?moments=512").content.decode()


def test_the_head_is_saved_as_its_own_form_says_and_a_form_from_before_is_shown_beside(client, maya, ada):
    client.force_login(maya)
    address = f"/people/{ada.uid}/edit"
    drawn = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())[1]
    said = {"name": ada.name, "met": "At the mill", "seen": drawn}

    first, later = client.post(address, said), client.post(address, {**said, "met": "On the train"})

    assert (first.status_code, later.status_code) == (302, 409)
    assert Person.objects.get(pk=ada.pk).how_met == "At the mill"
    assert "On the train" in later.content.decode()


def test_the_head_opened_by_its_own_address_is_saved_as_a_page_also_with_a_script(
    browser_of_maya, script_of_maya, ada
):
    address = f"/people/{ada.uid}/edit"

    alone, swapped = browser_of_maya.get(address), script_of_maya.get(address)

    assert f'hx-post="{address}"' in swapped.content.decode()
    assert f'hx-post="{address}"' not in alone.content.decode()

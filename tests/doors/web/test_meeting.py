"""Meet in the browser: a gathering from the first word to what a yes opens, without a script."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amity.checkins.actions import add as add_word
from amity.checkins.models import Checkin
from amity.gatherings.models import Gathering
from amity.moments.actions import give
from amity.moments.models import Gift, Moment, Promise
from amity.moments.own_settings import own_settings
from amity.people.actions import add_fact, end_hope
from amity.people.models import Hope, Person
from browsing import words_of
from cast import a_gathering, a_person, day

pytestmark = pytest.mark.django_db


def of(gathering, page=""):
    return f"/gatherings/{gathering.uid}{page}"


def test_meet_opens_with_the_next_gathering_as_a_brief(browser_of_maya):
    ada = a_person("Ada Byron").kept(spark="curious", words="her loom")
    add_fact(ada.person, "planted secret", sensitive=True)
    a_gathering("Loom Fair", "2026-05-11", ada, size=40, place="Porto", setting="crowded room")

    read = browser_of_maya.reads("/meet")

    assert "Loom Fair Tomorrow, Porto" in read
    assert (
        "You wrote that you are curious about them: “her loom”, and the two of you have never talked yet."
        in read
    )
    assert "An hour is plenty" in read
    assert "planted secret" not in read


def test_an_empty_calendar_says_what_to_do(browser_of_maya):
    assert "Nothing is in the calendar." in browser_of_maya.reads("/meet")


def test_a_gathering_is_written_down_by_hand(browser_of_maya, maya):
    form = {
        "title": "Dinner",
        "day": "2026-05-12",
        "starts": "20:00",
        "ends": "01:00",
        "setting": "dinner party",
    }

    answer = browser_of_maya.post("/gatherings/new", form, follow=True)

    assert "Dinner On Tuesday, 20:00 to 01:00" in words_of(answer)
    assert Gathering.objects.of(maya).get().setting == "dinner party"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "A gathering needs a name."),
        ({"day": "soon"}, "That is not a day"),
        ({"starts": "25:99"}, "That is not an hour"),
        ({"last_day": "2026-05-01"}, "A gathering ends after it begins."),
    ],
)
def test_a_form_that_cannot_be_read_keeps_what_was_typed_and_says_what(browser_of_maya, wrong, sentence):
    form = {"title": "Dinner", "day": "2026-05-12", "place": "Porto"} | wrong

    answer = browser_of_maya.post("/gatherings/new", form)

    assert (answer.status_code, Gathering.objects.count()) == (422, 0)
    assert sentence in words_of(answer)
    assert 'value="Porto"' in answer.content.decode()


def test_a_conference_of_the_shipped_list_fills_the_form_in(browser_of_maya):
    answer = browser_of_maya.get("/gatherings/new", {"find": "berlin"})
    link = next(part for part in answer.content.decode().split('"') if part.startswith("?title="))

    form = browser_of_maya.get("/gatherings/new" + link.replace("&amp;", "&")).content.decode()

    assert 'name="place" type="text" maxlength="300" value="Berlin"' in form


def test_an_attendee_list_is_dropped_as_a_file(browser_of_maya):
    a_person("Ada Byron").reached_by("email", "ada@loom.example")
    fair = a_gathering("Loom Fair", "2026-05-12")
    file = SimpleUploadedFile("luma.csv", b"name,email\nAda,ada@loom.example\nKofi Novak,\n")

    answer = browser_of_maya.post(of(fair, "/list"), {"file": file}, follow=True)

    assert "2 added, 1 in your book." in words_of(answer)
    assert fair.attendances.count() == 2


def test_a_list_with_the_wrong_columns_is_said_beside_the_field(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-12")

    answer = browser_of_maya.post(of(fair, "/list"), {"list": "sku,price\nloom,3"})

    assert (answer.status_code, fair.attendances.count()) == (422, 0)
    assert "A list has a column Name or Email" in words_of(answer)


def test_a_name_that_is_a_script_is_only_a_name(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-12", "<script>alert(1)</script>")

    pages = [browser_of_maya.get(of(fair, page)).content.decode() for page in ("", "/brief", "/debrief")]

    assert not [page for page in pages if "<script>alert" in page]


def test_the_debrief_writes_only_the_yes_and_offers_it_a_next_step(browser_of_maya):
    ada, kofi = a_person("Ada Byron"), a_person("Kofi Novak")
    fair = a_gathering("Loom Fair", "2026-05-09", ada, kofi, size=40)
    uid = {one.person.name: one.uid for one in fair.attendances.all()}
    form = {
        f"enjoyed-{uid['Ada Byron']}": "yes",
        f"spark-{uid['Ada Byron']}": ["curious", "like"],
        f"why-{uid['Ada Byron']}": "her loom",
        f"enjoyed-{uid['Kofi Novak']}": "not really",
        f"why-{uid['Kofi Novak']}": "planted grudge",
        "felt": "gave",
        "line": "Looms everywhere",
    }

    answer = browser_of_maya.post(of(fair, "/debrief"), form, follow=True)

    assert "Ada Byron Hi Ada, I enjoyed talking with you at Loom Fair." in words_of(answer)
    assert "Kofi" not in words_of(answer)
    assert {spark.kind: spark.line for spark in ada.person.sparks.all()} == {
        "curious": "her loom",
        "like": "",
    }
    assert list(Moment.objects.values_list("text", "felt")) == [("Looms everywhere", "gave energy")]
    assert "planted grudge" not in browser_of_maya.reads(f"/people/{kofi.person.uid}")


def test_a_debrief_with_nothing_said_is_complete(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-09", "Kofi Novak", size=40)

    answer = browser_of_maya.post(of(fair, "/debrief"), {}, follow=True)

    assert answer.redirect_chain[-1][0] == "/meet"
    assert "How was it?" not in words_of(answer)


def test_a_form_with_an_answer_that_is_none_is_refused(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-09", "Kofi Novak", size=40)

    answer = browser_of_maya.post(of(fair, "/debrief"), {f"enjoyed-{fair.attendances.get().uid}": "ugh"})

    assert answer.status_code == 422
    assert "is not an answer" in words_of(answer)


def test_names_not_on_the_list_become_people_when_one_enjoyed_them(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-09", size=40)

    browser_of_maya.post(of(fair, "/debrief"), {"also": "Tala Dahl, Otto Moreau"})

    assert sorted(Person.objects.values_list("name", "how_met")) == [
        ("Otto Moreau", "At Loom Fair"), ("Tala Dahl", "At Loom Fair"),
    ]  # fmt: skip


def test_a_promise_made_there_is_on_today_by_its_day(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-09", size=40)
    browser_of_maya.post(of(fair, "/debrief"), {"also": "Tala Dahl"})
    tala = Person.objects.get()

    form = {"person": tala.uid, "text": "send the paper", "due": "2026-05-12"}
    browser_of_maya.post(of(fair, "/promise"), form)

    assert Promise.objects.get().moment == Moment.objects.get()
    assert "send the paper Tala Dahl , by Tuesday" in browser_of_maya.reads("/")


def test_settings_that_suit_are_a_picture_with_its_words(browser_of_maya):
    a_person("Ada Byron").met_on("2026-01-05", "2026-02-05", setting="dinner party", felt="gave energy")

    page = browser_of_maya.get("/meet/settings").content.decode()

    assert page.count('<use class="dot gave" href="#at-dinner"') == 2
    assert 'role="img" aria-label="Two dinners so far: two gave energy. Too few to tell."' in page


def test_a_setting_is_named_where_one_says_it_and_suits_like_the_ten(browser_of_maya, maya):
    ada = a_person("Ada Byron").person
    song = {"title": "Summer concert", "day": "2026-05-09", "setting": "crowded room", "own_setting": "Choir"}

    browser_of_maya.post("/gatherings/new", song)
    browser_of_maya.post(f"/gatherings/{Gathering.objects.get().uid}/debrief", {"felt": "gave"})
    practice = {"day": "2026-05-08", "kind": "met", "own_setting": "choir", "felt": "gave", "text": "Sang"}
    browser_of_maya.post(f"/people/{ada.uid}/moments", practice)
    at_a_bar = {"day": "2026-05-07", "kind": "met", "own_setting": "Hotel Bar", "text": "Talked"}
    browser_of_maya.post(f"/people/{ada.uid}/moments", at_a_bar)

    page = browser_of_maya.reads("/meet/settings")
    assert own_settings(maya) == ["Choir"]
    assert "hotel bar One time at a hotel bar so far" in page
    assert "Choir Two occasions so far: two gave energy. Too few to tell." in page
    assert '<option value="Choir">' in browser_of_maya.get("/gatherings/new").content.decode()


def test_a_name_too_long_for_a_setting_stays_in_the_form_and_keeps_nothing(browser_of_maya):
    name = "the school gate on a rainy Monday"

    answer = browser_of_maya.post(
        "/gatherings/new", {"title": "Tea", "day": "2026-05-12", "own_setting": name}
    )

    assert (answer.status_code, Gathering.objects.count()) == (422, 0)
    assert "A setting has a name of up to 26 signs." in words_of(answer)
    assert f'value="{name}"' in answer.content.decode()


def test_the_words_stand_in_order_and_their_energy_is_drawn_without_a_score(browser_of_maya, maya):
    for on, word, felt in (
        ("03-01", "fake", "took energy"),
        ("04-01", "odd", ""),
        ("05-01", "calm", "gave energy"),
    ):
        add_word(maya, word, day=day(f"2026-{on}"), felt=felt)

    answer = browser_of_maya.get("/check-ins")

    page, text = answer.content.decode(), words_of(answer)
    drawn = re.findall(r'class="dot (\w+)" href="#at-coffee" x="([\d.]+)%" y="(\d+)"', page)
    assert drawn == [("took", "3.0", "84"), ("gave", "97.0", "20")]
    assert "annoying fake scary anxious transactional tiresome" in text
    assert "enjoyable genuine exciting calm generous energising" in text
    assert re.search(r"Your words fake .* odd .* calm", text)
    assert "There is no right height." in text


def test_a_word_is_kept_with_its_energy_and_the_question_rests(browser_of_maya):
    asked = "How is it, these days?"
    before = browser_of_maya.reads("/meet")

    browser_of_maya.post("/check-ins", {"own": "lighter", "felt": "gave", "line": "after the fair"})

    kept = list(Checkin.objects.values_list("word", "felt", "line"))
    assert kept == [("lighter", "gave energy", "after the fair")]
    assert (asked in before, asked in browser_of_maya.reads("/meet")) == (True, False)


def test_not_now_leaves_in_peace(browser_of_maya):
    browser_of_maya.post("/check-ins/not-now")

    assert "How is it, these days?" not in browser_of_maya.reads("/meet")


def test_a_hope_that_happened_is_cheered_from_meet(browser_of_maya):
    a_person("Ada Byron").hopes("publish the notes")
    hope = end_hope(Hope.objects.get(), "happened", day=day("2026-05-09"))
    offered = browser_of_maya.reads("/meet")

    answer = browser_of_maya.post(
        f"/hopes/{hope.uid}/cheer", {"kind": "mail", "text": "So glad"}, follow=True
    )

    assert "Be glad with Ada Byron" in offered
    assert "So glad" in words_of(answer)
    assert "Be glad with" not in browser_of_maya.reads("/meet")


def test_a_gift_is_thanked_for(browser_of_maya):
    give(a_person("Ada Byron").person, "idea", day=day("2026-05-09"), received=True)

    browser_of_maya.post(f"/gifts/{Gift.objects.get().uid}/thanks", {"kind": "message"})

    assert Gift.objects.get().thanked_on == day("2026-05-10")


def test_a_gathering_is_called_off_and_gone_from_meet(browser_of_maya):
    fair = a_gathering("Loom Fair", "2026-05-12")

    browser_of_maya.post(of(fair, "/edit"), {"do": "call_off"})

    assert "Nothing is in the calendar." in browser_of_maya.reads("/meet")


@pytest.mark.parametrize("guests", [1, 3])
def test_meet_asks_as_often_for_three_gatherings_as_for_one(
    guests, browser_of_maya, django_assert_max_num_queries
):
    for n in range(guests):
        a_gathering(f"Fair {n}", f"2026-05-1{n + 1}", a_person(f"Guest Number{chr(97 + n)}"))
    browser_of_maya.get("/meet")

    with django_assert_max_num_queries(20):
        browser_of_maya.get("/meet")

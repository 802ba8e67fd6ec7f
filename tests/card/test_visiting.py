from __future__ import annotations

import pytest

from amity.card import actions, tokens, visiting, waiting
from amity.card.models import Knock, Visitor
from amity.card.queries import Reached, asked_back, to_answer
from amity.card.queries import waiting as who_waits
from amity.card.visiting import Left, TooOften, knock, leave, withdraw
from amity.journal.actions import undo
from amity.journal.models import Deed, Touch
from amity.moments.models import Moment
from amity.owner.actions import NotPossible, claim
from amity.people.actions import trash
from amity.people.models import Fact, Person, Way
from amity.people.queries import NotFound
from cast import a_gathering, a_person, day, instant

NOW = instant("2026-05-10 12:00", "Europe/Berlin")
TODAY = day("2026-05-10")
CONSENT = "Maya Lind may keep what I write here, to stay in touch with me."
ADA = Left("Ada Byron", "ada@looms.example", "I count with looms.", CONSENT, "en")


@pytest.fixture
def ada(card) -> Visitor:
    """Let Ada leave her details at Weavers' Day."""
    weavers = a_gathering("Weavers' Day", "2026-05-10", owner=card.owner, setting="conference breakout")
    return leave(Reached(card, actions.add_link(card, today=TODAY, gathering=weavers)), ADA, now=NOW)


def test_a_visitor_waits_with_gathering_time_and_the_words_they_agreed_to(ada):
    assert (ada.name, ada.kind, ada.value, ada.line) == (ADA.name, "email", ADA.way, ADA.line)
    assert (ada.gathering.title, ada.how_met) == ("Weavers' Day", "We met at Weavers' Day.")
    assert (ada.day, ada.at, ada.consent) == (TODAY, NOW, CONSENT)
    assert Person.objects.count() == 0


def test_the_same_visitor_twice_is_one_entry(ada, card):
    again = leave(Reached(card), Left("A. B.", " ADA@looms.example ", "Another line", CONSENT), now=NOW)

    assert again == ada
    assert list(Visitor.objects.values_list("name", "line")) == [(ADA.name, ADA.line)]


def test_a_line_that_was_missing_is_added(card):
    leave(Reached(card), Left("Ada", "ada@looms.example", "", CONSENT), now=NOW)

    again = leave(Reached(card), ADA, now=NOW)

    assert (Visitor.objects.count(), again.line) == (1, ADA.line)


def test_who_comes_again_after_a_no_stays_where_they_are(ada, card):
    waiting.reject(ada)

    leave(Reached(card), ADA, now=NOW)

    assert list(who_waits(card.owner)) == []


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        (Left("", ADA.way, "", CONSENT), "Please write your name."),
        (Left("\x00\u202e \t", ADA.way, "", CONSENT), "Please write your name."),
        (
            Left("Ada", "", "", CONSENT),
            "Write one way to be reached: a mail address, a number, a page or a handle.",
        ),
        (Left("Ada", ADA.way), "Your details are kept only if you tick the box that says so."),
        (Left("x" * 121, ADA.way, "", CONSENT), "A name has up to 120 signs, and the line up to 300."),
        (
            Left("Ada", ADA.way, "x" * 5_000_000, CONSENT),
            "A name has up to 120 signs, and the line up to 300.",
        ),
        (Left("Ada", "x" * 5_000_000, "", CONSENT), "A way to be reached has up to 200 signs."),
    ],
)
def test_nothing_is_kept_of_a_form_that_is_wrong(card, left, sentence):
    with pytest.raises(NotPossible) as wrong:
        leave(Reached(card), left, now=NOW)

    assert (wrong.value.sentence, Visitor.objects.count()) == (sentence, 0)


def test_control_characters_are_taken_out_of_a_name(card):
    visitor = leave(Reached(card), Left("Ada\x00\x1b[31m\u202eByron\r\n", ADA.way, "", CONSENT), now=NOW)

    assert visitor.name == "Ada [31m Byron"


def test_what_was_left_is_in_no_deed(ada):
    waiting.reject(ada)

    images = [str(touch.before) + str(touch.after) for touch in Touch.objects.filter(table="amity.visitor")]
    assert images == ["{'state': 'waiting', 'decided_at': None}" + images[0].partition("}")[2]]
    assert "Ada" not in "".join(images) + "".join(Deed.objects.values_list("sentence", flat=True))


def test_sixty_forms_an_hour_come_from_one_address(card):
    for _ in range(visiting.TIMES_AN_HOUR):
        knock(card.owner, "192.0.2.7", now=NOW)

    with pytest.raises(TooOften, match=r"^That was a lot from one place\. Please try again in an hour\.$"):
        knock(card.owner, "192.0.2.7", now=NOW)
    knock(card.owner, "192.0.2.8", now=NOW)
    knock(card.owner, "192.0.2.7", now=instant("2026-05-10 13:00", "Europe/Berlin"))


def test_an_address_is_counted_by_household_and_never_written_down(card):
    knock(card.owner, "2001:db8:1:2::7", now=NOW)
    knock(card.owner, "2001:db8:1:2:ffff::9", now=NOW)
    knock(card.owner, "not an address", now=NOW)

    assert sorted(Knock.objects.values_list("times", flat=True)) == [1, 2]
    assert not any("2001" in digest for digest in Knock.objects.values_list("digest", flat=True))


def test_a_flood_stops_at_a_thousand_who_wait(card, monkeypatch):
    monkeypatch.setattr(visiting, "MOST_WAITING", 2)
    for number in range(2):
        leave(Reached(card), Left("Ada", f"{number}@looms.example", "", CONSENT), now=NOW)

    with pytest.raises(TooOften):
        leave(Reached(card), ADA, now=NOW)


def test_accepted_is_a_person_with_way_how_met_gathering_and_moment(ada):
    person = waiting.accept(ada)

    moment = Moment.objects.get()
    attendance = person.attendances.get()
    assert (person.name, person.place, person.how_met, person.met_on) == (
        ADA.name, "new", "We met at Weavers' Day.", TODAY,
    )  # fmt: skip
    assert list(Way.objects.values_list("kind", "value")) == [("email", ADA.way)]
    assert list(Fact.objects.values_list("label", "text", "source")) == [
        ("in their words", ADA.line, "your card")
    ]
    assert (moment.kind, moment.setting, moment.day, moment.at) == ("met", "conference breakout", TODAY, NOW)
    assert (attendance.gathering, attendance.moment) == (ada.gathering, moment)


def test_the_owner_may_say_otherwise(ada):
    person = waiting.accept(ada, how_met="On the train home.", met=False)

    moment = Moment.objects.get()
    assert person.how_met == "On the train home."
    assert (moment.kind, moment.direction, moment.text) == ("message", "in", ADA.line)
    assert person.attendances.count() == 0


def test_accepting_is_one_deed_and_undone_they_wait_again(ada):
    waiting.accept(ada)

    undo(ada.owner, Deed.objects.of(ada.owner).latest("id").uid)

    ada.refresh_from_db()
    assert list(who_waits(ada.owner)) == [ada]
    assert (Person.objects.count(), Moment.objects.count(), ada.person) == (0, 0, None)


def test_somebody_of_the_book_gets_only_what_is_new(ada):
    known = a_person("Ada B.").reached_by("email", "ada@looms.example").person
    trash(known)

    person = waiting.accept(ada)

    known.refresh_from_db()
    assert (person, known.name, known.trashed_at) == (known, "Ada B.", None)
    assert Way.objects.count() == 1


def test_the_owners_own_address_becomes_nobody(card):
    claim(card.owner, "email", ADA.way)
    visitor = leave(Reached(card), ADA, now=NOW)

    with pytest.raises(NotPossible, match=r"^That is one of your own addresses"):
        waiting.accept(visitor)


def test_an_entry_is_answered_once(ada):
    waiting.accept(ada)

    for answer in (waiting.accept, waiting.reject):
        with pytest.raises(NotPossible, match=r"^That is answered already\.$"):
            answer(ada)


def test_a_no_is_erased_after_thirty_days_and_no_answer_after_ninety(ada, card):
    unread = leave(Reached(card), Left("Mary Venn", "mary@looms.example", "", CONSENT), now=NOW)
    waiting.reject(ada)
    Visitor.objects.filter(pk=ada.pk).update(decided_at=NOW)

    assert waiting.tidy(card.owner, now=instant("2026-06-09 09:59")) == 0
    assert waiting.tidy(card.owner, now=instant("2026-06-09 10:00")) == 1
    assert list(Visitor.objects.all()) == [unread]
    assert waiting.tidy(card.owner, now=instant("2026-08-08 10:00")) == 1
    assert Visitor.objects.count() == 0


def test_of_an_accepted_entry_only_the_consent_stays(ada):
    waiting.accept(ada)
    Visitor.objects.update(decided_at=NOW)

    waiting.tidy(ada.owner, now=instant("2026-06-10 10:00"))

    ada.refresh_from_db()
    assert (ada.name, ada.value, ada.normal, ada.line, ada.consent) == ("", "", "", "", CONSENT)


def test_taken_back_while_it_waits_is_erased_at_once(ada):
    withdraw(tokens.visitor_of(tokens.visitor_token(ada, tokens.WITHDRAW), tokens.WITHDRAW))

    assert Visitor.objects.count() == 0


def test_taken_back_after_a_yes_is_asked_of_the_owner(ada):
    person = waiting.accept(ada)

    withdraw(ada, now=NOW)

    assert [one.person for one in asked_back(ada.owner)] == [person]
    assert to_answer(ada.owner) == 1
    trash(person)
    assert to_answer(ada.owner) == 0


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "9" * 99 + t, str.upper]
)
def test_a_forged_token_leads_nowhere(ada, spoil):
    with pytest.raises(NotFound):
        tokens.visitor_of(spoil(tokens.visitor_token(ada, tokens.WITHDRAW)), tokens.WITHDRAW)


def test_a_token_is_good_for_one_purpose(ada):
    with pytest.raises(NotFound):
        tokens.visitor_of(tokens.visitor_token(ada, tokens.LEFT), tokens.WITHDRAW)

"""How an introduction goes, step by step, by Amity's mails and by the owner's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.introductions import actions, queries
from amity.introductions.letters import asking, introducing
from amity.introductions.models import Answer, Introduction, State
from amity.journal.actions import CannotUndo
from amity.moments.models import Gift
from amity.owner.actions import NotPossible
from amity.people.actions import edit, trash
from amity.people.models import Link, Way
from amity.post.models import Delivery
from amity.post.sending import send_due
from amity.run import jobs
from bringing_together import NOW, TODAY, ada, again, answers, asked, begun, charles, link_of, mails_to, opens
from browsing import words_of
from cast import a_person, an_owner, day
from sink import parsed

pytestmark = pytest.mark.django_db
ADA, CHARLES = "ada@looms.example", "charles@cogs.example"


def standing(one: Introduction):
    return [(row.state, row.answer_a, row.answer_b) for row in Introduction.objects.filter(pk=one.pk)]


@pytest.mark.usefixtures("by_mail")
def test_before_anybody_is_asked_nothing_leaves():
    one = begun()

    assert standing(one) == [("writing", "", "")]
    assert Delivery.objects.count() == 0


@pytest.mark.usefixtures("by_mail", "clock")
def test_each_is_asked_alone_and_neither_mail_has_the_others_address():
    asked()

    [to_ada], [to_charles] = mails_to(ADA), mails_to(CHARLES)
    assert "He would put looms into schools." in to_ada
    assert "She knows all about looms." in to_charles
    assert "would put looms" not in to_charles
    assert (CHARLES in to_ada, ADA in to_charles) == (False, False)
    assert link_of(ADA) != link_of(CHARLES)


@pytest.mark.usefixtures("by_mail", "clock")
def test_after_two_yeses_one_mail_goes_to_both_and_the_book_knows():
    one = asked()

    answers(ADA, "yes")
    assert [len(mails_to(ADA)), len(mails_to(CHARLES))] == [1, 1]
    answers(CHARLES, "yes")

    assert standing(one) == [("introduced", "yes", "yes")]
    assert mails_to(ADA)[1:] == mails_to(CHARLES)[1:] == [introducing(again(one)).body]
    assert [(link.a.name, link.b.name, link.kind) for link in Link.objects.all()] == [
        ("Ada Byron", "Charles Cog", "introduced by you")
    ]
    assert sorted((gift.person.name, gift.kind, gift.received) for gift in Gift.objects.all()) == [
        ("Ada Byron", "introduction", False),
        ("Charles Cog", "introduction", False),
    ]


@pytest.mark.parametrize("word", ["no", "not now"])
@pytest.mark.parametrize(("first", "second"), [(ADA, CHARLES), (CHARLES, ADA)])
@pytest.mark.usefixtures("by_mail", "clock")
def test_after_a_no_nothing_goes_to_anybody(first, second, word):
    one = asked()

    answers(first, word)
    answers(second, "yes")

    assert again(one).state == "let go"
    assert [len(mails_to(ADA)), len(mails_to(CHARLES))] == [1, 1]
    assert (Link.objects.count(), Gift.objects.count()) == (0, 0)


def test_both_mails_and_the_third_arrive_through_a_real_server(sink):
    one = actions.ask(begun(), now=timezone.now())
    send_due(one.owner)
    answers(ADA, "yes"), answers(CHARLES, "yes")
    send_due(one.owner)

    mails = [parsed(raw) for _, _, raw in sink.mails]
    assert sink.to() == [ADA, CHARLES, ADA, CHARLES]
    assert [mail["Subject"] for mail in mails] == [
        "Would you like to meet Charles Cog?",
        "Would you like to meet Ada Byron?",
        "Ada Byron, this is Charles Cog",
        "Ada Byron, this is Charles Cog",
    ]
    assert [mail["Reply-To"] for mail in mails] == [None, None, f"{ADA}, {CHARLES}", f"{ADA}, {CHARLES}"]
    assert [CHARLES in raw.decode() for to, _, raw in sink.mails if to == ADA] == [False, True]


@pytest.mark.parametrize(
    "word", [("no", ""), ("not now", ""), ("no", "yes"), ("", "yes"), ("", ""), ("not now", "no")]
)
def test_through_a_real_server_nothing_but_the_two_questions_leaves_on_any_other_path(sink, word):
    one = actions.ask(begun(), now=timezone.now())
    send_due(one.owner)
    for address, said in zip((ADA, CHARLES), word, strict=True):
        if said:
            answers(address, said)
    send_due(one.owner)

    assert sink.to() == [ADA, CHARLES]
    assert standing(one)[0][1:] == word


@pytest.mark.usefixtures("by_mail", "clock")
def test_opening_a_link_changes_nothing():
    one = asked()
    before = Introduction.objects.values().get()

    page = words_of(opens(ADA))

    assert "Ada, would you like to meet Charles Cog? He would put looms into schools." in page
    assert "Only Maya sees what you answer." in page
    assert Introduction.objects.values().get() == before
    assert standing(one) == [("asked", "", "")]


@pytest.mark.usefixtures("by_mail")
def test_a_used_a_forged_and_an_expired_link_say_one_kind_sentence(clock):
    asked()
    answers(ADA, "yes")
    used, forged = opens(ADA), answers(ADA, "yes", token="made-up")
    clock.shift(30 * 24 * 3600)
    expired, replayed = opens(CHARLES), answers(ADA, "no")

    pages = [
        (page.status_code, str(queries.CLOSED) in words_of(page))
        for page in (used, forged, expired, replayed)
    ]
    assert pages == [(404, True)] * 4
    assert Introduction.objects.values_list("answer_a", "answer_b").get() == ("yes", "")


@pytest.mark.usefixtures("by_mail", "clock")
def test_what_is_no_answer_is_refused_and_the_link_stays_good():
    asked()

    refused = answers(ADA, "perhaps <script>")

    assert refused.status_code == 400
    assert opens(ADA).status_code == 200


@pytest.mark.usefixtures("by_mail", "clock")
def test_asking_cannot_be_undone_for_it_has_reached_them(maya_undoes):
    one = asked()

    with pytest.raises(CannotUndo):
        maya_undoes()
    assert again(one).state == "asked"


@pytest.mark.usefixtures("by_mail")
def test_without_a_name_no_mail_is_signed_so_none_goes():
    one = begun()
    one.owner.name = ""

    with pytest.raises(NotPossible, match="signed with your name"):
        actions.ask(one, now=NOW)
    assert (again(one).state, Delivery.objects.count()) == ("writing", 0)


@pytest.mark.usefixtures("by_mail", "clock")
def test_somebody_who_died_or_left_meanwhile_gets_no_mail_by_itself():
    one = asked()
    answers(ADA, "yes")
    edit(one.a, remembered=True)

    answers(CHARLES, "yes")

    assert again(one).state == "agreed"
    assert len(mails_to(CHARLES)) == 1


@pytest.mark.parametrize("missing", ["AMITY_SMTP", "AMITY_FROM", "AMITY_URL"])
def test_what_cannot_be_reached_or_cannot_send_falls_back_on_drafts(by_mail, settings, missing):
    setattr(settings, missing, "")

    one = actions.ask(begun(), now=NOW)

    assert (one.state, one.by_mail, one.digest_a) == ("asked", False, "")
    assert Delivery.objects.count() == 0


def test_without_an_address_both_are_asked_by_the_owner(by_mail):
    one = begun()
    Way.objects.filter(person=one.b).delete()

    assert actions.ask(one, now=NOW).by_mail is False


def test_by_drafts_the_owner_ticks_both_answers_and_sends_the_last_mail():
    one = actions.ask(begun(), now=NOW)
    actions.tick(one, "a", "yes")
    actions.tick(one, "b", "yes")
    third = introducing(again(one))

    actions.introduced(one, day=TODAY)

    assert standing(one) == [("introduced", "yes", "yes")]
    assert third.mailto.startswith(
        f"mailto:{ADA},{CHARLES}?subject=Ada%20Byron%2C%20this%20is%20Charles%20Cog&body="
    )


def test_a_wrong_tick_can_be_taken_back(maya_undoes):
    one = actions.ask(begun(), now=NOW)
    actions.tick(one, "a", "no")

    maya_undoes()

    assert standing(one) == [("asked", "", "")]


def test_a_draft_keeps_line_ends_and_signs_apart():
    one = begun()
    actions.rewrite(one, to_a="Looms & cogs? 100% = fun\nBcc: all@x.example", to_b="Looms.")

    draft = asking(again(one), "a").mailto

    assert draft.startswith(
        f"mailto:{ADA}?subject=Would%20you%20like%20to%20meet%20Charles%20Cog%3F&body=Hello%20Ada%2C%0D%0A"
    )
    assert "Looms%20%26%20cogs%3F%20100%25%20%3D%20fun%20Bcc%3A%20all%40x.example" in draft
    assert draft.count("&") == 1


@pytest.mark.usefixtures("by_mail", "clock")
def test_those_who_were_asked_by_mail_answer_for_themselves():
    one = asked()

    with pytest.raises(NotPossible, match="answer for themselves"):
        actions.tick(one, "a", "yes")


@pytest.mark.parametrize("lines", [("", "Looms."), ("Looms.", " \n\t"), ("", "")])
def test_both_lines_are_needed(lines):
    with pytest.raises(NotPossible, match="one line for each"):
        actions.begin(ada().person, charles().person, to_a=lines[0], to_b=lines[1], day=TODAY)


def test_nobody_is_introduced_to_themselves_or_to_somebody_who_has_gone():
    lines = {"to_a": "Looms.", "to_b": "Looms.", "day": TODAY}
    one, gone = ada().person, trash(charles().person)

    for other in (one, gone, a_person("Mary").remembered().person, a_person("Bo").mentioned().person):
        with pytest.raises(NotPossible):
            actions.begin(one, other, **lines)


@pytest.mark.usefixtures("by_mail", "clock")
def test_a_pair_is_asked_once():
    one = asked()
    actions.withdraw(one)

    with pytest.raises(NotPossible, match="once is enough"):
        actions.begin(one.b, one.a, to_a="Again?", to_b="Again?", day=day("2026-09-01"))


def test_lines_that_never_left_can_be_begun_anew():
    first = actions.withdraw(begun())

    second = actions.begin(first.a, first.b, to_a="A loom.", to_b="A loom.", day=TODAY)

    assert (first.state, second.state) == ("withdrawn", "writing")


@pytest.mark.usefixtures("clock")
def test_nobody_is_reminded_however_long_they_stay_silent(by_mail):
    asked()

    for days in (3, 14, 29, 31, 60):
        for job in jobs():
            if job.name != "backup":
                job.work(by_mail, NOW + timedelta(days=days))

    assert [len(mails_to(ADA)), len(mails_to(CHARLES))] == [1, 1]


def test_a_month_later_there_is_one_quiet_question():
    one = actions.ask(begun(), now=NOW)
    actions.tick(one, "a", "yes"), actions.tick(one, "b", "yes"), actions.introduced(one, day=TODAY)
    maya = an_owner()

    asked_on = [
        queries.to_look_back_on(maya, day(text)) for text in ("2026-06-08", "2026-06-09", "2026-12-01")
    ]
    actions.look_back(one, "unknown")

    assert asked_on == [None, one, one]
    assert queries.to_look_back_on(maya, day("2026-12-01")) is None


STEPS = {
    "rewrite": lambda one: actions.rewrite(one, to_a="A.", to_b="B."),
    "ask": lambda one: actions.ask(one, now=NOW),
    "sent": lambda one: actions.introduced(one, day=TODAY),
    "withdraw": actions.withdraw,
    "good": lambda one: actions.look_back(one, "yes"),
    **{
        f"{end} {word}": (lambda one, end=end, word=word: actions.tick(one, end, word))
        for end in "ab"
        for word in Answer.values
    },
}


@pytest.mark.once
@settings(max_examples=max(20, settings().max_examples // 5))
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_no_order_of_steps_skips_a_state(steps):
    Introduction.objects.all().delete()
    one = begun()
    for step in steps:
        before = State(again(one).state)
        try:
            STEPS[step](one)
        except NotPossible:
            assert again(one).state == before
        after = again(one)
        assert after.state == before or State(after.state) in actions.FOLLOWS.get(before, set())
        assert after.state not in {"agreed", "introduced"} or (after.answer_a, after.answer_b) == (
            "yes",
            "yes",
        )

"""What the clock does on Sundays, and what it leaves to the owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from amity.book.backup import backup
from amity.book.comeback import restore
from amity.letter import actions, sundays
from amity.letter.models import Edition, Letterhead, PrivateLetter
from amity.letter.own import Material, material
from amity.letter.setting_up import head_of, set_up
from amity.moments.actions import Told, record
from amity.nudges.actions import plan, skip
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.post.models import Mailing
from amity.post.queries import box
from cast import a_person, an_owner, day, instant
from letter_cast import a_reader, ines_letter, links, send_all
from sink import parsed

pytestmark = pytest.mark.django_db

SUNDAY = instant("2026-11-29 18:00", "Europe/Berlin")


def a_ready_letter(**values):
    head = ines_letter(letter_on=True, letter_starts=day("2026-11-29"), letter_zone="Europe/Berlin", **values)
    a_reader(head)
    edition = actions.draft(head.owner, "Two weeks", "Hello *you*.")
    return head, actions.schedule(edition)


def test_a_ready_letter_goes_out_on_its_sunday_and_once():
    head, _ = a_ready_letter()

    early = sundays.send_due_letters(head.owner, now=SUNDAY - timedelta(minutes=1))
    due = [sundays.send_due_letters(head.owner, now=SUNDAY + timedelta(minutes=n)) for n in range(3)]

    assert early == []
    assert [len(one) for one in due] == [1, 0, 0]
    assert Mailing.objects.get().subject == "Two weeks"
    assert Edition.objects.get().state == "out"


def test_a_sunday_without_a_letter_sends_nothing_and_says_so():
    head, edition = a_ready_letter()
    actions.unschedule(edition)

    sent = sundays.send_due_letters(head.owner, now=SUNDAY)

    assert sent == []
    assert Letterhead.objects.get().remark == "On 29 November no letter was ready, so nothing was sent."


def test_a_machine_that_was_off_for_a_day_sends_late():
    head, _ = a_ready_letter()

    assert len(sundays.send_due_letters(head.owner, now=SUNDAY + timedelta(hours=35))) == 1


@pytest.mark.parametrize(("send_now", "mailings"), [(True, 1), (False, 0)])
def test_a_machine_that_was_off_for_longer_asks(send_now, mailings):
    head, _ = a_ready_letter()
    late = SUNDAY + timedelta(hours=37)

    sent = sundays.send_due_letters(head.owner, now=late)
    asked = Letterhead.objects.get().missed
    sundays.answer_missed(head, send_now=send_now, now=late)

    assert (sent, asked) == ([], SUNDAY)
    assert Mailing.objects.count() == mailings
    assert Letterhead.objects.get().missed is None


def test_a_letter_with_an_hour_of_its_own_goes_then_and_not_long_after():
    head, edition = a_ready_letter()
    actions.schedule(edition, at=instant("2026-11-24 09:00"))

    late = sundays.send_due_letters(head.owner, now=instant("2026-11-26 09:00"))
    due = sundays.send_due_letters(head.owner, now=instant("2026-11-24 09:00"))

    assert (len(late), len(due)) == (0, 1)


@pytest.mark.once
def test_a_year_of_fortnights_sends_each_letter_once_over_both_clock_changes():
    head, edition = a_ready_letter()
    actions.remove(edition)
    now, sent = SUNDAY - timedelta(hours=1), []

    while now < SUNDAY + timedelta(days=365):
        if not Edition.objects.filter(state="ready").exists():
            actions.schedule(actions.draft(head.owner, f"Letter {len(sent)}", "Hello."))
        sent += [(one.subject, now) for one in sundays.send_due_letters(head.owner, now=now)]
        now += timedelta(hours=6)

    assert [subject for subject, _ in sent] == [f"Letter {n}" for n in range(27)]
    assert all(now.astimezone(head.owner.tz).weekday() in {6, 0} for _, now in sent)


def test_a_restored_book_queues_and_sends_nothing_by_itself(tmp_path, sink):
    head, _ = a_ready_letter()
    backup(tmp_path / "book.zip")
    Owner.objects.all().delete()
    restore(tmp_path / "book.zip")
    owner = Owner.objects.get(email=head.owner.email)

    sent = sundays.send_due_letters(owner, now=SUNDAY)

    assert sent == []
    assert box(owner).paused == "restored"
    assert Edition.objects.get().state == "ready"


def test_the_private_letter_is_written_once_a_sunday_and_mailed_with_a_way_to_stop(sink, client):
    owner = an_owner("Ines", zone="Europe/Berlin")
    set_up(head_of(owner, day("2026-11-23")))
    when = instant("2026-11-29 08:00", "Europe/Berlin")

    early = sundays.write_due(owner, now=when - timedelta(minutes=1))
    written = [sundays.write_due(owner, now=when + timedelta(minutes=n)) for n in range(2)]
    send_all(head_of(owner))
    link = next(link for link in links(sink) if "/leave/" in link)
    client.post(link, {"List-Unsubscribe": "One-Click"})

    mail = parsed(sink.mails[0][2])
    assert early is None
    assert [one is not None for one in written] == [True, False]
    assert PrivateLetter.objects.get().day == day("2026-11-29")
    assert sink.to() == ["ines@book.example"]
    assert (mail["Subject"], mail["Auto-Submitted"]) == (
        "Your fortnight, 15 to 28 November",
        "auto-generated",
    )
    assert not Letterhead.objects.get().private_mail
    assert Letterhead.objects.get().private_on


def test_a_private_letter_days_late_is_there_on_the_screen_but_not_mailed(sink):
    owner = an_owner("Ines", zone="Europe/Berlin")
    head_of(owner, day("2026-11-23"))

    letter = sundays.write_due(owner, now=instant("2026-12-03 08:00"))

    assert (letter.day, letter.mailing) == (day("2026-11-29"), None)


@pytest.mark.once
def test_no_tip_comes_twice_in_a_year_of_private_letters():
    owner = an_owner("Ines", zone="Europe/Berlin")
    head_of(owner, day("2026-11-23"))

    for n in range(27):
        sundays.write_due(owner, now=instant("2026-11-29 12:00") + timedelta(days=14 * n))

    tips = list(PrivateLetter.objects.order_by("day").values_list("tip", flat=True))
    assert len(tips) == 27
    assert len(set(tips[:26])) == 26
    assert len(set(tips[1:])) == 26


def test_the_private_letter_tells_the_fortnight_and_leaves_out_who_must_not_be_in_it():
    maya = an_owner("Maya")
    a_person("Ada Byron").met_on("2026-11-20", setting="coffee shop", felt="gave energy").hopes(
        "a loom of her own"
    )
    a_person("Mary Somer").met_on("2026-11-21", setting="hotel bar").remembered()
    a_person("Jo Tell").met_on("2026-11-22").mentioned()
    a_person("Old Friend").met_on("2026-10-01")

    from amity.people.actions import end_hope
    from amity.people.models import Hope

    end_hope(Hope.objects.get(), "happened", day=day("2026-11-25"))
    found = material(maya, day("2026-11-29"))

    assert [(line.name, line.words) for line in found.seen] == [("Ada Byron", "coffee shop")]
    assert [line.name for line in found.energy] == ["Ada Byron"]
    assert [line.words for line in found.hopes] == ["a loom of her own"]
    assert not {line.name for line in found.people} & {"Mary Somer", "Jo Tell"}
    assert Material.from_json(found.to_json()) == found


def test_what_gave_energy_is_whom_the_owner_was_with_not_the_crowd():
    maya, many = an_owner("Maya"), [a_person(name).person for name in ("Ben Elm", "Cleo Ash")]
    record(maya, many, day=day("2026-11-18"), told=Told(felt="gave energy"))
    a_person("Ada Byron").met_on("2026-11-20", felt="gave energy")

    alive = material(maya, day("2026-11-29")).energy

    assert [line.name for line in alive] == ["Ada Byron", "Ben Elm", "Cleo Ash"]


@pytest.mark.parametrize(
    "answer", [skip, lambda nudge: record(nudge.owner, [nudge.person], day=day("2026-11-29"), told=Told())]
)
def test_the_next_two_weeks_name_whom_today_names_until_something_happens(answer):
    maya = an_owner("Maya")
    a_person("Ada Byron").met_on("2026-01-01", "2026-02-01", "2026-03-01").kept()
    planned = plan(maya, day("2026-11-29"))
    planned.nudges.update(why="In the words of Today.")

    before = material(maya, day("2026-11-29")).people
    answer(planned.nudges.get())
    after = material(maya, day("2026-11-29")).people

    assert [line.words for line in before] == ["In the words of Today."]
    assert "In the words of Today." not in [line.words for line in after]


def test_whom_the_owner_saw_is_named_with_where_it_was_last():
    maya = an_owner("Maya")
    ada = a_person("Ada Byron").met_on("2026-11-16", setting="crowded room", felt="gave energy")
    for at, setting in (("2026-11-20 18:00", "dinner party"), (None, "coffee shop")):
        told = Told(setting=setting, felt="gave energy", at=at and instant(at))
        record(maya, [ada.person], day=day("2026-11-20"), told=told)

    found = material(maya, day("2026-11-29"))

    assert [(line.name, line.words) for line in found.seen] == [("Ada Byron", "dinner party")]
    assert found.energy == found.seen


def test_an_empty_fortnight_drafts_nothing_and_says_so():
    with pytest.raises(NotPossible, match="left nothing in the book"):
        actions.draft_from_fortnight(an_owner("Maya"), day("2026-11-29"))


def test_a_draft_from_the_fortnight_names_nobody_and_is_not_ready():
    a_person("Ada Byron").met_on(
        "2026-11-20", setting="coffee shop", felt="gave energy", text="Ada told me a secret"
    )

    made = actions.draft_from_fortnight(an_owner("Maya"), day("2026-11-29"))

    assert made.state == "draft"
    assert "coffee shop" in made.words
    assert "Ada" not in made.words + made.title
    assert "secret" not in made.words


@pytest.mark.parametrize("words", ["", "  \n"])
def test_an_empty_letter_is_neither_scheduled_nor_sent(words):
    head = ines_letter(letter_on=True)
    a_reader(head)
    edition = actions.draft(head.owner, "Nothing", words)

    for deed in (lambda: actions.schedule(edition), lambda: actions.send(edition, now=timezone.now())):
        with pytest.raises(NotPossible, match="empty"):
            deed()


def test_a_letter_out_is_frozen_and_not_sent_again():
    head, edition = a_ready_letter()
    mailing = actions.send(edition, now=SUNDAY)

    for deed in (lambda: actions.send(edition, now=SUNDAY), lambda: actions.edit(edition, words="Other")):
        with pytest.raises(NotPossible, match="is out"):
            deed()
    assert Mailing.objects.get() == mailing
    assert head.owner == mailing.owner


def test_circles_choose_the_readers_and_a_postscript_reaches_one():
    head = ines_letter()
    ada, _ = a_reader(head, circles=["dinners"]), a_reader(head, "jo@b.example", "Jo")
    edition = actions.draft(head.owner, "A table", "Hello.")
    actions.edit(edition, circles=["dinners"])
    actions.set_postscript(edition, ada, "Bring the paper.")

    mailing = actions.send(edition, now=SUNDAY)

    assert list(mailing.deliveries.values_list("address", "postscript")) == [
        ("ada@a.example", "Bring the paper.")
    ]

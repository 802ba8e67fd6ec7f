"""What people have, brought into a new book: every format, alone and together."""

from datetime import date

import pytest

from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Import, ImportState
from amity.moments.models import Moment
from amity.owner.actions import NotPossible, claim
from amity.owner.models import OwnIdentity
from amity.people.models import Affiliation, Fact, Person, PersonDate, Photo, Way
from amity.people.queries import matching
from amity.sources.actions import begin, carry_out, confirm, drop, tell_the_row
from cast import a_picture, an_owner
from formats.linkedin_sample import invented_connections, invented_messages, linkedin_zip
from sources.book import moments, names, rows
from sources.samples import (
    ADA,
    BEN,
    CLEO,
    ME,
    a_card,
    a_card_with_photo,
    a_letter,
    a_meeting,
    a_word,
    bring_in,
    eml,
    ics,
    linkedin,
    maildir,
    mbox,
    vcf,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya():
    owner = an_owner("Maya", zone="Europe/Lisbon")
    claim(owner, "email", ME)
    return owner


def test_a_linkedin_export_brings_everybody_and_what_was_said(maya, tmp_path):
    today = date(2026, 5, 1)
    path = linkedin_zip(
        tmp_path / "export.zip", connections=invented_connections(today), messages=invented_messages(today)
    )

    _, report = bring_in(maya, path)

    assert names(maya) == [
        "Ada Venn",
        "Ines Halvard",
        "José Quill",
        "Lotta Prize",
        "Orrin Vale",
        "Pia Sandoz",
        "Tomas Ferrow",
        "Wilma Krenz",
    ]
    assert (report.people_new, report.moments_new, report.files[0].records) == (8, 73, 8 + 73 + 1)
    wilma = Person.objects.get(name="Wilma Krenz")
    assert (wilma.how_met, str(wilma.met_on), wilma.place) == ("Connected on LinkedIn", "2023-11-23", "new")
    assert list(Affiliation.objects.filter(person=wilma).values_list("organisation__name", "title")) == [
        ("Krenz Optics", "Founder")
    ]


def test_letters_become_moments_with_whoever_wrote_or_was_written_to(maya, tmp_path):
    path = mbox(tmp_path / "box", a_letter(1, ADA, ME), a_letter(2, ME, ADA, BEN, day=6))

    bring_in(maya, path)

    assert moments(maya) == [
        ("2026-01-05", "mail", "in", "Ada Byron"),
        ("2026-01-06", "mail", "out", "Ada Byron", "Ben Okafor"),
    ]


def test_a_mailbox_a_maildir_and_single_mails_are_one_kind_of_thing(maya, tmp_path):
    box = mbox(tmp_path / "box", a_letter(1, ADA, ME))
    folder = maildir(tmp_path / "mail", a_letter(2, BEN, ME, day=6))
    single = eml(tmp_path / "letter", a_letter(3, CLEO, ME, day=7))

    _, report = bring_in(maya, box, folder, single)

    assert [(file.format, file.records, file.refused) for file in report.files] == [
        ("mbox", 1, None),
        ("maildir", 1, None),
        ("eml", 1, None),
    ]
    assert [moment[-1] for moment in moments(maya)] == ["Ada Byron", "Ben Okafor", "Cleo Marsh"]


def test_a_small_meeting_of_the_past_is_a_gathering_and_a_moment(maya, tmp_path):
    path = ics(tmp_path / "cal", a_meeting("one", "20200106T100000Z", "20200106T110000Z", ME, ADA))

    _, report = bring_in(maya, path)

    gathering = Gathering.objects.get()
    assert (gathering.title, str(gathering.day), gathering.settled) == ("Coffee", "2020-01-06", True)
    assert moments(maya) == [("2020-01-06", "met", "", "Ada Byron")]
    assert (report.gatherings_new, report.moments_new, report.people_new) == (1, 1, 1)


@pytest.mark.parametrize(
    ("why", "meeting"),
    [
        ("still to come", a_meeting("a", "20990106T100000Z", "20990106T110000Z", ME, ADA)),
        ("called off", a_meeting("b", "20200106T100000Z", "20200106T110000Z", ME, ADA, status="CANCELLED")),
        ("nobody else", a_meeting("c", "20200106T100000Z", "20200106T110000Z", ME)),
        (
            "a crowd",
            a_meeting("d", "20200106", "20200107", ME, *(f"guest{n}@hall.example" for n in range(8))),
        ),
    ],
)
def test_a_gathering_that_says_nothing_of_a_tie_is_no_moment(maya, tmp_path, why, meeting):
    bring_in(maya, ics(tmp_path / "cal", meeting))

    assert (Gathering.objects.count(), Moment.objects.count(), Person.objects.count()) == (1, 0, 0), why


def test_a_card_brings_ways_days_work_facts_circles_and_a_face(maya, tmp_path):
    card = a_card_with_photo(
        "Ada Byron",
        a_picture("teal"),
        uid="ada-1",
        email=ADA,
        tel="+44 20 7946 0018",
        bday="--12-10",
        org="Loom Works;",
        title="Weaver",
        note="Likes tea.",
        categories="Looms",
        nickname="Addie",
    )

    bring_in(maya, vcf(tmp_path / "cards", card))

    ada = Person.objects.get()
    assert sorted(Way.objects.filter(person=ada).values_list("kind", "normal")) == [
        ("email", ADA),
        ("phone", "+442079460018"),
    ]
    assert list(PersonDate.objects.values_list("kind", "value")) == [("birthday", "--12-10")]
    assert ("Likes tea.", "vcard") in Fact.objects.values_list("text", "source")
    assert bytes(Photo.objects.get().jpeg)[:2] == b"\xff\xd8"
    assert [list(matching(maya, word)) for word in ("addie", "loom weaver", "looms", "nobody")] == [
        [ada]
    ] * 3 + [[]]


def test_a_folder_of_mixed_files_arrives_whatever_the_files_are_called(maya, tmp_path):
    folder = tmp_path / "everything"
    (folder / "deeper").mkdir(parents=True)
    eml(folder / "1.zip", a_letter(1, "maya@example.com", ADA))
    vcf(folder / "2.mbox", a_card("Ada Byron", email=ADA))
    ics(
        folder / "deeper" / "3.txt",
        a_meeting("m", "20200106T100000Z", "20200106T110000Z", "maya@example.com", ADA),
    )
    linkedin(folder / "deeper" / "4", ["Ben Okafor"])
    (folder / "5.vcf").write_text("A shopping list: tea, looms.")
    (folder / ".hidden").write_text("nothing")

    _, report = bring_in(maya, folder)

    assert [(file.path.rsplit("/", 1)[1], file.format, bool(file.refused)) for file in report.files] == [
        ("1.zip", "eml", False),
        ("2.mbox", "vcard", False),
        ("5.vcf", "", True),
        ("3.txt", "ics", False),
        ("4", "linkedin", False),
    ]
    assert names(maya) == ["Ada Byron", "Ben Okafor"]
    assert moments(maya) == [
        ("2020-01-06", "met", "", "Ada Byron"),
        ("2026-01-05", "mail", "out", "Ada Byron"),
    ]


def test_a_preview_writes_nothing_and_says_what_the_real_run_will_say(maya, tmp_path):
    folder = tmp_path / "everything"
    folder.mkdir()
    bring_in(maya, vcf(tmp_path / "before", a_card("Ada Byron", email=ADA)))
    linkedin(folder / "export", ["Ben Okafor", "Cleo Marsh"], [a_word("Ben Okafor", "2026-01-07 09:00:00")])
    vcf(
        folder / "cards",
        a_card("Ada Byron", email=ADA, title="Weaver"),
        a_card("Dora Lund", tel="+442079460018"),
    )
    mbox(folder / "mail", *(a_letter(n, sender, ME) for n, sender in enumerate([ADA, BEN, CLEO, ADA])))
    eml(folder / "overlap", a_letter(0, ADA, ME))
    ics(
        folder / "cal",
        a_meeting(
            "a", "20200106T100000Z", "20200106T110000Z", ME, ADA, "new@guest.example", "info@desk.example"
        ),
        a_meeting("b", "20200106", "20200107", ME, "new@guest.example", title="Tea"),
        a_meeting("c", "20200106T100000Z", "20200106T110000Z", ME, "info@desk.example", title="Desk"),
    )
    before = rows(maya)

    preview = begin(maya, [str(folder)], preview=True)
    counted = carry_out(preview)
    after_preview = rows(maya)
    run, real = bring_in(maya, folder)

    assert after_preview == before
    assert preview.state == ImportState.READY
    assert counted.to_json("") | {"seconds": 0} == real.to_json("") | {"seconds": 0}
    assert (real.people_new, real.people_updated, real.moments_new, real.gatherings_new) == (
        6,
        1,
        7,
        3,
    )  # a name alone is nobody: two Bens, two Cleos
    assert run.state == ImportState.ARRIVED


def test_a_preview_that_is_confirmed_arrives_and_one_that_is_dropped_leaves_nothing(maya, tmp_path):
    path = vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA))
    wanted, unwanted = (begin(maya, [str(path)], preview=True) for _ in range(2))
    carry_out(unwanted)
    counted = carry_out(wanted)

    drop(unwanted)
    report = carry_out(confirm(wanted))

    assert (report.people_new, counted.people_new, names(maya)) == (1, 1, ["Ada Byron"])
    assert list(Import.objects.values_list("state", flat=True)) == [ImportState.ARRIVED]


def test_looking_at_a_preview_twice_counts_once(maya, tmp_path):
    preview = begin(maya, [str(vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA)))], preview=True)

    first, second = carry_out(preview), carry_out(preview)

    assert (first.people_new, second.people_new) == (1, 1)


def test_carrying_out_what_has_arrived_does_nothing_more(maya, tmp_path):
    run, first = bring_in(maya, vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA)))
    before = rows(maya)

    again = carry_out(run)

    assert (again, rows(maya)) == (first, before)


def test_only_a_waiting_preview_can_be_confirmed(maya, tmp_path):
    run, _ = bring_in(maya, vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA)))

    with pytest.raises(NotPossible, match="not waiting for a yes"):
        confirm(run)


@pytest.mark.parametrize(
    ("words", "direct", "group", "mail"),
    [
        ("none", "", "", ""),
        ("direct", "Tea on Friday?", "", ""),
        ("all", "Tea on Friday?", "Tea for all?", "Looms"),
    ],
)
def test_words_are_kept_as_the_owner_chose(maya, tmp_path, words, direct, group, mail):
    url = "https://www.linkedin.com/in/"
    threads = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER\n"
        f"1,,Ada Byron,{url}ada,Maya Oduya-Lind,{url}maya-oduya-lind,"
        "2026-01-01 09:00:00 UTC,,Tea on Friday?,INBOX\n"
        f'2,,Ada Byron,{url}ada,"Maya Oduya-Lind,Ben Okafor","{url}maya-oduya-lind,{url}ben",'
        "2026-01-02 09:00:00 UTC,,Tea for all?,INBOX\n"
    )
    export = linkedin(tmp_path / "export", ["Ada Byron"], **{"messages.csv": threads})

    bring_in(maya, export, mbox(tmp_path / "box", a_letter(1, ADA, ME)), words=words)

    assert list(Moment.objects.order_by("day").values_list("text", flat=True)) == [direct, group, mail]


def test_an_unknown_choice_of_words_and_no_file_at_all_are_refused(maya):
    with pytest.raises(NotPossible, match="Words are kept of none, direct, all, not of 'some'"):
        begin(maya, ["x"], words="some")
    with pytest.raises(NotPossible, match="Say which files"):
        begin(maya, [])


def test_progress_moves(maya, tmp_path):
    path = mbox(tmp_path / "box", *(a_letter(n, ADA, ME) for n in range(1100)))
    run, told = begin(maya, [str(path)]), []

    carry_out(run, lambda *words: told.append(words))

    assert told[:2] == [("Reading box", 500, 0), ("Reading box", 1000, 0)]
    saved = [(done, total) for what, done, total in told if what == "Bringing people in"]
    assert saved == sorted(saved)
    assert len(saved) > 1
    assert saved[-1] == (1100, 1100)


def test_a_page_can_read_the_progress_of_reading_from_the_import(maya, tmp_path):
    run = begin(maya, [str(tmp_path / "missing")])
    Import.objects.filter(pk=run.pk).update(state=ImportState.READING)

    tell_the_row(run)("Reading box", 500, 0)

    assert Import.objects.get(pk=run.pk).done == 500


def test_what_a_file_calls_its_owners_own_is_remembered_with_the_import(tmp_path):
    jonas = an_owner("Jonas")

    run, _ = bring_in(jonas, linkedin(tmp_path / "export", ["Ada Byron"]))

    assert sorted(OwnIdentity.objects.of(jonas).values_list("kind", "normal", "said_by")) == [
        ("email", "maya@example.com", run.uid),
        ("name", "maya oduya-lind", run.uid),
    ]


def test_nobody_is_on_the_list_twice(maya, tmp_path):
    bring_in(
        maya, ics(tmp_path / "cal", a_meeting("a", "20990106T100000Z", "20990106T110000Z", ME, ADA, ADA))
    )

    assert Attendance.objects.count() == 1

"""Who is who: the owner, robots, crowds, desks, namesakes, and people who share a telephone."""

import pytest

from amity.gatherings.actions import settle_past
from amity.gatherings.models import Gathering
from amity.owner.actions import claim
from amity.owner.models import OwnIdentity
from amity.people.identity import are_two_at_one_mailbox, may_be_called, person_with
from amity.people.models import Person, Way
from amity.sources.actions import begin, carry_out
from amity.sources.whose import IS_THIS_YOU, TAKEN_FOR_YOU
from cast import a_person, an_owner, instant
from formats.mail_sample import a_mail
from sources.book import moments, names, rows
from sources.samples import (
    ADA,
    BEN,
    CLEO,
    ME,
    a_card,
    a_letter,
    a_meeting,
    a_word,
    bring_in,
    eml,
    ics,
    linkedin,
    mbox,
    vcf,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas():
    """An owner of whom nothing is known yet."""
    return an_owner("Jonas", zone="Europe/Lisbon")


@pytest.fixture
def maya():
    owner = an_owner("Maya", zone="Europe/Lisbon")
    claim(owner, "email", ME)
    return owner


def test_the_owners_own_card_and_address_make_nobody(maya, tmp_path):
    cards = vcf(
        tmp_path / "cards", a_card("Maya", email="Owner+tag@Book.example"), a_card("Ada Byron", email=ADA)
    )
    box = mbox(tmp_path / "box", a_letter(1, ME, ME), a_letter(2, ADA, ME, BEN))

    bring_in(maya, cards, box)

    assert names(maya) == ["Ada Byron"]
    assert moments(maya) == [("2026-01-05", "mail", "in", "Ada Byron")]


@pytest.mark.parametrize(
    "lines", [{}, {"tel": "+351 1"}, {"tel": "+351 912 345 678"}, {"adr": ";;1 Quay;;;;"}]
)
def test_a_card_with_the_owners_name_and_no_address_of_its_own_is_the_owners(maya, tmp_path, lines):
    claim(maya, "name", "Maya Lind")
    cards = vcf(tmp_path / "cards", a_card("MAYA LIND", **lines), a_card("Ada Byron", email=ADA))
    looked = begin(maya, [str(cards)], preview=True)
    would = carry_out(looked)

    _, report = bring_in(maya, cards)

    assert names(maya) == ["Ada Byron"]
    assert report.notes == would.notes == [TAKEN_FOR_YOU.format(name="MAYA LIND")]
    assert (would.people_new, report.people_new) == (1, 1)


@pytest.mark.parametrize(
    "lines",
    [
        {"email": "maya@elsewhere.example"},
        {"email": "info@elsewhere.example"},
        {"url": "https://www.linkedin.com/in/another-maya"},
        {"x_skype": "another.maya"},
        {"tel": "+351 912 345 678"},
        {"deathdate": "1996-04-15"},
    ],
)
def test_a_namesake_with_something_of_their_own_stays_a_person(maya, tmp_path, lines):
    claim(maya, "name", "Maya Lind")
    claim(maya, "phone", "+351 210 000 001")

    _, report = bring_in(maya, vcf(tmp_path / "cards", a_card("Maya Lind", **lines)))

    assert (names(maya), report.notes) == (["Maya Lind"], [])


def test_a_namesake_of_the_book_is_still_known_by_their_number(maya, tmp_path):
    claim(maya, "name", "Maya Lind")
    a_person("Maya Lind").reached_by("phone", "+351 912 345 678")

    _, report = bring_in(
        maya, vcf(tmp_path / "cards", a_card("Maya Lind", tel="+351 912 345 678", title="Weaver"))
    )

    assert (report.people_updated, report.notes) == (1, [])


def test_of_somebody_with_an_owners_name_of_one_word_amity_asks(maya, tmp_path):
    claim(maya, "name", "Maya")

    _, report = bring_in(maya, vcf(tmp_path / "cards", a_card("Maya", tel="+351 912 345 678")))

    assert (names(maya), report.notes) == (["Maya"], [IS_THIS_YOU.format(name="Maya")])


def test_the_notes_stay_few_however_often_the_owner_is_in_a_file(maya, tmp_path):
    claim(maya, "name", "Maya Lind")
    cards = [a_card("Maya Lind", tel=f"+351 912 345 {number}") for number in range(100, 130)]

    _, report = bring_in(maya, vcf(tmp_path / "cards", *cards))

    assert (names(maya), len(report.notes)) == ([], 1)


def test_a_linkedin_owner_is_known_by_their_profile_and_never_a_person(jonas, tmp_path):
    words = [
        a_word("Ada Byron", "2026-01-01 09:00:00"),
        a_word("Ada Byron", "2026-01-02 09:00:00", by_owner=True),
    ]

    bring_in(jonas, linkedin(tmp_path / "export", ["Ada Byron"], words))

    assert names(jonas) == ["Ada Byron"]
    assert [moment[2] for moment in moments(jonas)] == ["in", "out"]


def test_whoever_is_in_every_letter_is_the_owner_and_is_told_so(jonas, tmp_path):
    letters = [a_letter(1, ADA, ME), a_letter(2, ME, BEN), a_letter(3, CLEO, ME)]

    _, report = bring_in(jonas, mbox(tmp_path / "box", *letters))

    assert names(jonas) == ["Ada Byron", "Ben Okafor", "Cleo Marsh"]
    assert report.notes == [f"Amity takes {ME} for your own address."]
    assert OwnIdentity.objects.of(jonas).get().normal == ME


def test_the_address_gmail_says_was_sent_from_is_the_owners(jonas, tmp_path):
    sent = a_mail(**{"from": "Me <me@book.example>"}, to=f"Ada Byron <{ADA}>", x_gmail_labels="Sent")

    bring_in(jonas, mbox(tmp_path / "box", sent))

    assert (names(jonas), OwnIdentity.objects.of(jonas).get().normal) == (["Ada Byron"], "me@book.example")


def test_mail_in_which_the_owner_cannot_be_told_is_refused_in_one_sentence(jonas, tmp_path):
    before = rows(jonas)

    _, report = bring_in(jonas, mbox(tmp_path / "box", a_letter(1, ADA, BEN)))

    assert report.files[0].refused == (
        "Amity cannot tell which address in box is yours; say it with: amity me --address you@example.org"
    )
    assert (report.all_refused, report.files[0].records, rows(jonas)) == (True, 0, before)


def test_a_file_that_tells_who_the_owner_is_helps_the_others(jonas, tmp_path):
    letter = eml(tmp_path / "a-letter", a_letter(1, "maya@example.com", ADA))

    _, report = bring_in(jonas, letter, linkedin(tmp_path / "export"))

    assert ([file.refused for file in report.files], names(jonas)) == ([None, None], ["Ada Byron"])


def test_while_no_guest_is_known_to_be_the_owner_a_meeting_is_no_moment(jonas, tmp_path):
    path = ics(tmp_path / "cal", a_meeting("a", "20200106T100000Z", "20200106T110000Z", ME, ADA))

    _, report = bring_in(jonas, path)
    settle_past(jonas, now=instant("2026-01-01 12:00"))
    unanswered = (names(jonas), moments(jonas), Gathering.objects.count())
    claim(jonas, "email", ME)
    settle_past(jonas, now=instant("2026-01-01 12:00"))

    (asked,) = report.notes
    assert asked.startswith("Amity cannot tell which guest is you, so past meetings are not moments yet;")
    assert unanswered == ([], [], 1)
    assert moments(jonas) == [("2020-01-06", "met", "", "Ada Byron")]


def test_whoever_is_at_every_meeting_is_the_owner(jonas, tmp_path):
    meetings = [
        a_meeting(str(n), f"2020010{n}T100000Z", f"2020010{n}T110000Z", ME, guest)
        for n, guest in enumerate([ADA, BEN, CLEO], start=1)
    ]

    bring_in(jonas, ics(tmp_path / "cal", *meetings))

    assert names(jonas) == ["Ada Byron", "Ben Okafor", "Cleo Marsh"]


def test_robots_are_counted_once_each_and_are_nobody(maya, tmp_path):
    letters = [
        a_letter(1, "no-reply@shop.example", ME),
        a_letter(2, "no-reply@shop.example", ME),
        a_mail(message_id="<3@x>", list_id="<looms.lists.example>"),
        a_mail(message_id="<4@x>", **{"from": "mailer-daemon@post.example"}),
        a_letter(5, ADA, ME),
    ]

    _, report = bring_in(maya, mbox(tmp_path / "box", *letters))

    assert (names(maya), report.robots, report.files[0].records) == (["Ada Byron"], 3, 5)


def test_the_owners_own_drafts_are_no_robots(maya, tmp_path):
    draft = a_mail(**{"from": ME}, to=ADA, x_gmail_labels="Drafts")

    _, report = bring_in(maya, mbox(tmp_path / "box", draft))

    assert (names(maya), moments(maya), report.robots) == ([], [], 0)


@pytest.mark.parametrize(("others", "known"), [(6, 7), (7, 0)])
def test_a_letter_to_more_than_eight_is_no_moment(maya, tmp_path, others, known):
    crowd = [f"guest{n}@hall.example" for n in range(others)]

    _, report = bring_in(maya, mbox(tmp_path / "box", a_letter(1, ME, ADA, *crowd)))

    assert (len(names(maya)), len(moments(maya)), report.group) == (known, bool(known), not known)


@pytest.mark.parametrize(
    ("held", "card"),
    [
        (("email", "Ada@Loom.example"), a_card("A", email=ADA)),
        (("phone", "+44 20 7946 0018"), a_card("Ada", tel="0044-20-7946-0018")),
        (("url", "http://uk.linkedin.com/in/Ada/"), a_card("A", url="https://www.linkedin.com/in/ada?trk=x")),
    ],
)
def test_one_shared_way_is_one_person(maya, tmp_path, held, card):
    a_person("Ada").reached_by(*held)

    _, report = bring_in(maya, vcf(tmp_path / "cards", card))

    assert (report.people_new, Person.objects.count()) == (0, 1)


def test_a_name_alone_is_nobody_in_particular(maya, tmp_path):
    a_person("Ada Byron").reached_by("email", "ada@elsewhere.example")

    bring_in(
        maya,
        vcf(
            tmp_path / "cards",
            a_card("Ada Byron", email=ADA),
            a_card("Ada Byron", uid="x", note="A namesake"),
        ),
    )

    assert names(maya) == ["Ada Byron"] * 3


def test_a_desks_mailbox_says_nothing_of_who_somebody_is(maya, tmp_path):
    cards = [a_card("Ada Byron", email="info@desk.example"), a_card("Ben Okafor", email="info@desk.example")]

    bring_in(maya, vcf(tmp_path / "cards", *cards))

    assert names(maya) == ["Ada Byron", "Ben Okafor"]


def test_letters_from_a_desk_are_of_whoever_signs_them(maya, tmp_path):
    def desk(number, name):
        return a_mail(message_id=f"<{number}@x>", **{"from": f"{name} <info@desk.example>"}, to=ME)

    box = mbox(
        tmp_path / "box", desk(1, "Ada Byron"), desk(2, "Ben Okafor"), desk(3, "Ada Byron"), desk(4, "")
    )
    bring_in(maya, box)
    bring_in(maya, eml(tmp_path / "letter", desk(5, "Ben Okafor")))

    assert names(maya) == ["Ada Byron", "Ben Okafor", "Info"]
    assert sorted(moment[-1] for moment in moments(maya)) == [
        "Ada Byron",
        "Ada Byron",
        "Ben Okafor",
        "Ben Okafor",
        "Info",
    ]


@pytest.mark.parametrize("apart", [False, True])
def test_two_people_with_one_telephone_stay_two(maya, tmp_path, apart):
    ada, tom = (a_card(name, tel="+44 20 7946 0018") for name in ("Ada Byron", "Tom Byron"))

    if apart:
        bring_in(maya, vcf(tmp_path / "one", ada))
        bring_in(maya, vcf(tmp_path / "two", tom))
    else:
        bring_in(maya, vcf(tmp_path / "both", ada, tom))
    bring_in(maya, vcf(tmp_path / "again", a_card("Tom", tel="0044 20 7946-0018", uid="new")))

    assert names(maya) == ["Ada Byron", "Tom Byron"]


def test_a_mailbox_name_gives_way_to_the_name_a_later_letter_tells(maya, tmp_path):
    bare = a_mail(message_id="<1@x>", **{"from": "dora.lund@loom.example"}, to=ME)
    named = a_mail(message_id="<2@x>", **{"from": "Dora Ann Lund <dora.lund@loom.example>"}, to=ME)

    bring_in(maya, mbox(tmp_path / "box", bare, named))

    dora = Person.objects.get()
    assert (dora.name, dora.folded) == ("Dora Ann Lund", "dora ann lund dora.lund@loom.example")


def from_home(*names, local="smiths"):
    return [
        a_mail(message_id=f"<{n}@x>", **{"from": f"{name} <{local}@home.example>"}, to=ME)
        for n, name in enumerate(names)
    ]


def test_letters_from_a_mailbox_of_the_family_are_whoever_s_name_they_bear(maya, tmp_path):
    written = from_home("Ada Smith", "Tom Smith", '"Smith, Tom"', "Ada Smith", "A. Smith", "Tom")

    bring_in(maya, mbox(tmp_path / "box", *written[:2]))
    bring_in(maya, mbox(tmp_path / "more", *written))
    bring_in(maya, mbox(tmp_path / "more", *written))

    letters = {one.name: one.participations.count() for one in Person.objects.order_by("name")}
    assert letters == {"Ada Smith": 3, "Tom Smith": 3}


@pytest.mark.parametrize(
    ("local", "shown"),
    [
        ("tom", ("Tom Smith", "Smith Weaving", "The Loom")),
        ("tsmith", ("Tom Smith", "Thomas Smith")),
        ("m.jones", ("Mike Jones", "Michael Jones")),
        ("jones.m", ("Mike Jones", "Michael Jones")),
        ("j.mueller", ("Hannes Müller", "Johannes Müller")),
        ("tom.vale.x", ("Tom Vale", "Tom Vale Jr.")),
        ("dse", ("Tom Smith via DocuSign", "Eve Hall via DocuSign")),
    ],
)
def test_a_mailbox_of_one_s_own_is_one_s_own_whatever_it_is_shown_as(maya, tmp_path, local, shown):
    bring_in(maya, mbox(tmp_path / "box", *from_home(*shown, local=local)))

    assert names(maya) == [shown[0]]


@pytest.mark.parametrize("local", ["smith", "smiths", "the.smiths", "familie-mueller", "muellers"])
def test_a_mailbox_with_the_family_s_name_is_the_family_s(local):
    surname = "Müller" if "mueller" in local else "Smith"

    assert are_two_at_one_mailbox(f"Ada {surname}", f"{surname}, Tom", f"{local}@home.example")
    assert not are_two_at_one_mailbox(f"Ada {surname}", f"A. {surname}", f"{local}@home.example")


def test_a_guest_of_a_family_s_mailbox_is_whoever_is_named(maya, tmp_path):
    bring_in(maya, vcf(tmp_path / "cards", a_card("Ada Smith", email="smiths@home.example")))

    assert person_with(maya, "email", "smiths@home.example", name="Ada Smith").name == "Ada Smith"
    assert person_with(maya, "email", "smiths@home.example", name="Tom Smith") is None
    assert person_with(maya, "email", "smiths@home.example").name == "Ada Smith"


def test_a_short_name_at_one_s_own_mailbox_is_one_s_own(maya, tmp_path):
    cards = [a_card("Dan Hall", email="dan@x.example"), a_card("Daniel Hall", email="dan@x.example")]

    bring_in(maya, vcf(tmp_path / "one", cards[0]))
    bring_in(maya, vcf(tmp_path / "two", cards[1]))

    assert names(maya) == ["Dan Hall"]


def test_a_national_number_is_read_as_the_owners_country_writes_it(tmp_path):
    ines = an_owner("Ines", zone="Europe/Berlin")

    bring_in(ines, vcf(tmp_path / "cards", a_card("Ada Byron", tel="030 901820")))

    assert Way.objects.get().normal == "+4930901820"


def test_a_mailbox_of_the_family_joins_nobody_who_is_called_otherwise(maya, tmp_path):
    home = "byrons@loom.example"
    family = [
        a_card("Ada Byron", email=home),
        a_card("Tom Byron", email=home),
        a_card("A. Byron", email=home),
    ]

    bring_in(maya, vcf(tmp_path / "cards", *family))
    bring_in(maya, vcf(tmp_path / "again", a_card("Tom Byron", email=home), a_card("Ada King", email=home)))

    there = {
        one.name: [name.name for name in one.othernames.all()] for one in Person.objects.order_by("name")
    }
    assert there == {"Ada Byron": ["A. Byron", "Ada King"], "Tom Byron": []}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (("Tom Byron Sr.", "19400102"), ("Tom Byron Jr.", "19700506"), True),
        (("Tom Byron", "19400102"), ("Tom Byron", "19700506"), True),  # he has his father's name
        (("A. Byron", "19500101"), ("Ada Byron", "19800202"), True),
        (("Tom Byron", "19701205"), ("Tom Byron", "19700512"), False),  # two sources, day and month turned
        (("A. Byron", ""), ("Ada Byron", "19800202"), False),
    ],
)
@pytest.mark.parametrize("way", ["email", "tel"])
def test_a_family_at_one_mailbox_or_telephone_stays_a_family(maya, tmp_path, one, other, apart, way):
    shared = {way: {"email": "byrons@loom.example", "tel": "+44 20 7946 0018"}[way]}
    cards = [a_card(name, bday=born, **shared) for name, born in (one, other)]

    bring_in(maya, vcf(tmp_path / "both", *cards))
    bring_in(maya, vcf(tmp_path / "again", *reversed(cards)))

    assert Person.objects.count() == 1 + apart


@pytest.mark.parametrize(
    ("name", "other", "may_be"),
    [
        ("Ada Byron", "Byron, Ada", True),
        ("Ada Byron", "Ada Lovelace", True),
        ("A. Byron", "Ada Byron", True),
        ("Thomas Byron", "Tom Byron", False),  # is asked about
        ("Ann Byron", "Anna Byron", False),
        ("Tom Byron Sr.", "Tom Byron Jr.", False),
        ("Tom Byron", "Tom Byron jr", False),
        ("Tom Byron", "Ada Byron", False),
        ("Ada Byron", "Lady Lovelace", False),
        ("", "Ada Byron", True),
    ],
)
def test_two_names_at_one_mailbox(name, other, may_be):
    assert may_be_called(name, other) is may_be_called(other, name) is may_be

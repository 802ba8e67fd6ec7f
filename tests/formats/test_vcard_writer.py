"""Written vCards: short escaped lines, and the reader takes the same contact back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats.records import Contact, Dated, Remark, Way
from amity.formats.vcard import read
from amity.formats.vcard_writer import write_card

ADA = Contact(
    "",
    "42",
    "Ada King Byron",
    ways=(Way("email", "ada@looms.example", "work"), Way("phone", "+44 20 7946 0001", "Loft")),
    also_named=("Addie",),
    organisation="Looms, Ltd",
    title="Weaver",
    dates=(Dated("birthday", "--12-10"), Dated("anniversary", "2001-06-30")),
    remarks=(
        Remark("Department", "Weaving"),
        Remark("NOTE", "Tea;\nnever coffee"),
        Remark("RELATED", "spouse: William"),
        Remark("Last seen", "Turin", date(2024, 5, 1)),
    ),
    circles=("Weavers", "Old friends"),
    photo=b"\xff\xd8\xff",
    met=date(2019, 5, 4),
)

printable = st.characters(exclude_categories=["Cs", "Cc"])
awkward = st.sampled_from([";", ",", "\\", ":", '"', "=", "\\n", "^n", "é", "織", "🧵", "\u00a0", "data:"])
letters = st.sampled_from("abcXYZ019")
word = st.lists(letters | awkward | printable, min_size=1, max_size=30).map("".join)
phrase = (
    st.lists(word, min_size=1, max_size=4).map(lambda words: " ".join(" ".join(words).split())).filter(bool)
)
paragraph = st.lists(phrase, min_size=1, max_size=4).map("\n".join).filter(lambda text: text == text.strip())
plain = st.text("abcdefghijklmnopqrstuvwxyz.", min_size=1, max_size=40)
label = st.sampled_from(["", "work", "home fax", "cell", "Summer house", "Größe; und, mehr"])
ways = st.one_of(
    st.builds(Way, st.just("email"), plain.map(lambda name: f"{name}@looms.example"), label),
    st.builds(Way, st.just("phone"), st.from_regex(r"\+[0-9]{4,15}", fullmatch=True), label),
    st.builds(Way, st.just("url"), plain.map(lambda path: f"https://looms.example/{path}?a=1,2;b\\"), label),
    st.builds(Way, st.just("handle"), plain | plain.map("xmpp:{}".format), label),
    st.builds(Way, st.just("address"), phrase, label),
)
days = st.dates(date(1800, 1, 1), date(2100, 12, 31)).filter(lambda day: day.year != 1604)
values = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: f"--{day:%m-%d}"),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
)
dates = st.builds(
    Dated, st.sampled_from(["birthday", "anniversary", "died", "First loom", "date", "work"]), values
)
remarks = st.builds(
    Remark, st.sampled_from(["NOTE", "ROLE", "X-HOBBY", "GENDER", "Department", "RELATED"]), paragraph
)


def several(of):
    return st.lists(of, max_size=3, unique=True).map(tuple)


contacts = st.builds(
    Contact,
    where=st.just("line 1"),
    key=plain,
    name=phrase,
    ways=several(ways),
    organisation=phrase | st.just(""),
    title=phrase | st.just(""),
    dates=several(dates),
    circles=several(phrase.filter(lambda circle: circle.lower() != "mycontacts")),
    photo=st.none() | st.binary(min_size=1, max_size=300),
    remembered=st.booleans(),
).map(lambda one: replace(one, remembered=one.remembered or any(day.kind == "died" for day in one.dates)))


def written_and_read(contact, version):
    return list(read(io.BytesIO(write_card(contact, version).encode())))


def only_one(contact, version):
    (found,) = written_and_read(contact, version)
    return found


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@settings(deadline=None)
@given(
    contact=contacts, others=several(phrase), texts=several(remarks.filter(lambda r: r.label != "Department"))
)
def test_a_contact_comes_back_as_it_was_written(version, contact, others, texts):
    contact = replace(contact, also_named=tuple(o for o in others if o != contact.name), remarks=texts)

    assert written_and_read(contact, version) == [contact]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@settings(deadline=None)
@given(contact=contacts, text=st.text())
def test_any_text_at_all_is_written_in_short_lines_and_arrives(version, contact, text):
    contact = replace(
        contact, name=f"Ada {text}", title=text, remarks=(Remark(text, text), Remark("NOTE", text))
    )

    card = write_card(contact, version)

    assert card.endswith("\r\nEND:VCARD\r\n")
    assert max(len(line.encode()) for line in card.split("\r\n")) <= 75
    assert [type(record) for record in read(io.BytesIO(card.encode()))] == [Contact]


def test_a_name_with_line_breaks_and_control_characters_becomes_one_clean_line():
    wild = Contact("", "1", "Ada\r\nKing\x00 \x1b Byron\ud800")

    assert only_one(wild, "4.0").name == "Ada King Byron"


def test_a_written_card_looks_like_this_in_3_0():
    assert write_card(ADA, "3.0").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:42",
        "FN:Ada King Byron",
        "N:Byron;Ada King;;;",
        "NICKNAME:Addie",
        "ORG:Looms\\, Ltd;Weaving",
        "TITLE:Weaver",
        "CATEGORIES:Weavers,Old friends",
        "EMAIL;TYPE=work:ada@looms.example",
        "item2.TEL:+44 20 7946 0001",
        "item2.X-ABLabel:Loft",
        "BDAY:--12-10",
        "X-ANNIVERSARY:2001-06-30",
        "item5.X-ABDATE:2019-05-04",
        "item5.X-ABLabel:met",
        "NOTE:Tea\\;\\nnever coffee",
        "item7.X-ABRELATEDNAMES:William",
        "item7.X-ABLabel:spouse",
        "NOTE:Last seen: Turin (2024-05-01)",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/",
        "END:VCARD",
        "",
    ]


def test_a_written_card_differs_like_this_in_4_0():
    ada = Contact(
        "",
        "",
        "Ada",
        dates=(Dated("birthday", "--12-10"), Dated("anniversary", "2001-06-30"), Dated("died", "2050-01")),
        remarks=(Remark("RELATED", "spouse: William"),),
        photo=b"\xff\xd8\xff",
        remembered=True,
    )

    assert write_card(ada, "4.0").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Ada",
        "N:;Ada;;;",
        "BDAY:--1210",
        "ANNIVERSARY:20010630",
        "DEATHDATE:2050-01",
        "RELATED;VALUE=text:spouse: William",
        "PHOTO:data:image/jpeg;base64,/9j/",
        "END:VCARD",
        "",
    ]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_whoever_is_remembered_without_a_day_says_so_in_a_line_of_amitys_own(version):
    card = write_card(Contact("", "1", "Ada", remembered=True), version)

    assert "\r\nX-AMITY-REMEMBERED:true\r\n" in card


@pytest.mark.parametrize("label", ["BEGIN", "END", "UID", "PHOTO", "X-ABLABEL", "EMAIL", "", "NOTE\r\nEMAIL"])
def test_a_remark_never_passes_for_another_property(label):
    found = only_one(Contact("", "1", "Ada", remarks=(Remark(label, "VCARD"),)), "3.0")

    assert (found.key, found.ways, [remark.label for remark in found.remarks]) == ("1", (), ["NOTE"])


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@settings(deadline=None)
@given(contact=contacts)
def test_a_card_has_one_birthday_and_one_anniversary_at_most(version, contact):
    lines = write_card(contact, version).split("\r\n")

    for name in ("BDAY", "ANNIVERSARY", "X-ANNIVERSARY", "DEATHDATE", "X-DEATHDATE"):
        assert sum(line.startswith(f"{name}:") for line in lines) <= 1


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("name", ["GENDER", "BIRTHPLACE", "DEATHPLACE"])
def test_what_a_card_may_say_once_stands_once_and_what_another_source_said_comes_back_too(name, version):
    ada = replace(
        ADA,
        dates=(),
        met=None,
        remarks=(Remark(name, "Turin"), Remark(name, "Paris"), Remark("X-HAT", "a"), Remark("X-HAT", "b")),
    )

    lines = write_card(ada, version).splitlines()

    assert [line for line in lines if line.startswith((name, "X-"))] == [
        f"{name}:Turin",
        f"X-AMITY-ALSO-{name}:Paris",
        "X-HAT:a",
        "X-HAT:b",
    ]
    assert only_one(ada, version).remarks == ada.remarks

"""vCards: every dialect arrives, and what cannot is reported while the rest does."""

from __future__ import annotations

import io
import random
import tracemalloc
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats import vcard_lines
from amity.formats.records import Contact, Dated, Mention, Refused, Remark, Robot, Skipped, Way
from amity.formats.vcard import read, recognise
from formats_golden import assert_golden

SAMPLES = Path(__file__).parent / "vcard"
REAL_CARDS = Path(__file__).parents[3] / "shared" / "data" / "vcards"
MEBIBYTE = 1024 * 1024


def records(text, encoding="utf-8"):
    return list(read(io.BytesIO(text.encode(encoding))))


def a_card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", "FN:Ada Byron", *lines, "END:VCARD", ""])


def only(found):
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.vcf")), ids=lambda sample: sample.stem)
def test_a_sample_becomes_what_a_person_has_checked(sample):
    assert_golden(sample, read)


# --- what is a vCard -------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [b"BEGIN:VCARD\r\n", b"\xef\xbb\xbfbegin:vcard\n", b"\n \nBEGIN:VCARD\rN:"])
def test_a_file_is_recognised_by_its_first_line(head):
    assert recognise(head) is True


def test_a_utf_16_file_is_recognised():
    assert recognise("BEGIN:VCARD\r\nVERSION:3.0".encode("utf-16")) is True


@pytest.mark.parametrize(
    "head",
    [b"", b"BEGIN:VCALENDAR\r\n", b"From ada@looms.example\n\nBEGIN:VCARD\n", b"First Name,Last Name\n"],
)
def test_other_files_are_not_taken_for_one(head):
    assert recognise(head) is False


@pytest.mark.parametrize("nothing", ["", "\r\n\r\n", "\ufeff"])
def test_an_empty_file_has_no_cards(nothing):
    assert records(nothing) == []


def test_a_file_without_any_card_is_refused_with_what_it_starts_with():
    with pytest.raises(Refused) as refusal:
        records("First Name,Last Name\nAda,Byron\n")

    assert refusal.value.sentence == (
        "This is not a vCard file: there is no BEGIN:VCARD; it starts with “First Name,Last Name”."
    )


# --- who it is ------------------------------------------------------------------------------------


def test_the_same_card_has_the_same_key_whoever_wrote_it_and_when():
    first = a_card("EMAIL:ada@looms.example", "PRODID:one", "REV:20240101")
    again = a_card("EMAIL:ada@looms.example", "PRODID:two", "REV:20250101")
    other = a_card("EMAIL:ada@other.example")

    keys = [only(records(card)).key for card in (first, again, other)]

    assert keys[0] == keys[1] != keys[2]


def test_the_uid_is_the_key_with_or_without_its_urn():
    plain, urn = records(a_card("UID:11-22") + a_card("UID:urn:uuid:11-22"))

    assert (plain.key, urn.key) == ("11-22", "11-22")


def test_a_structured_name_that_says_more_is_kept_as_another_name():
    bob = only(records("BEGIN:VCARD\nFN:Bob Loom\nN:Loom;Robert;;;\nEND:VCARD\n"))

    assert (bob.name, bob.also_named) == ("Bob Loom", ("Robert Loom",))


def test_a_structured_name_in_another_order_is_the_same_name():
    ada = only(records("BEGIN:VCARD\nFN:Byron, Ada\nN:Byron;Ada;;;\nEND:VCARD\n"))

    assert (ada.name, ada.also_named) == ("Byron, Ada", ())


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("KIND:group", "a group of cards"),
        ("X-ADDRESSBOOKSERVER-KIND:group", "a group of cards"),
        ("KIND:location", "a place"),
    ],
)
def test_a_card_of_something_else_than_a_person_is_a_robot(mark, why):
    found = only(records(a_card(mark, "EMAIL:ada@looms.example")))

    assert isinstance(found, Robot)
    assert (found.party.name, found.party.email, found.why) == ("Ada Byron", "ada@looms.example", why)


DENTIST = "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Smile Dental Practice\n{}\nEND:VCARD\n"


@pytest.mark.parametrize(
    "mark", ["X-ABShowAs:COMPANY", "KIND:org", "KIND:organization", "X-ADDRESSBOOKSERVER-KIND:org"]
)
def test_a_firm_comes_in_under_its_name_with_its_number(mark):
    found = only(records(DENTIST.format(f"ORG:Smile Dental Practice;\n{mark}\nTEL:+351 210 000 001")))

    assert isinstance(found, Contact)
    assert (found.name, found.also_named, found.organisation, found.ways) == (
        "Smile Dental Practice",
        (),
        "Smile Dental Practice",
        (Way("phone", "+351 210 000 001"),),
    )


def test_a_firm_that_only_a_machine_writes_for_is_a_robot():
    found = only(records(DENTIST.format("X-ABShowAs:COMPANY\nEMAIL:no-reply@smile.example")))

    assert (type(found), found.why) == (Robot, "no-reply address")


def test_a_person_shown_as_a_company_is_still_a_person():
    found = only(records(a_card("N:Byron;Ada;;;", "ORG:Looms Ltd", "X-ABShowAs:COMPANY")))

    assert (found.name, found.organisation) == ("Ada Byron", "Looms Ltd")


def test_a_member_of_no_circle_but_googles_own_is_in_none():
    assert only(records(a_card("CATEGORIES:myContacts,Weavers"))).circles == ("Weavers",)


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("BDAY:1815-12-10", "1815-12-10"),
        ("BDAY;VALUE=date:18151210", "1815-12-10"),
        ("BDAY:1815-12-10T00:00:00Z", "1815-12-10"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10", "--12-10"),
        ("BDAY;X-APPLE-OMIT-YEAR=1985:19851210", "--12-10"),
        ("BDAY:--1210", "--12-10"),
        ("BDAY:1815", "1815"),
    ],
)
def test_a_birthday_arrives_in_every_spelling(line, value):
    assert only(records(a_card(line))).dates == (Dated("birthday", value),)


def test_a_birthday_in_words_is_kept_as_a_remark():
    assert only(records(a_card("BDAY;VALUE=text:circa 1800"))).remarks == (Remark("BDAY", "circa 1800"),)


@pytest.mark.parametrize("never", ["0000-00-00", "00000720", "9999-12-31", "1799", "1985-02-30"])
def test_a_day_that_cannot_be_is_reported_and_the_rest_arrives(never):
    contact, skipped = records(a_card(f"BDAY:{never}", "EMAIL:ada@looms.example"))

    assert (contact.dates, contact.ways) == ((), (Way("email", "ada@looms.example"),))
    assert skipped == Skipped(
        "line 4", "The BDAY is not a day between 1800 and 2100 and is left out.", f"BDAY:{never}"
    )


@pytest.mark.parametrize(
    "line",
    [
        "DEATHDATE:19960415",
        "X-DEATHDATE:1996-04-15",
        "DEATHDATE:--0415",
        "DEATHDATE;VALUE=text:circa 1800",
        "DEATHPLACE:Turin",
        "X-AMITY-REMEMBERED:true",
        "X-ABDATE;TYPE=died:1996-04-15",
    ],
)
def test_whoever_has_died_is_remembered(line):
    found = only(records(a_card(line)))

    assert found.remembered is True
    assert [remark.label for remark in found.remarks if remark.label.startswith("X-")] == []


@pytest.mark.parametrize(
    "line",
    [
        "BDAY:1815-12-10",
        "X-ANNIVERSARY:1996-04-15",
        "DEATHDATE:",
        "DEATHDATE:00000000",
        "X-AMITY-REMEMBERED:false",
    ],
)
def test_nobody_else_is(line):
    assert records(a_card(line))[0].remembered is False


# --- who belongs to them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["item1.X-ABRELATEDNAMES;type=pref:William King", "item1.X-ABLabel:_$!<Spouse>!$_"], "spouse"),
        (["item1.X-ABRELATEDNAMES:William King", "item1.X-ABLabel:Husband"], "husband"),
        (["RELATED;TYPE=spouse;VALUE=text:William King"], "spouse"),
        (['RELATED;VALUE=text;TYPE="contact,child":William King'], "child"),
        (["RELATED;TYPE=CHILD;VALUE=text:William King"], "child"),
        (["X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William King;14;;;;"], "spouse"),
        (["X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William King;0;Son;;;"], "son"),
        (["X-EVOLUTION-SPOUSE:William King"], "spouse"),
        (["X-MS-CHILD:William King"], "child"),
    ],
)
def test_a_partner_and_children_are_mentioned(lines, kind):
    found = only(records(a_card(*lines)))

    assert (found.mentions, found.remarks) == ((Mention(kind, "William King"),), ())


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["item1.X-ABRELATEDNAMES:Mary Mill", "item1.X-ABLabel:_$!<Mother>!$_"], "mother: Mary Mill"),
        (["item1.X-ABRELATEDNAMES:Mary Mill", "item1.X-ABLabel:Former wife"], "Former wife: Mary Mill"),
        (["RELATED;TYPE=friend;VALUE=text:Mary Mill"], "friend: Mary Mill"),
        (["RELATED;TYPE=parent;VALUE=text:Mary Mill"], "parent: Mary Mill"),
        (["RELATED;TYPE=spouse:urn:uuid:11-22"], "spouse: urn:uuid:11-22"),
        (["RELATED;TYPE=spouse:mailto:will@looms.example"], "spouse: mailto:will@looms.example"),
        (["RELATED;VALUE=text:spouse: Mary Mill"], "spouse: Mary Mill"),
    ],
)
def test_whoever_else_belongs_to_them_is_a_remark(lines, text):
    found = only(records(a_card(*lines)))

    assert (found.mentions, found.remarks) == ((), (Remark("RELATED", text),))


# --- encodings and folds -----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_card_arrives_in_every_encoding_and_with_every_line_end(encoding, line_end):
    text = "BEGIN:VCARD\nFN:Zoë Façade\nEND:VCARD\n".replace("\n", line_end)

    assert only(records(text, encoding)).name == "Zoë Façade"


def test_a_fold_inside_a_character_is_joined():
    data = a_card("NOTE:Zoë").encode().replace("ë".encode(), b"\xc3\r\n \xab")

    assert only(list(read(io.BytesIO(data)))).remarks == (Remark("NOTE", "Zoë"),)


def test_a_raw_value_is_read_in_the_charset_it_names():
    data = a_card("NOTE;CHARSET=KOI8-R:@", version="2.1").encode().replace(b"@", "ткань".encode("koi8-r"))

    assert only(list(read(io.BytesIO(data)))).remarks == (Remark("NOTE", "ткань"),)


@pytest.mark.parametrize("charset", ["UTF-8", "no-such-charset", "punycode", "x" * 300])
def test_a_wrong_charset_is_ignored(charset):
    data = a_card(f"NOTE;CHARSET={charset}:@", version="2.1").encode().replace(b"@", "Zoë".encode("cp1252"))

    assert only(list(read(io.BytesIO(data)))).remarks == (Remark("NOTE", "Zoë"),)


def test_a_soft_break_before_the_end_does_not_swallow_the_end():
    assert only(records(a_card("NOTE;ENCODING=QUOTED-PRINTABLE:tea="))).remarks == (Remark("NOTE", "tea"),)


@pytest.mark.parametrize("between", ["", " ", "\0", "\v", "]"])
def test_two_files_joined_without_a_line_end_lose_nobody(between):
    cards = ("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nEND:VCARD", "BEGIN:VCARD\nFN:Bo Venn\nEND:VCARD\n")

    assert [one.name for one in records(between.join(cards))] == ["Ada Byron", "Bo Venn"]


def test_escapes_are_resolved_and_a_windows_path_survives():
    note = only(records(a_card(r"NOTE:a\, b\; c\\d\Ne: C:\Users"))).remarks

    assert note == (Remark("NOTE", "a, b; c\\d\ne: C:\\Users"),)


def test_control_characters_are_dropped():
    ada = only(records("BEGIN:VCARD\nFN:A\x07da\x7f\nNOTE:x\x1by\x00z\nEND:VCARD\n"))

    assert (ada.name, ada.remarks) == ("Ada", (Remark("NOTE", "xyz"),))


# --- bounds ---------------------------------------------------------------------------------------


def memory_peak(data):
    file = io.BytesIO(data)
    tracemalloc.start()
    try:
        found = list(read(file))
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("folded", [False, True], ids=["one line", "folded"])
def test_a_40_megabyte_photo_is_left_out_in_less_memory_than_it_takes(folded):
    encoded = b"A" * (40 * MEBIBYTE)
    if folded:
        encoded = b"\r\n ".join([b"A" * MEBIBYTE] * 40)
    data = a_card("PHOTO;ENCODING=b:HERE", "EMAIL:ada@looms.example").encode().replace(b"HERE", encoded)

    (contact, skipped), peak = memory_peak(data)

    assert (contact.photo, contact.ways) == (None, (Way("email", "ada@looms.example"),))
    assert skipped.why == "The PHOTO is too large and is left out."
    assert peak < 40 * MEBIBYTE


def test_a_photo_just_under_the_bound_arrives():
    photo = b"\xff\xd8" + b"x" * (7 * MEBIBYTE)
    data = a_card("PHOTO;ENCODING=b:HERE").encode().replace(b"HERE", b64encode(photo))

    assert only(list(read(io.BytesIO(data)))).photo == photo


def test_a_property_folded_without_end_is_left_out_too(monkeypatch):
    monkeypatch.setattr(vcard_lines, "MOST_FOLDS", 100)

    contact, skipped = records(a_card("NOTE:x" + "\r\n xy" * 200, "TITLE:Weaver"))

    assert (contact.title, skipped.why) == ("Weaver", "The NOTE is too large and is left out.")


def test_endless_blank_lines_take_no_memory():
    (contact, *_), peak = memory_peak(a_card("TITLE:Weaver" + "\n" * 300_000).encode())

    assert contact.title == "Weaver"
    assert peak < MEBIBYTE


def test_a_huge_note_is_left_out_and_the_rest_arrives():
    contact, skipped = records(a_card("NOTE:" + "x" * 2 * MEBIBYTE, "TITLE:Weaver"))

    assert (contact.title, contact.remarks) == ("Weaver", ())
    assert skipped.why == "The NOTE is too large and is left out."


def test_a_card_with_endless_properties_is_cut_and_says_so_once():
    contact, skipped = records(a_card(*[f"X-THREAD:{number}" for number in range(20_000)]))

    assert len(contact.remarks) < 10_000
    assert skipped.why == "The card is too large; the rest of it is left out."


def test_many_cards_stream_in_flat_memory():
    card = a_card("EMAIL:ada@looms.example").encode()

    def peak_of(cards):
        file = io.BytesIO(card * cards)
        tracemalloc.start()
        count = sum(1 for _ in read(file))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return count, peak

    _, few = peak_of(100)
    count, many = peak_of(5_000)

    assert count == 5_000
    assert many < few + MEBIBYTE


# --- anything at all --------------------------------------------------------------------------------


def read_or_refused(data):
    try:
        return list(read(io.BytesIO(data)))
    except Refused as refusal:
        return refusal.sentence


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_random_bytes_never_crash(data):
    first, again = read_or_refused(data), read_or_refused(data)

    assert first == again


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_random_bytes_inside_a_card_never_crash(data):
    found = read_or_refused(
        b"BEGIN:VCARD\nFN:Ada\n" + data + b"\nEND:VCARD\nBEGIN:VCARD\nFN:Otto\nEND:VCARD\n"
    )

    assert found[-1].name == "Otto"


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_mutated_samples_never_crash(chance: random.Random):
    data = bytearray(chance.choice(sorted(SAMPLES.glob("*.vcf"))).read_bytes())
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.choice(
            [b"", b"=\r\n", b'"', b";", b":", b"\\", b"\x00", b"\xff"]
        )

    first, again = read_or_refused(bytes(data)), read_or_refused(bytes(data))

    assert first == again


@pytest.mark.skipif(not REAL_CARDS.exists(), reason="the folder of sample inputs is not here")
def test_every_real_card_arrives_or_says_why():
    found = {path: read_or_refused(path.read_bytes()) for path in sorted(REAL_CARDS.rglob("*.vcf"))}

    nothing = [
        path.name
        for path, records in found.items()
        if not any(isinstance(r, Contact | Robot) for r in records)
    ]
    assert nothing == ["4.vcf", "issue64.vcf"]  # “--BEGIN:VCARD”, and a card that holds a picture only


@pytest.mark.parametrize(
    ("shown", "structured", "name", "also", "greeting"),
    [
        ("Herr Jörg Weiß", "Weiß;Jörg;;Herr;", "Jörg Weiß", (), "Herr"),
        ("Jörg Weiß", "Weiß;Jörg;;Herr;", "Jörg Weiß", (), "Herr"),
        ("", "Weiß;Jörg;;Herr;", "Jörg Weiß", (), "Herr"),
        ("Mr. M Night", "Night;M;;Mr.;", "M Night", (), "Mr."),
        ("Jörg Weiß", "Weiß;Jörg;;Frau,Dr.;", "Jörg Weiß", ("Dr. Jörg Weiß",), "Frau Dr."),
        ("Dr. Jörg Weiß", "Weiß;Jörg;;Dr.;", "Dr. Jörg Weiß", (), ""),
        ("Herr Weiß", "Weiß;Herr;;;", "Herr Weiß", (), ""),
    ],
)
def test_a_greeting_before_a_name_is_a_fact(shown, structured, name, also, greeting):
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{shown}\nN:{structured}\nEND:VCARD\n"

    joerg = only(records(card))

    assert (joerg.name, joerg.also_named) == (name, also)
    assert joerg.remarks == ((Remark("Salutation", greeting),) if greeting else ())

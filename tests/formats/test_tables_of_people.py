"""Tables of people: Google's, Outlook's, Thunderbird's, and any other whose columns can be told."""

from __future__ import annotations

import io
import re
import time
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats import any_csv, google_csv, outlook_csv, thunderbird_csv
from amity.formats.columns import days
from amity.formats.columns.fields import Hints
from amity.formats.columns.proposal import propose
from amity.formats.columns.shape import shape_of
from amity.formats.columns.words import field_of
from amity.formats.records import Contact, Dated, Refused, Remark, Skipped, Way
from amity.formats.registry import recognise
from formats_golden import assert_golden

HERE = Path(__file__).parent
READERS = {"google": google_csv, "outlook": outlook_csv, "thunderbird": thunderbird_csv, "csv": any_csv}
SAMPLES = [sample for name in READERS for sample in sorted((HERE / name).glob("*.csv"))]


def records(text, **hints):
    return list(any_csv.read(io.BytesIO(text.encode()), hints=Hints(**hints)))


def only(text, **hints):
    found = records(text, **hints)
    assert len(found) == 1, found
    return found[0]


def refusal(text, **hints):
    with pytest.raises(Refused) as refused:
        records(text, **hints)
    return refused.value.sentence


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.parent.name}-{sample.stem}")
def test_a_sample_becomes_what_a_person_has_checked(sample):
    assert_golden(sample, READERS[sample.parent.name].read)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.parent.name}-{sample.stem}")
def test_a_sample_is_recognised_by_its_header(sample):
    with sample.open("rb") as file:
        assert recognise(file, sample.name).name == sample.parent.name


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.parent.name != "csv"], ids=lambda s: s.stem)
def test_every_filled_cell_of_a_known_program_comes_back_somewhere(sample):
    """What a column says arrives as something, or stands in the list of what is left."""
    left = {"normal", "false", "unspecified", "smtp", "0/0/00", "* mycontacts", "* other contacts", "* "}
    with sample.open("rb") as file:
        shape = shape_of(file.read())
        file.seek(0)
        told = {record.where: repr(record).casefold() for record in READERS[sample.parent.name].read(file)}

    lost = [
        (row.where, column, cell)
        for row in shape.rows
        for column, cell in row.cells.items()
        if cell.casefold() not in left and not _is_told(column, cell, told[row.where])
    ]

    assert lost == []


def _is_told(column, cell, told):
    program = ("e-mail display name", "formatted", "- street", "- city", "- country", "home address")
    if column.endswith(("label", "type", *program)) or "birth" in column or "anniversary" in column:
        return True  # its words stand beside the value, or are spelled otherwise; the golden pairs show them
    words = re.split(
        r"\s*(?:[:;,*\s]|\band\b)\s*", cell.casefold().replace("* my contacts", "").replace("mycontacts", "")
    )
    return all(word in told for word in words)


# --- the words of a header -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "First name,Last name,E-mail,Phone (mobile),Company,Job title,Birthday,City,Group,Notes",
        "Vorname,Nachname,E-Mail-Adresse,Handy,Firma,Position,Geburtstag,Wohnort,Gruppe,Notizen",
        "Prénom,Nom,Courriel,Téléphone portable,Entreprise,Fonction,Date de naissance,Ville,Groupe,Remarques",
        "Nombre,Apellidos,Correo electrónico,Móvil,Empresa,Cargo,Fecha de nacimiento,Ciudad,Grupo,Notas",
        "Nome,Sobrenome,E-mail,Celular,Empresa,Função,Data de nascimento,Cidade,Grupos,Observações",
        "Nome,Cognome,Indirizzo e-mail,Cellulare,Azienda,Qualifica,Data di nascita,Città,Gruppo,Note",
        "Voornaam,Achternaam,E-mailadres,Mobiel,Bedrijf,Functie,Geboortedatum,Woonplaats,Groep,Opmerkingen",
    ],
)
def test_a_header_is_understood_in_seven_languages(header):
    row = "Ada,Byron,ada@looms.example,+44 20 7946 0001,Looms,Weaver,1815-12-10,Threadham,Guild,Tea"

    ada = only(f"{header}\n{row}\n")

    assert (ada.name, ada.organisation, ada.title, ada.circles) == (
        "Ada Byron",
        "Looms",
        "Weaver",
        ("Guild",),
    )
    assert ada.ways == (
        Way("email", "ada@looms.example"),
        Way("phone", "+44 20 7946 0001", "mobile"),
        Way("address", "Threadham"),
    )
    assert (ada.dates, ada.remarks) == ((Dated("birthday", "1815-12-10"),), (Remark("Notes", "Tea"),))


@pytest.mark.parametrize(
    ("header", "greeting"),
    [
        ("Anrede,Vorname,Nachname", "Herr"),
        ("Anrede,Vorname,Nachname", "Herrn"),
        ("Anrede,Vorname,Nachname", "Frau"),
        ("Title,First name,Last name", "Mr"),
        ("Title,First name,Last name", "Mrs."),
        ("Salutation,First name,Last name", "Ms"),
        ("Prefix,First name,Last name", "Mr. & Mrs."),
        ("Civilité,Prénom,Nom", "M."),
        ("Civilité,Prénom,Nom", "Mme"),
        ("Tratamiento,Nombre,Apellidos", "Sr."),
        ("Tratamiento,Nombre,Apellidos", "Sra."),
        ("Prefisso,Nome,Cognome", "Sig.ra"),
        ("Aanhef,Voornaam,Achternaam", "Dhr."),
        ("Aanhef,Voornaam,Achternaam", "De heer"),
        ("Aanhef,Voornaam,Achternaam", "Mevr."),
        ("Anrede,Vorname,Nachname", "Fra\u0308ulein"),
        ("Title,First name,Last name,E-mail Address,Mobile Phone", "Mr."),
        ("Name Prefix,Given Name,Family Name,E-mail 1 - Value,Group Membership", "Mr."),
    ],
)
def test_a_greeting_is_a_fact_and_no_part_of_a_name(header, greeting):
    column = header.partition(",")[0]
    names = "Jörg Weiß" if "Anrede,Name" in header else "Jörg,Weiß"

    table = io.BytesIO(f"{header}\n{greeting},{names}\n".encode())

    (joerg,) = recognise(table, "people.csv").read(table)

    assert (joerg.name, joerg.also_named, joerg.title) == ("Jörg Weiß", (), "")
    assert joerg.remarks == (Remark(column, greeting),)


@pytest.mark.parametrize(
    ("prefix", "name", "greeting"),
    [
        ("Dr.", "Dr. Ada Byron", ()),
        ("Frau Prof. Dr.", "Prof. Dr. Ada Byron", ("Frau Prof. Dr.",)),
        ("Sir", "Sir Ada Byron", ()),
        ("Dr./PhD", "Dr./PhD Ada Byron", ()),
    ],
)
def test_a_title_stays_with_the_name(prefix, name, greeting):
    ada = only(f"Prefix,First name,Last name,E-mail\n{prefix},Ada,Byron,a@b.example\n")

    assert (ada.name, tuple(remark.text for remark in ada.remarks)) == (name, greeting)


def test_a_title_beside_a_whole_name_is_not_lost():
    table = "Title,Name,E-mail\nMr,Mr. Bo Venn,b@v.example\nDr.,Ada Byron,a@b.example\n"

    bo, ada = records(table)

    assert (bo.name, bo.also_named) == ("Bo Venn", ())
    assert (ada.name, ada.also_named, ada.title) == ("Ada Byron", ("Dr. Ada Byron",), "")


def test_a_title_that_is_an_employment_stays_one():
    table = "Title,Name,E-mail\nMr,Bo Venn,b@v.example\nWeaver,Ada Byron,a@b.example\n"

    assert [one.title for one in records(table)] == ["Mr", "Weaver"]


@pytest.mark.parametrize("above", [1, 4000])  # in the first bytes of a file, and far below them
def test_below_the_first_table_the_cells_tell_greetings_from_employments_too(above):
    first = "Name,E-mail,Title\n" + "Ada Byron,ada@looms.example,Weaver\n" * above
    second = "Title,First name,Last name,E-mail\n(Mr or Mrs),(given),(family),(mail)\n"
    people_of_it = "Mr,Bo,Venn,bo@v.example\nMrs,Cy,Ode,c@o.example\n"

    *people, hints, bo, cy = records(first + second + people_of_it)

    assert (len(people), people[-1].title, type(hints)) == (above, "Weaver", Skipped)
    assert [(one.name, one.title, one.remarks) for one in (bo, cy)] == [
        ("Bo Venn", "", (Remark("Title", "Mr"),)),
        ("Cy Ode", "", (Remark("Title", "Mrs"),)),
    ]


def test_name_beside_a_first_name_is_the_last_and_beside_a_surname_the_first():
    names = [
        only(f"{header},E-mail\nAda,Byron,a@b.example\n").name for header in ("Name,Vorname", "Nome,Cognome")
    ]

    assert names == ["Byron Ada", "Ada Byron"]


def test_a_table_without_known_words_is_proposed_by_its_cells_and_asked_about():
    table = "Hvem,Hvor,Når\nAda Byron,ada@looms.example,10.12.1815\nBo Venn,bo@venn.example,1.2.1979\n"

    proposed = propose(shape_of(table.encode()))

    assert {name: column.field for name, column in proposed.items()} == {
        "hvem": "name",
        "hvor": "email",
        "når": "day",
    }
    assert refusal(table).startswith("Amity cannot tell which column holds the names; say so on the page")


def test_a_table_without_a_header_is_asked_about_and_then_read_from_its_first_line():
    table = "Ada Byron,ada@looms.example\nBo Venn,bo@venn.example\n"

    found = records(table, columns={"column 1": "name"})

    assert [(one.name, one.ways[0].value) for one in found] == [
        ("Ada Byron", "ada@looms.example"),
        ("Bo Venn", "bo@venn.example"),
    ]


def test_what_the_owner_says_of_a_column_goes_before_what_it_seems():
    table = "Name,E-mail,City,Shoes,Hat\nAda Byron,ada@looms.example,at the fair,38,straw\n"

    ada = only(table, columns={"city": "how met", "shoes": "leave out", "hat": "circle"})

    assert (ada.how_met, ada.circles, ada.remarks, len(ada.ways)) == ("at the fair", ("straw",), (), 1)


def test_a_mapping_that_loses_the_name_is_refused_in_one_sentence():
    table = "Name,E-mail\nAda Byron,ada@looms.example\n"

    assert refusal(table, columns={"name": "fact"}) == (
        "No column of this table is a name, and without one nobody in it can be known."
    )


def test_a_second_table_below_the_first_is_read_by_its_own_header():
    table = (
        "Name,E-mail,City\nAda Byron,ada@looms.example,London\n\n"
        "E-mail,Phone,Last name,First name,Shoes,Hat\nbo@venn.example,+45 12345,Venn,Bo,38,straw\n"
        "Name,E-mail,City\nCy Ode,cy@ode.example,Paris\n"
    )

    found = records(table, columns={"city": "how met"})

    assert [(one.name, one.ways[0].value, one.how_met) for one in found] == [
        ("Ada Byron", "ada@looms.example", "London"),
        ("Bo Venn", "bo@venn.example", ""),
        ("Cy Ode", "cy@ode.example", "Paris"),
    ]
    assert (found[1].ways[1].value, found[1].remarks) == (
        "+45 12345",
        (Remark("Shoes", "38"), Remark("Hat", "straw")),
    )


@pytest.mark.parametrize(
    ("first", "second", "born"),
    [("3/4/1980", "25/4/1980", "1980-04-03"), ("3/4/1980", "4/25/1980", "1980-03-04")],
)
def test_a_day_of_one_table_tells_the_order_of_the_other_s(first, second, born):
    tables = (
        "Name,E-mail,Birthday",
        f"Ada,a@b.example,{first}",
        "Born,E-mail,Last name",
        f"{second},b@b.example,Venn",
    )

    for lines in (tables, (*tables[2:], *tables[:2])):
        assert born in [day.value for one in records("\n".join(lines) + "\n") for day in one.dates]


def test_somebody_with_an_address_is_never_taken_for_a_header():
    odd = "Contact,Company,first@last.example"
    table = f"Name,Company,E-mail\nAda,Looms,a@b.example\n{odd}\nBo,Mill,b@b.example\n"

    assert [one.name for one in records(table)] == ["Ada", "Contact", "Bo"]


@pytest.mark.parametrize("work", ["City Law LLP,Partner", "GitHub,Partner", "Signal,Contact", "Site,Mobile"])
def test_somebody_whose_work_is_named_like_a_column_is_never_taken_for_a_header(work):
    table = f"Name,Company,Title\nBo Ek,Mill,Weaver\nAda Byron,{work}\nCy Ode,Mill,Dyer\n"

    assert [one.name for one in records(table)] == ["Bo Ek", "Ada Byron", "Cy Ode"]


def test_an_empty_table_between_two_others_loses_nobody():
    table = (
        "Name,E-mail\nAda,a@b.example\nName,E-mail\nName,E-mail,Shoes\nName,Phone,City\nBo,+45 12345,Paris\n"
    )

    assert [(one.name, one.ways[0].kind) for one in records(table)] == [("Ada", "email"), ("Bo", "phone")]


def test_a_second_table_has_its_own_names_and_is_not_among_the_first_rows():
    table = "Name,E-mail\nAda,a@b.example\nVorname,Name,E-mail\nBo,Venn,b@b.example\n"

    assert [one.name for one in records(table)] == ["Ada", "Bo Venn"]
    assert [row["name"] for row in shape_of(table.encode()).rows] == ["Ada"]


def test_a_thousand_headers_are_read_as_one_is():
    further = map("".join, product("abcdefghijklmnopqr", repeat=3))
    tables = "".join(f"Name,E-mail,{name}\nAda,a@b.example,1\n" for name in islice(further, 5000))

    began = time.process_time()
    assert [one.name for one in records(tables)] == ["Ada"] * 5000
    assert time.process_time() - began < 5  # seconds; each header costs what its own columns do


# --- tables as people have them ---------------------------------------------------------------------


def test_columns_of_one_name_keep_their_cells_apart():
    ada = only("Name,E-mail,Phone,Phone,Tag,Tag,Shoes,Shoes\nAda,a@b.example,12345,67890,x,y,1,2\n")

    assert [way.value for way in ada.ways] == ["a@b.example", "12345", "67890"]
    assert (ada.circles, ada.remarks) == (("x", "y"), (Remark("Shoes", "1"), Remark("Shoes 2", "2")))


def test_two_hundred_columns_arrive_and_more_than_five_hundred_are_no_table_of_people():
    def wide(count):
        more = range(count - 2)
        return f"Name,E-mail,{','.join(f'c{n}' for n in more)}\nAda,a@b.example,{','.join(map(str, more))}\n"

    assert len(only(wide(200)).remarks) == 198
    assert refusal(wide(501)) == "This is not a table: no two of its lines have the same columns."


def test_one_broken_row_in_a_hundred_is_reported_and_all_others_arrive():
    rows = [f"Friend {n},f{n}@b.example" if n % 100 else f'Friend {n},"f{n}@b.example' for n in range(1000)]

    found = records("Name,E-mail\n" + "\n".join(rows) + "\n")

    assert [type(one) for one in found].count(Contact) == 990
    assert [one.where for one in found if isinstance(one, Skipped)][:2] == ["line 2", "line 102"]


def test_rows_may_be_shorter_than_the_header():
    assert [one.name for one in records("Name,E-mail,City\nAda\nBo,b@b.example\n")] == ["Ada", "Bo"]


@given(data=st.binary(max_size=300))
def test_no_bytes_below_a_header_make_a_reader_crash(data):
    try:
        found = list(any_csv.read(io.BytesIO(b"Name,E-mail,Birthday,Group\n" + data)))
    except Refused:
        found = []

    assert len(found) <= data.count(b"\n") + data.count(b"\r") + 1


# --- days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1815-12-10", "1815-12-10"),
        ("10.12.1815", "1815-12-10"),
        ("10.12.", "--12-10"),
        (" --12-10", "--12-10"),
        ("12/28/1969", "1969-12-28"),
        ("28/12/69", "1969-12-28"),
        ("28/12/69 00:00:00", "1969-12-28"),
        ("1969/12/28", "1969-12-28"),
        ("3 mars 1980", "1980-03-03"),
        ("3. März 1980", "1980-03-03"),
        ("3 de marzo de 1980", "1980-03-03"),
        ("1er août 1980", "1980-08-01"),
        ("March 3rd, 1980", "1980-03-03"),
        ("3-Mar-80", "1980-03-03"),
        ("7 mei", "--05-07"),
        ("3 jui 1980", None),
        ("31.2.1980", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert days.read(text, day_first=False) == day


@pytest.mark.parametrize(
    ("telling", "hints", "born"),
    [
        ("13/4/1980", {}, "1980-04-03"),
        ("4/13/1980", {"day_first": True}, "1980-03-04"),
        ("", {"day_first": True}, "1980-04-03"),
        ("", {"day_first": False, "day_first_here": True}, "1980-03-04"),
        ("", {"day_first_here": True}, "1980-04-03"),
        ("", {}, "1980-03-04"),
    ],
)
def test_the_file_decides_whether_the_day_comes_first_then_the_owner_then_their_country(telling, hints, born):
    far = "".join(f"Friend {n},f{n}@b.example,1/1/1990\n" for n in range(200))

    found = records(
        f"Name,E-mail,Birthday\nAda,a@b.example,3/4/1980\n{far}Bo,b@b.example,{telling}\n", **hints
    )

    assert found[0].dates == (Dated("birthday", born),)


def test_every_word_of_the_list_says_one_thing():
    assert (field_of("Name 2"), field_of("E-Mail (geschäftlich)"), field_of("Blood group")) == (
        "name",
        "email",
        "",
    )


# --- hints below a header --------------------------------------------------------------------------

BO = "Bo Venn,bo@venn.example,0171 2345678\n"


@pytest.mark.parametrize(
    "hints",
    [
        "(full),(work),(mobile)",
        "(Full name),(Work),(Mobile)",
        "(full),,",
        "[required],[optional],",
        "{name},{email},{phone}",
        "name,email,(mobile)",
        "name,,",
        "(max 50),(optional),\n(full),(work),",
    ],
)
def test_hints_below_a_header_are_no_person(hints):
    found = records(f"Name,Email,Phone\n{hints}\n{BO}")

    *skipped, bo = found
    assert {(type(one), one.why) for one in skipped} <= {
        (Skipped, "This row only says what belongs into the columns."),
        (Skipped, "This row names the columns once more."),
    }
    assert len(skipped) == 1 + hints.count("\n")
    assert bo.name == "Bo Venn"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("(Ada Byron),(weaver),", "(Ada Byron)"),
        ("(Ada),,", "(Ada)"),
        ("(Ada),(ada@looms.example),", "(Ada)"),
        ("(ada),,(0171 2345678)", "(ada)"),
        ("(ada),Weaver,", "(ada)"),
        ("Ada,(work),(mobile)", "Ada"),
    ],
)
def test_somebody_in_brackets_is_somebody(row, name):
    assert [one.name for one in records(f"Name,Email,Phone\n{row}\n{BO}")] == [name, "Bo Venn"]


def test_hints_stand_below_a_header_only_and_below_a_further_one_too():
    table = (
        f"Name,Email,Phone\n{BO}(full),(work),\nFirst name,Last name,City\n(given),(family),\nCy,Ode,Weir\n"
    )

    bo, full, hints, cy = records(table)

    assert (bo.name, full.name, cy.name) == ("Bo Venn", "(full)", "Cy Ode")
    assert hints == Skipped(
        "line 5", "This row only says what belongs into the columns.", "(given), (family)"
    )


def test_a_table_of_hints_alone_is_refused():
    assert refusal("Name,Email,Phone\n(full),(work),(mobile)\n") == "This table has columns, but not one row."


def test_endless_blanks_before_a_clock_are_no_day():
    started = time.process_time()

    assert days.read(f"x{' ' * 40_000}1:2", day_first=True) is None
    assert time.process_time() - started < 1

"""Tables of people on their way into the book: what is mentioned, how they met, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.models import Circle, Fact, Link, Person, Way
from amity.people.queries import of as everybody
from amity.sources import columns
from amity.sources.actions import begin, carry_out, undo
from amity.sources.models import Mapping
from cast import an_owner
from sources.book import rows, told
from sources.samples import bring_in

pytestmark = pytest.mark.django_db
OUTLOOK = (
    "First Name,Last Name,E-mail Address,Mobile Phone,Spouse,Children,Referred By,Hobby\n"
    "Ada,Byron,ada@looms.example,,William,Ralph and Anne,Mary Mill,Chess\n"
    "Bo,Venn,bo@venn.example,,William,,,\n"
)
ODD = "Hvem,Hvor,Hat\nAda Byron,ada@looms.example,straw\nBo Venn,bo@venn.example,felt\n"


@pytest.fixture
def maya() -> Owner:
    return an_owner()


def a_file(folder: Path, text: str, name: str = "friends.csv") -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_a_partner_and_children_of_a_card_are_mentioned_as_those_of_a_table(maya, tmp_path):
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nEMAIL:ada@looms.example\nitem1.X-ABRELATEDNAMES:William\n"
        "item1.X-ABLabel:_$!<Spouse>!$_\nEND:VCARD\n"
    )
    bring_in(maya, a_file(tmp_path, OUTLOOK))

    _, report = bring_in(maya, a_file(tmp_path, card, "cards.vcf"))

    assert list(
        Link.objects.filter(a__name="Ada Byron", kind="spouse").values_list("b__name", "b__mentioned")
    ) == [("William", True)]
    assert (report.people_new, Fact.objects.filter(label="RELATED").count()) == (0, 0)


def test_a_partner_and_children_are_mentioned_and_never_people_to_meet(maya, tmp_path):
    bring_in(maya, a_file(tmp_path, OUTLOOK))

    assert sorted(everybody(maya).values_list("name", flat=True)) == ["Ada Byron", "Bo Venn"]
    links = Link.objects.of(maya).values_list("a__name", "kind", "b__name", "b__mentioned", "source")
    assert sorted(links) == [
        ("Ada Byron", "child", "Anne", True, "outlook"),
        ("Ada Byron", "child", "Ralph", True, "outlook"),
        ("Ada Byron", "spouse", "William", True, "outlook"),
        ("Bo Venn", "spouse", "William", True, "outlook"),
    ]


FIRMS = {
    "apple": "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Smile Dental Practice\nORG:Smile Dental Practice;\n"
    "X-ABShowAs:COMPANY\nTEL:+351 210 000 001\nEMAIL:{email}\nEND:VCARD\n",
    "google": "First Name,Last Name,Organization Name,Labels,Phone 1 - Value,E-mail 1 - Value\n"
    ",,Smile Dental Practice,,+351 210 000 001,{email}\n",
    "outlook": "First Name,Last Name,E-mail Address,Mobile Phone,Company\n"
    ",,{email},+351 210 000 001,Smile Dental Practice\n",
    "thunderbird": "First Name,Last Name,Display Name,Primary Email,Work Phone,Organization\n"
    ",,,{email},+351 210 000 001,Smile Dental Practice\n",
}


@pytest.mark.parametrize("email", ["", "info@smile.example"])
@pytest.mark.parametrize("program", FIRMS)
def test_a_firm_alone_comes_in_under_its_name_from_every_program_and_once(maya, tmp_path, program, email):
    file = a_file(tmp_path, FIRMS[program].format(email=email))

    bring_in(maya, file)
    before = rows(maya)
    bring_in(maya, file)

    assert list(everybody(maya).values_list("name", "affiliations__organisation__name")) == [
        ("Smile Dental Practice", "Smile Dental Practice")
    ]
    assert Way.objects.filter(kind="phone", normal="+351210000001").count() == 1
    assert rows(maya) == before


def test_a_desk_without_a_firm_is_one_however_often_it_comes(maya, tmp_path):
    file = a_file(tmp_path, "First Name,Last Name,E-mail Address,Mobile Phone\n,,info@smile.example,\n")

    bring_in(maya, file)
    before = rows(maya)
    bring_in(maya, file)

    assert rows(maya) == before


def test_who_referred_them_is_how_one_met_and_what_has_no_place_is_a_fact(maya, tmp_path):
    bring_in(maya, a_file(tmp_path, OUTLOOK))

    assert Person.objects.get(name="Ada Byron").how_met == "Mary Mill"
    assert Fact.objects.of(maya).values_list("label", "text", "source").get() == ("Hobby", "Chess", "outlook")


def test_the_same_table_twice_changes_nothing_in_any_order_of_its_columns(maya, tmp_path):
    bring_in(maya, a_file(tmp_path, OUTLOOK))
    before = told(maya) | {"links": Link.objects.of(maya).count()}
    swapped = "\n".join(",".join(reversed(line.split(","))) for line in OUTLOOK.splitlines())

    _, report = bring_in(maya, a_file(tmp_path, OUTLOOK))
    _, again = bring_in(maya, a_file(tmp_path, swapped, "swapped.csv"))

    assert (report.people_same, again.people_same, again.people_new, again.people_updated) == (2, 2, 0, 0)
    assert told(maya)["people"] == before["people"]
    assert Link.objects.of(maya).count() == before["links"]


def test_undo_gives_back_the_book_as_it_was(maya, tmp_path):
    bring_in(maya, a_file(tmp_path, "Name,E-mail,Partner\nCleo Marsh,cleo@forge.example,Dan\n"))
    before = rows(maya)

    run, _ = bring_in(maya, a_file(tmp_path, OUTLOOK, "more.csv"))
    undo(run)

    assert rows(maya) == before


def test_what_two_tables_say_stays_until_both_are_undone(maya, tmp_path):
    first, _ = bring_in(maya, a_file(tmp_path, OUTLOOK))
    second, _ = bring_in(maya, a_file(tmp_path, OUTLOOK + "Cleo,Marsh,cleo@forge.example,,,,,\n", "more.csv"))

    undo(first)
    kept = sorted(Link.objects.of(maya).values_list("a__name", "b__name"))
    undo(second)

    assert kept == [
        ("Ada Byron", "Anne"),
        ("Ada Byron", "Ralph"),
        ("Ada Byron", "William"),
        ("Bo Venn", "William"),
    ]
    assert (Person.objects.count(), Link.objects.count()) == (0, 0)


# --- what is remembered ------------------------------------------------------------------------------


def test_what_is_said_of_columns_is_remembered_for_the_next_table_of_that_shape(maya, tmp_path):
    run = begin(maya, [str(a_file(tmp_path, ODD))], columns={"hvem": "name", "hat": "circle"})
    carry_out(run)
    columns.remember_said(run)
    later = "Hat,Hvor,Hvem\nsilk,cleo@forge.example,Cleo Marsh\n"

    _, report = bring_in(maya, a_file(tmp_path, later, "later.csv"))

    assert report.notes == ["Amity read the columns of later.csv as you said before."]
    assert sorted(everybody(maya).values_list("name", flat=True)) == ["Ada Byron", "Bo Venn", "Cleo Marsh"]
    assert sorted(Circle.objects.of(maya).values_list("name", flat=True)) == ["felt", "silk", "straw"]
    assert Mapping.objects.of(an_owner("Ines")).count() == 0


def test_forgotten_columns_are_asked_about_again(maya, tmp_path):
    run = begin(maya, [str(a_file(tmp_path, ODD))], columns={"hvem": "name"})
    columns.remember_said(run)

    columns.forget(Mapping.objects.of(maya).get())
    _, report = bring_in(maya, a_file(tmp_path, ODD))

    assert report.files[0].refused.startswith("Amity cannot tell which column holds the names")


def test_a_mapping_without_a_name_is_refused_and_the_one_before_stays(maya, tmp_path):
    path = a_file(tmp_path, ODD)
    run = begin(maya, [str(path)], columns={"hvem": "name"})
    columns.remember_said(run)
    table = columns.table_of(run, path)

    with pytest.raises(NotPossible) as refused:
        columns.remember(maya, table.said({"hvem": "fact"}, day_first=None))

    assert (
        refused.value.sentence
        == "No column of this table is a name, and without one nobody in it can be known."
    )
    assert Mapping.objects.of(maya).get().columns["hvem"] == "name"


@pytest.mark.parametrize(
    ("zone", "born"), [("Europe/Lisbon", "1980-04-03"), ("America/New_York", "1980-03-04")]
)
def test_a_day_of_two_readings_is_read_as_where_the_owner_lives_until_they_say(tmp_path, zone, born):
    owner = an_owner(zone=zone)
    path = a_file(tmp_path, "Name,E-mail,Birthday\nAda,ada@looms.example,3/4/1980\n")
    run, _ = bring_in(owner, path)
    table = columns.table_of(run, path)

    columns.remember(owner, table.said({}, day_first=born == "1980-03-04"))
    other = columns.table_of(run, path)

    assert table.asks
    assert [one.dates[0].value for one in table.people()] == [born]
    assert [one.dates[0].value for one in other.people()] == [
        {"1980-04-03": "1980-03-04"}.get(born, "1980-04-03")
    ]


@pytest.mark.parametrize("words", ["Hvem", "Hvem=owner", "=name=shoes"])
def test_a_wrong_word_about_a_column_says_what_may_be_said(words):
    with pytest.raises(NotPossible) as refused:
        columns.said_in_words([words])

    assert "is not HEADER=FIELD; a field is one of first name," in refused.value.sentence

"""A restored book is the same book: whatever was imported, merged, taken back or thrown away before."""

import io
import re
import zipfile

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.book.export import export
from amity.book.giving import everybody
from amity.book.reimport import bring_back
from amity.book.tables import in_order
from amity.duplicates.actions import merge, unmerge
from amity.duplicates.models import Perhaps
from amity.formats import google_csv, vcard
from amity.gatherings.models import Attendance, Gathering
from amity.journal.actions import undo as undo_deed
from amity.journal.models import Import, ImportState, Origin, Touch
from amity.journal.queries import last_deed
from amity.moments.actions import Told, record
from amity.moments.models import Moment
from amity.moments.queries import companions
from amity.owner.actions import claim
from amity.people.actions import add_fact, set_date, trash
from amity.people.edits import set_work, take_out
from amity.people.models import Link, Person, Way
from amity.people.queries import get
from amity.sources.actions import undo
from amity.sources.report import Report
from amity.ties.story import story
from cast import a_gathering, a_person, an_owner, day
from formats.mail_sample import a_mailbox
from sources.samples import ADA, BEN, CLEO, ME, a_card, a_letter, a_meeting, bring_in, ics, mbox, vcf

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = day("2026-05-01")
ADAS = "".join(f"E-mail {n} - Label,E-mail {n} - Value," for n in (1, 2, 3, 4))


@pytest.fixture
def maya():
    owner = an_owner()
    claim(owner, "email", ME)
    return owner


def table(path, header, *rows):
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def a_takeout(path):
    meeting = a_meeting("m", "20200106T100000Z", "20200106T110000Z", ME, ADA, BEN)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Takeout/Mail/All mail.mbox", a_mailbox(a_letter(1, ADA, ME), a_letter(2, BEN, ME)))
        archive.writestr("Takeout/Contacts/All/All.vcf", a_card("Ada Byron", email=ADA, title="Weaver"))
        archive.writestr("Takeout/Calendar/Maya.ics", ics(path.with_suffix(".ics"), meeting).read_bytes())
    return path


def there_and_back(owner, folder):
    """Bring an exported book back and export it again; give its owner, and whether both files agree."""
    back = an_owner("Jonas")
    export(owner, folder / "first.zip")
    bring_back(back, folder / "first.zip")
    export(back, folder / "second.zip")
    return back, (folder / "second.zip").read_bytes() == (folder / "first.zip").read_bytes()


def shown(owner, name="Ada Byron"):
    """Give what a person's page shows, in its order."""
    told = story(owner, get(owner, name), TODAY)
    return {
        "work": (told.row.title, told.row.organisation),
        "ways": [(way.kind, way.value, way.label) for way in told.row.ways],
        "sparks": list(told.row.sparks.items()),
        "names": list(told.other_names),
        "dates": [(one.kind, one.value) for one in told.dates],
        "facts": [(fact.label, fact.text) for fact in told.facts],
        "moments": [(one.day, one.kind, one.text) for one in told.moments],
        "card": everybody(owner, "vcf"),
    }


def test_a_book_that_two_sources_told_of_one_person_comes_back(maya, tmp_path):
    bring_in(maya, vcf(tmp_path / "o1.vcf", a_card("Ada Byron", email=ADA)))
    bring_in(maya, table(tmp_path / "o2.csv", "Name,E-mail", f"Ada Byron,{ADA}"))

    back, same = there_and_back(maya, tmp_path)

    assert same
    there = {"amity.person": get(back, "Ada Byron").pk, "amity.way": Way.objects.get(owner=back).pk}
    assert dict(Origin.objects.of(back).values_list("table", "row")) == there


def test_what_two_sources_say_stays_in_a_restored_book_when_one_of_them_is_undone(maya, tmp_path):
    bring_in(maya, vcf(tmp_path / "o1.vcf", a_card("Ada Byron", email=ADA)))
    bring_in(maya, table(tmp_path / "o2.csv", "Name,E-mail", f"Ada Byron,{ADA}", f"Ben Okafor,{BEN}"))
    back, _ = there_and_back(maya, tmp_path)

    undo(Import.objects.of(back).earliest("id"))
    before = sorted(Person.objects.of(back).values_list("name", flat=True))
    undo(Import.objects.of(back).latest("id"))

    assert before == ["Ada Byron", "Ben Okafor"]
    assert not Person.objects.of(back).exists()


def bring_cards(owner, folder):
    known = (("Ada Byron", ADA), ("Ben Okafor", BEN), ("Cleo Marsh", CLEO))
    cards = [a_card(name, email=address, note=f"{name} weaves", bday="1815-12-10") for name, address in known]
    return bring_in(owner, vcf(folder / "cards.vcf", *cards))[0]


def bring_table(owner, folder):
    rows = (f"Ada Byron,{ADA},1815-12-11,Looms", f"Ben Okafor,{BEN},1815-12-10,Kilns")
    return bring_in(owner, table(folder / "table.csv", "Name,E-mail,Birthday,Company", *rows))[0]


def bring_mail(owner, folder):
    return bring_in(owner, mbox(folder / "mail.mbox", a_letter(1, ADA, ME), a_letter(3, CLEO, ME)))[0]


def bring_takeout(owner, folder):
    return bring_in(owner, a_takeout(folder / "takeout.zip"))[0]


@pytest.mark.once
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happened_to_a_book_it_comes_back_byte_for_byte(tmp_path, data):
    brought = {"cards": bring_cards, "table": bring_table, "mail": bring_mail, "takeout": bring_takeout}
    an_owner().delete()
    an_owner("Jonas").delete()
    maya = an_owner()
    claim(maya, "email", ME)
    for kind in data.draw(st.lists(st.sampled_from(sorted(brought)), min_size=1, max_size=4), "imports"):
        run = brought[kind](maya, tmp_path)
        people = list(Person.objects.of(maya).filter(trashed_at=None).order_by("name"))
        what = data.draw(
            st.sampled_from(["nothing", "undo", "merge", "unmerge", "trash", "forget", "untrash"]), "then"
        )
        if what == "undo":
            undo(run)
        elif what in {"merge", "unmerge"} and len(people) > 1:
            joined = merge(people[0], people[1])
            if what == "unmerge":
                unmerge(joined)
        elif what in {"trash", "untrash"} and people:
            trash(people[0])
            if what == "untrash":
                undo_deed(maya, last_deed(maya).uid)
        elif what == "forget":
            for way in Way.objects.of(maya).order_by("value")[:1]:
                take_out(way)

    back, same = there_and_back(maya, tmp_path)

    assert same
    everybody_there = Person.objects.of(maya).order_by("id").values_list("uid", flat=True)
    assert [shown(back, uid) for uid in everybody_there] == [shown(maya, uid) for uid in everybody_there]


def test_origins_of_several_tables_come_back_to_their_own_rows(maya, tmp_path):
    for bring in (bring_cards, bring_table, bring_mail, bring_takeout):
        bring(maya, tmp_path)

    back, same = there_and_back(maya, tmp_path)

    def origins(owner):
        return [
            (one.table, apps.get_model(one.table)._base_manager.get(owner=owner, pk=one.row).uid, one.key)
            for one in Origin.objects.of(owner).order_by("id")
        ]

    assert same
    assert origins(back) == origins(maya)
    assert {table for table, _uid, _key in origins(maya)} >= {"amity.person", "amity.way", "amity.moment"}


def test_the_rows_that_name_a_row_of_any_table_stand_behind_all_of_them():
    order = in_order(lambda _model: True)

    assert set(order[-2:]) == {Origin, Touch}


def test_four_addresses_come_back_in_their_order_and_the_same_one_is_written_to(maya, tmp_path):
    said = "* Work,z@w.example,Home,a@h.example,Other,m@o.example,Old,b@x.example,"
    google = table(tmp_path / "g.csv", f"First Name,Last Name,{ADAS}Birthday", f"Ada,Byron,{said}1815-12-10")
    bring_in(maya, google)
    before = shown(maya)

    back, same = there_and_back(maya, tmp_path)

    assert (same, shown(back)) == (True, before)
    assert before["ways"][0][1] == "z@w.example"
    (contact,) = vcard.read(io.BytesIO(before["card"]))
    assert [way.value for way in contact.ways] == [value for _kind, value, _label in before["ways"]]


@pytest.mark.parametrize("turn", range(4))
def test_a_merged_pair_shows_the_same_employer_facts_and_names_after_it_came_back(maya, tmp_path, turn):
    ada, other = a_person("Ada Byron"), a_person("Augusta King")
    for who, where in ((ada, "Looms"), (other, "Engines")):
        set_work(who.person, "Weaver", where)
        who.reached_by("email", f"{where}@a.example").born(f"1815-12-1{turn}" if who is ada else "1815-12-12")
        who.met_on("2026-01-05", "2026-01-05").kept(spark="like" if who is ada else "admire")
        for text in "dca":
            add_fact(who.person, f"{text} {where}")
    merge(ada.person, other.person)
    gone = add_fact(ada.person, "a word that was forgotten")
    take_out(gone)
    undo_deed(maya, last_deed(maya).uid)
    before = shown(maya)

    back, same = there_and_back(maya, tmp_path)

    assert (same, shown(back)) == (True, before)
    assert before["work"] == ("Weaver", "Engines")


def test_who_else_was_there_is_said_in_the_same_order(maya, tmp_path):
    guests = [a_person(name) for name in ("Zora Ade", "Ada Byron", "Mary Somer", "Ben Okafor")]
    a_gathering("Looms at noon", "2026-04-01", *guests)
    back, same = there_and_back(maya, tmp_path)

    def guest_list(owner):
        return list(Attendance.objects.of(owner).order_by("id").values_list("person__name", flat=True))

    assert same
    assert guest_list(back) == guest_list(maya)
    assert len(guest_list(back)) == 4
    assert Gathering.objects.of(back).count() == 1


def test_a_moment_with_several_people_names_them_in_the_same_order(maya, tmp_path):
    people = [a_person(name).person for name in ("Zora Ade", "Ada Byron", "Mary Somer", "Ben Okafor")]
    record(maya, people, day=TODAY, told=Told())
    back, _same = there_and_back(maya, tmp_path)

    def named(owner):
        moment = Moment.objects.of(owner).get()
        return companions(get(owner, "Ada Byron"), [moment])[moment.pk]

    assert named(back) == named(maya) == ["Zora Ade", "Mary Somer", "Ben Okafor"]


def test_an_export_whose_rows_stand_in_another_order_is_still_read(maya, tmp_path):
    ada = a_person("Ada Byron")
    for n in range(5):
        ada.reached_by("email", f"{n}@a.example")
    export(maya, tmp_path / "new.zip")
    with zipfile.ZipFile(tmp_path / "new.zip") as new, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        for name in new.namelist():
            lines = new.read(name)
            if name.endswith(".jsonl"):
                lines = b"".join(sorted(lines.splitlines(keepends=True)))
            old.writestr(name, lines)

    bring_back(an_owner("Jonas"), tmp_path / "old.zip")

    assert Way.objects.of(an_owner("Jonas")).count() == 5


def test_words_with_a_line_separator_in_them_come_back(maya, tmp_path):
    words = "one\u2028two\u2029three\x85four\nfive\r\nsix"
    a_person("Ada Byron").met_on("2026-01-05", text=words)

    back, same = there_and_back(maya, tmp_path)

    assert same
    assert Moment.objects.get(owner=back).text == words


def test_whom_an_import_renamed_is_called_as_before_again_in_a_restored_book(maya, tmp_path):
    for who in ("Nobody", "Nobody Else"):
        a_person(who).of(an_owner("Ines"))
    bring_in(maya, mbox(tmp_path / "mail.mbox", a_letter(1, "adab@loom.example", ME)))
    poor = Person.objects.of(maya).get().name
    better = a_card("Ada Byron", email="adab@loom.example")
    run, _ = bring_in(maya, vcf(tmp_path / "better.vcf", better))
    assert Report.from_row(Import.objects.get(pk=run.pk).report).renames

    back, same = there_and_back(maya, tmp_path)
    undo(Import.objects.of(back).latest("id"))

    assert same
    assert Person.objects.of(back).get().name == poor


def test_an_older_export_that_names_people_of_a_report_by_number_renames_nobody(maya, tmp_path):
    ada = a_person("Ada Byron").person
    Import.objects.create(
        owner=maya,
        state="arrived",
        report={"renames": {"1": ["a", "Ada Byron"]}, "died": [ada.pk], "refold": []},
    )
    export(maya, tmp_path / "new.zip")
    with zipfile.ZipFile(tmp_path / "new.zip") as new, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        for name in new.namelist():
            number = b"1" if name == "data/import.jsonl" else ada.uid.encode()
            old.writestr(name, new.read(name).replace(ada.uid.encode(), number))

    bring_back(an_owner("Jonas"), tmp_path / "old.zip")

    assert Import.objects.get(owner=an_owner("Jonas")).report == {"renames": {}, "died": [], "refold": []}


def lines_of(name, content):
    return re.findall(rf"^{name}.*$", content.decode().replace("\r\n", "\n"), re.MULTILINE)


def test_of_two_birthdays_one_goes_out_as_the_birthday_and_none_is_lost(maya, tmp_path):
    a_person("Ada Byron").born("--12-11").born("1815-12-10").born("1815-12-11").reached_by("email", ADA)
    card, calendar = everybody(maya, "vcf"), everybody(maya, "ics")

    assert lines_of("BDAY", card) == ["BDAY:18151210"]
    assert lines_of("SUMMARY", calendar) == ["SUMMARY:Ada Byron"]
    assert lines_of("DTSTART", calendar) == ["DTSTART;VALUE=DATE:18151210"]
    assert lines_of("DESCRIPTION", calendar) == ["DESCRIPTION:Also said: 1815-12-11\\, --12-11"]
    assert [value for _kind, value in shown(maya)["dates"]] == ["1815-12-10", "1815-12-11", "--12-11"]
    assert born_in(vcard.read(io.BytesIO(card))) == ["1815-12-10", "1815-12-11", "--12-11"]
    assert lines_of("BDAY", everybody(maya, "vcf3")) == ["BDAY:1815-12-10"]
    written = io.BytesIO(everybody(maya, "csv"))
    assert born_in(google_csv.read(written)) == ["1815-12-10", "1815-12-11", "--12-11"]


def born_in(records):
    (contact,) = records
    return [one.value for one in contact.dates if one.kind == "birthday"]


def test_an_anniversary_may_be_of_several_years(maya):
    ada = a_person("Ada Byron").person
    set_date(ada, "anniversary", "1835-07-08")
    set_date(ada, "anniversary", "1845-07-09")

    assert len(lines_of("SUMMARY", everybody(maya, "ics"))) == 2
    assert len(lines_of("ANNIVERSARY", everybody(maya, "vcf"))) == 1


@pytest.mark.parametrize("state", [ImportState.ARRIVING, ImportState.LEAVING])
def test_a_book_is_exported_without_what_is_on_its_way_in_or_out(maya, tmp_path, state):
    ada = a_person("Ada Byron").reached_by("email", ADA)
    gathering = a_gathering("Looms at noon", "2026-04-01", ada)
    run, _ = bring_in(maya, vcf(tmp_path / "a.vcf", a_card("Ada Byron", email=ADA, tel="+44 20 7946 0018")))
    half, _ = bring_in(maya, vcf(tmp_path / "b.vcf", a_card("Augusta King", email=BEN)))
    hidden = Person.objects.get(owner=maya, name="Augusta King")
    Perhaps.objects.create(owner=maya, a=ada.person, b=hidden)
    Attendance.objects.create(owner=maya, gathering=gathering, person=hidden, name="Augusta")
    Import.objects.filter(pk__in=[run.pk, half.pk]).update(state=state)

    back, same = there_and_back(maya, tmp_path)

    assert same
    assert list(Person.everything.filter(owner=back).values_list("name", flat=True)) == ["Ada Byron"]
    assert list(Way.objects.filter(owner=back).values_list("kind", flat=True)) == ["email"]
    assert not Perhaps.everything.filter(owner=back).exists()
    guests = Attendance.objects.filter(owner=back).order_by("id").values_list("person__name", "name")
    assert list(guests) == [("Ada Byron", ""), (None, "Augusta")]


def test_whoever_is_only_mentioned_leaves_on_the_card_and_comes_back(tmp_path):
    maya, ines = an_owner("Maya"), an_owner("Ines")
    card = a_card("Ada Byron", email="ada@loom.example", related="William King")
    told = card.replace("RELATED:", "RELATED;TYPE=spouse:")
    bring_in(maya, vcf(tmp_path / "cards", told))

    written = everybody(maya, "vcf")
    (tmp_path / "again").write_bytes(written)
    bring_in(ines, tmp_path / "again")

    assert b"X-ABRELATEDNAMES" in written
    assert [(one.kind, one.b.name, one.b.mentioned) for one in Link.objects.of(ines)] == [
        ("spouse", "William King", True)
    ]

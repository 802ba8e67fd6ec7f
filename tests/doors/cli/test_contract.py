"""The contract of ``--json``: keys, types, ISO dates, exit codes, and one sentence for whatever is wrong."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from amity.journal.models import Import
from amity.moments.models import Moment
from amity.owner.models import OwnIdentity
from amity.people.actions import add_fact, add_hope, keep, set_date, trash
from amity.people.models import Person
from cast import Somebody, day
from formats.linkedin_sample import invented_connections, invented_messages, linkedin_zip
from sources.samples import ADA, ME, a_card, a_letter, linkedin, mbox, vcf

SOURCE = Path(__file__).parents[3] / "src"


@pytest.fixture
def world(amity, owner, tmp_path):
    """A book with three monthly ties that have been silent for eleven weeks."""
    today = owner.today()
    export = linkedin_zip(
        tmp_path / "export.zip", connections=invented_connections(today), messages=invented_messages(today)
    )
    code, said = amity("import", export, "--json")
    assert code == 0, said
    return said


def is_date(text):
    return date.fromisoformat(text).isoformat() == text


def test_an_import_says_what_it_did(world):
    (file,) = world.pop("files")

    assert (file["format"], file["records"], file["skipped"], file["refused"]) == ("linkedin", 82, [], None)
    assert isinstance(world.pop("seconds"), float)
    assert re.fullmatch("[0-9a-z]{12}", world.pop("import"))
    assert world == {
        "people": {"new": 8, "updated": 0, "same": 0},
        "moments": {"new": 73, "same": 0},
        "gatherings": {"new": 0, "same": 0},
        "robots": 0,
        "group": 0,
        "notes": [],
        "joined": [],
    }


def test_a_skipped_record_says_where_and_why_and_how_it_began(amity, tmp_path):
    blank = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n,,https://x.example/in/y,,,,\n"
    )

    _, said = amity("import", linkedin(tmp_path / "export", **{"Connections.csv": blank}), "--json")

    (skipped,) = said["files"][0]["skipped"]
    assert {name: type(value) for name, value in skipped.items()} == {"where": str, "why": str, "text": str}
    assert skipped["where"] == "Connections.csv line 2"


def test_a_dry_run_says_the_same_and_does_nothing(amity, tmp_path):
    path = vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA))

    dry, wet = amity("import", path, "--dry-run", "--json"), amity("import", path, "--json")

    def numbers(said):
        return {name: value for name, value in said[1].items() if name not in {"import", "seconds"}}

    assert numbers(dry) == numbers(wet)
    assert Import.objects.count() == 1


def test_a_dry_run_leaves_no_trace(amity, tmp_path):
    amity("import", linkedin(tmp_path / "export", ["Ada Byron"]), "--dry-run", "--json")

    assert (Import.objects.count(), Person.objects.count(), OwnIdentity.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_if_every_file_is_refused_the_exit_code_is_two(amity, tmp_path, option):
    code, said = amity("import", tmp_path / "missing.mbox", *option, "--json")

    assert (code, said["files"][0]["refused"]) == (2, "There is no file missing.mbox.")
    assert (said["people"]["new"], said["files"][0]["records"]) == (0, 0)


def test_if_any_file_could_be_read_the_exit_code_is_zero(amity, tmp_path):
    code, said = amity("import", tmp_path / "no", vcf(tmp_path / "c", a_card("Ada", email=ADA)), "--json")

    assert (code, [bool(file["refused"]) for file in said["files"]]) == (0, [True, False])


def test_people_are_listed_with_their_ways_and_how_the_tie_is(amity, world):
    _, said = amity("people", "krenz", "--json")

    (wilma,) = said
    assert wilma == {
        "id": Person.objects.get(name="Wilma Krenz").uid,
        "name": "Wilma Krenz",
        "ways": [{"kind": "url", "value": "https://www.linkedin.com/in/wilma-krenz", "label": "LinkedIn"}],
        "standing": wilma["standing"],
        "care": None,
        "sparks": [],
        "last": wilma["last"],
        "days": 12,
        "place": "new",
        "organisation": "Krenz Optics",
        "title": "Founder",
        "circles": [],
    }
    assert is_date(wilma["last"])
    assert wilma["standing"] in {"single-serving", "new spark", "growing", "steady", "drifting", "dormant"}


def test_somebody_never_met_has_no_last_day(amity, world):
    _, said = amity("people", "Ada", "Venn", "--json")

    assert [(one["last"], one["days"], one["standing"]) for one in said] == [(None, 0, "single-serving")]


def test_a_person_adds_moments_dates_facts_hopes_and_the_rhythm(amity, owner, world):
    wilma = Person.objects.get(name="Wilma Krenz")
    set_date(wilma, "birthday", "--12-10")
    add_hope(wilma, "Launch the lens", day=day("2026-02-01"))
    add_fact(wilma, "Has a dog", label="home")
    keep(wilma, day=day("2026-02-01"), sparks={"rooting": "her lens"})

    _, said = amity("person", wilma.uid, "--json")

    assert said["dates"] == [{"kind": "birthday", "value": "--12-10"}]
    assert said["hopes"] == [{"text": "Launch the lens", "day": "2026-02-01", "state": "open"}]
    assert said["facts"] == [
        {"label": "home", "text": "Has a dog", "day": None, "source": "you", "sensitive": False}
    ]
    assert (said["sparks"], said["spark_lines"], said["care"]) == (
        ["rooting"],
        {"rooting": "her lens"},
        "light",
    )
    assert set(said["rhythm"]) == {"days", "low", "high", "p30", "p90", "words"}
    assert said["rhythm"]["low"] < said["rhythm"]["days"] < said["rhythm"]["high"]
    assert 0 < said["rhythm"]["p30"] < said["rhythm"]["p90"] < 1
    moment = said["moments"][0]
    assert set(moment) == {"day", "at", "kind", "setting", "direction", "text", "felt"}
    assert (moment["kind"], moment["direction"], is_date(moment["day"])) == ("message", "out", True)
    assert datetime.fromisoformat(moment["at"]).utcoffset().total_seconds() == 0


def test_a_person_may_be_asked_for_by_a_name_only_they_bear(amity, world):
    assert amity("person", "wilma krenz", "--json")[1]["name"] == "Wilma Krenz"


def test_today_has_nudges_gatherings_and_promises(amity, owner, world):
    today = owner.today()
    amity("capture", "Met Ines Halvard, promised paper by tomorrow", "--json")
    amity("capture", "Met Somebody New", "--json")

    code, said = amity("today", "--json")

    assert (code, said["date"], said["energy"], said["gatherings"]) == (0, today.isoformat(), "usual", [])
    assert 1 <= len(said["nudges"]) <= 3
    for nudge in said["nudges"]:
        assert set(nudge) >= {"id", "person", "reason", "why", "opener", "cost"}
        assert set(nudge["person"]) == {"id", "name"}
        assert isinstance(nudge["cost"], int)
        assert nudge["why"].endswith(".")
    (promise,) = said["promises"]
    assert (promise["text"], promise["person"]["name"], is_date(promise["due"])) == (
        "paper",
        "Ines Halvard",
        True,
    )


def test_another_day_is_planned_in_memory_and_written_nowhere(amity, owner, world):
    from amity.nudges.models import Nudge, Plan

    code, said = amity("today", "--date", "2026-05-03", "--energy", "low", "--json")

    assert (code, said["date"], said["energy"]) == (0, "2026-05-03", "low")
    assert (Plan.objects.count(), Nudge.objects.count()) == (0, 0)


@pytest.mark.parametrize(("word", "state"), [("done", "done"), ("skip", "not today"), ("rest", "let rest")])
def test_a_nudge_is_answered_once(amity, owner, world, word, state):
    nudge = amity("today", "--json")[1]["nudges"][0]

    first, second = amity(word, nudge["id"], "--json"), amity(word, nudge["id"], "--json")

    assert first == (0, {"id": nudge["id"], "state": state, "person": nudge["person"]})
    assert second == (1, {"error": "That nudge has been answered already; it can be undone instead."})


def test_keep_and_shelf_say_where_somebody_is_now(amity, world):
    wilma = Person.objects.get(name="Wilma Krenz").uid

    kept = amity("keep", wilma, "--spark", "like", "--spark", "rooting", "--care", "warm", "--json")
    again = amity("keep", wilma, "--json")
    shelved = amity("shelf", wilma, "--json")

    everything = {
        "id": wilma,
        "name": "Wilma Krenz",
        "place": "kept",
        "care": "warm",
        "sparks": ["like", "rooting"],
    }
    assert kept == again == (0, everything)
    assert shelved == (0, {"id": wilma, "name": "Wilma Krenz", "place": "shelf"})


def test_an_import_of_the_same_files_names_the_one_whose_everything_is(amity, owner, tmp_path):
    cards = vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA))
    first, second = (amity("import", cards, "--json")[1]["import"] for _ in range(2))

    _, listed = amity("imports", "--json")
    _, said = amity("imports")
    amity("undo", second)
    _, undone = amity("imports", "--json")

    assert [(one["id"], one["repeats"]) for one in listed] == [(second, first), (first, "")]
    assert f"same as {first}" in said
    assert [one["state"] for one in undone] == ["undone", "arrived"]


def test_imports_are_listed_newest_first_and_undone_by_id(amity, world, tmp_path):
    _, second = amity("import", vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA)), "--json")

    _, listed = amity("imports", "--json")
    undone = amity("undo", world["import"], "--json")
    _, after = amity("imports", "--json")

    assert [(one["id"], one["state"]) for one in listed] == [
        (second["import"], "arrived"),
        (world["import"], "arrived"),
    ]
    assert undone == (0, {"import": world["import"], "stayed": []})
    assert [one["state"] for one in after] == ["arrived", "undone"]
    assert [one["name"] for one in amity("people", "--json")[1]] == ["Ada Byron"]


def test_me_takes_names_addresses_and_a_zone_and_shows_them(amity):
    code, said = amity(
        "me", "--name", "Maya", "--address", ME, "--address", "m@x.example", "--zone", "Asia/Tokyo", "--json"
    )

    assert (code, said) == (
        0,
        {
            "name": "Maya",
            "zone": "Asia/Tokyo",
            "addresses": ["m@x.example", ME],
            "names": ["Maya"],
            "phones": [],
            "profiles": [],
        },
    )
    assert amity("me", "--json") == (0, said)


def test_what_me_cannot_take_changes_nothing(amity):
    before = amity("me", "--json")

    code, said = amity("me", "--name", "Maya", "--address", "nonsense", "--zone", "Asia/Tokyo", "--json")

    assert (code, said) == (
        1,
        {"error": "'nonsense' does not look like an email Amity can recognise."},
    )
    assert amity("me", "--json") == before


def test_find_says_where_it_stands_and_which_words_it_found(amity, owner):
    ada = Somebody(Person.objects.create(owner=owner, name="Ada Byron", folded="ada byron"))
    ada.hopes("a loom of her own")

    _, said = amity("find", "looom", "ada", "title:x", "--json")
    _, typo = amity("find", "adda", "--json")
    _, told = amity("find", "LOOM", "is:new", "--json")

    assert said == {"found": [], "unknown": ["title:x"], "complete": True}
    assert [(one["kind"], one["on"], one["title"], one["words"]) for one in typo["found"]] == [
        ("person", ada.person.uid, "Ada Byron", ["Ada"]),
        ("hope", ada.person.uid, "Ada Byron", ["Ada"]),
    ]
    (hope,) = told["found"]
    assert hope | {"id": ""} == {
        "kind": "hope",
        "id": "",
        "on": ada.person.uid,
        "title": "Ada Byron",
        "text": "a loom of her own",
        "words": ["loom"],
        "day": "2026-01-01",
    }


def test_a_name_that_two_bear_is_said_with_their_ids_and_one_of_them_chosen(amity, owner):
    both = [Person.objects.create(owner=owner, name="Ada Byron", folded="ada byron") for _ in range(2)]

    code, said = amity("capture", "Met Ada", "--json")
    _, chosen = amity("capture", "Met Ada", "--who", both[1].uid, "--json")

    assert (code, both[0].uid in said["error"], both[1].uid in said["error"]) == (1, True, True)
    assert (both[0].participations.count(), both[1].participations.count()) == (0, 1)
    assert chosen["added"] == []


def test_capture_says_what_it_understood_and_what_it_wrote(amity, owner):
    line = "Met Ada Byron at PyCon breakout, weaving looms, promised paper by Friday, energised #analytics"

    dry, wet = amity("capture", line, "--dry-run", "--json"), amity("capture", line, "--json")

    added = wet[1].pop("added")
    assert wet[1].pop("moment") == Moment.objects.get().uid
    assert dry == wet
    assert [one["name"] for one in added] == ["Ada Byron"]
    assert (dry[1]["people"], dry[1]["setting"], dry[1]["circles"], dry[1]["felt"]) == (
        [{"name": "Ada Byron", "known": False}],
        "conference breakout",
        ["analytics"],
        "gave energy",
    )
    assert is_date(dry[1]["day"])


def test_an_empty_book_gives_empty_lists(amity, owner):
    assert amity("people", "--json") == (0, [])
    assert amity("imports", "--json") == (0, [])
    code, said = amity("today", "--json")
    assert (code, said) == (
        0,
        {
            "date": owner.today().isoformat(),
            "energy": "usual",
            "nudges": [],
            "gatherings": [],
            "promises": [],
            "birthdays": [],
        },
    )


WRONG = {
    ("person", "nobody"): "There is nobody called 'nobody' here.",
    ("keep", "nobody"): "There is nobody called 'nobody' here.",
    ("shelf", "nobody"): "There is nobody called 'nobody' here.",
    ("undo", "nothing"): "That is not here.",
    ("done", "nothing"): "There is no such nudge.",
    ("skip", "nothing"): "There is no such nudge.",
    ("rest", "nothing"): "There is no such nudge.",
    ("today", "--date", "tomorrow"): "'tomorrow' is not a date; write it like 2026-05-03.",
    ("today", "--date", "2026-02-30"): "'2026-02-30' is not a date; write it like 2026-05-03.",
    ("today", "--date", "20260503"): "'20260503' is not a date; write it like 2026-05-03.",
    ("today", "--date", "9999-12-31"): "'9999-12-31' is not a date; write it like 2026-05-03.",
    ("today", "--date", "0001-01-01"): "'0001-01-01' is not a date; write it like 2026-05-03.",
    ("today", "--energy", "much"): "'much' is not an energy; it is one of rest, low, usual.",
    ("me", "--zone", "Mars/Base"): "There is no time zone called 'Mars/Base'; write it like Europe/Lisbon.",
    ("import", "x", "--words", "some"): "Words are kept of none, direct, all, not of 'some'.",
    ("capture", " "): "There is nothing written there yet.",
    ("people", "--loud"): "No such option: --loud",
    ("person",): "Missing argument 'ID'.",
    ("import",): "Missing argument 'PATH...'.",
    ("today", "--date"): "'--json' is not a date; write it like 2026-05-03.",
    ("person", "Ada", "--date"): "There is nobody called 'Ada' here.",
    ("nonsense",): "No such command 'nonsense'.",
    (
        "backup",
        "/nowhere/at/all.backup",
    ): "/nowhere/at/.all.backup.part could not be used: no such file or directory.",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_whatever_is_wrong_is_one_sentence_and_exit_code_one(amity, words):
    code, said = amity(*words, "--json")

    assert (code, said) == (1, {"error": WRONG[words]})


def test_without_json_the_sentence_goes_to_stderr(amity, capsys):
    from amity.doors.cli import main

    code = main(lambda: None, ["person", "nobody"])

    said = capsys.readouterr()
    assert (code, said.out, said.err) == (1, "", "There is nobody called 'nobody' here.\n")


def test_an_unknown_spark_or_care_is_named(amity, world):
    wilma = Person.objects.get(name="Wilma Krenz").uid

    assert amity("keep", wilma, "--spark", "love", "--json")[1]["error"].startswith("'love' is not a spark;")
    assert amity("keep", wilma, "--care", "huge", "--json")[1]["error"].startswith("'huge' is not a care;")
    assert Person.objects.get(name="Wilma Krenz").place == "new"


def test_two_people_of_one_name_have_to_be_told_apart(amity, tmp_path):
    amity(
        "import", vcf(tmp_path / "c", a_card("Ada", email=ADA), a_card("Ada", email="a@x.example")), "--json"
    )

    assert amity("shelf", "ada", "--json") == (
        1,
        {"error": "There is more than one person called 'ada' here."},
    )


def test_nobody_from_the_trash_or_another_book_is_listed(amity, world, owner):
    from cast import a_person

    trash(Person.objects.get(name="Wilma Krenz"))
    theirs = a_person("Wilma Other").person

    assert amity("people", "wilma", "--json") == (0, [])
    assert amity("person", theirs.uid, "--json")[0] == 1


def test_what_nobody_foresaw_is_still_one_json_value(amity, monkeypatch):
    def stumble():
        raise ZeroDivisionError

    monkeypatch.setattr("amity.doors.cli.home.owner", stumble)

    assert amity("people", "--json") == (
        1,
        {"error": "Amity met something it did not expect: ZeroDivisionError."},
    )


def test_a_mailbox_of_nobody_known_is_asked_about_with_exit_code_two(amity, tmp_path):
    code, said = amity("import", mbox(tmp_path / "box", a_letter(1, ADA, ME)), "--json")

    assert (code, said["files"][0]["refused"]) == (
        2,
        "Amity cannot tell which address in box is yours; say it with: amity me --address you@example.org",
    )


def test_a_person_of_the_cast_is_found_by_a_word_of_their_circle(amity, owner):
    from amity.people.actions import add, join_circle

    somebody = Somebody(add(owner, "Ada Byron"))
    join_circle(somebody.person, "Weavers")

    assert [one["circles"] for one in amity("people", "weavers", "--json")[1]] == [["Weavers"]]

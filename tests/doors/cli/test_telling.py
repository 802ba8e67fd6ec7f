"""What a person reads in the terminal: within eighty columns, whatever a file has put into the book."""

import unicodedata

import pytest

from amity.doors.cli import telling
from amity.people.actions import add, add_fact, add_hope, add_way, keep
from cast import day
from sources.samples import ADA, a_card, a_meeting, ics, vcf

pytestmark = pytest.mark.once

WIDE = 80


def width(line):
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", str(WIDE))
    telling.out.cache_clear()
    yield
    telling.out.cache_clear()


NAMES = [
    "Ada Byron",
    "Zoë Ångström-Óðinsdóttir",
    "山田 太郎",
    "محمد بن زكريا",
    "[bold]Not bold[/bold] [/x]",
    ":smile: \x1b[31mred\x07",
    "A" * 300,
    "An Exceedingly Long Name of Somebody " * 7,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_fits_into_the_list_and_on_the_page(amity, owner, name):
    person = add(owner, name)
    add_way(person, "url", f"https://loom.example/{'a' * 200}")
    add_hope(person, "Launch " + "the loom " * 30, day=day("2026-01-01"))
    keep(person, day=day("2026-01-01"), sparks={"like": "her [laugh]"})

    said = [amity("people"), amity("person", person.uid), amity("today"), amity("keep", person.uid)]

    assert [code for code, _ in said] == [0] * 4
    words = "\n".join(text for _, text in said)
    assert "\x1b" not in words
    assert "\x07" not in words
    assert max(width(line) for line in said[0][1].splitlines()) <= WIDE


def test_nothing_a_file_says_is_taken_for_markup(amity, owner):
    person = add(owner, "[bold]Ada[/bold]")

    _, said = amity("person", person.uid)

    assert said.splitlines()[0] == "[bold]Ada[/bold]"


def test_the_list_keeps_ids_standings_and_days_whole(amity, owner):
    person = add(owner, "An Exceedingly Long Name of Somebody " * 7)

    _, said = amity("people")

    assert person.uid in said
    assert "single-serving" in said


def test_a_sensitive_fact_stays_out_of_the_terminal(amity, owner):
    person = add(owner, "Ada Byron")
    add_fact(person, "An illness", sensitive=True)
    add_fact(person, "Likes tea", label="drinks")

    _, said = amity("person", person.uid)

    assert "drinks: Likes tea" in said.splitlines()
    assert "illness" not in said


def test_a_long_list_says_how_many_more_there_are(amity, owner):
    for number in range(62):
        add(owner, f"Friend {number}")

    _, said = amity("people")

    assert said.splitlines()[-1] == "and 2 more; add words to find somebody"


def test_an_import_is_told_in_sentences(amity, owner, tmp_path):
    cards = vcf(tmp_path / "cards", a_card("Ada Byron", email=ADA), "BEGIN:VCARD\nFN:Half\n")

    code, said = amity("import", cards, tmp_path / "missing")

    lines = " ".join(said.split())
    assert code == 0
    assert "vcard, 1 record." in lines
    assert "There is no file missing." in lines
    assert "Brought 1 new person (0 updated, 0 the same), 0 moments and 0 gatherings" in lines
    assert "Take it back with: amity undo" in lines


def test_an_import_of_nothing_says_so(amity, tmp_path):
    code, said = amity("import", tmp_path / "missing")

    assert (code, said.splitlines()[-1]) == (2, "Nothing was brought in.")


def test_an_undo_says_who_stays(amity, owner, tmp_path):
    import_id = amity("import", vcf(tmp_path / "c", a_card("Ada Byron", email=ADA)), "--json")[1]["import"]
    amity("keep", "Ada Byron")

    _, said = amity("undo", import_id)

    assert said == "That import is taken back.\nYou have touched these since, so they stay: Ada Byron.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("people",), "Nobody here. Bring people in with: amity import FILE\n"),
        (("imports",), "Nothing was brought in yet. Try: amity import FILE\n"),
    ],
)
def test_an_empty_book_invites(amity, owner, words, said):
    assert amity(*words) == (0, said)


def test_a_day_lists_what_is_on_it(amity, owner, tmp_path):
    amity("import", ics(tmp_path / "cal", a_meeting("a", "20260503", "20260504", title="[Tea]")))
    amity("capture", "Met Ada Byron, promised paper")

    _, said = amity("today", "--date", "2026-05-03")

    assert said.splitlines() == [
        "2026-05-03, usual energy",
        "",
        "Nobody needs you today. Enjoy it.",
        "",
        "Later today",
        "[Tea]",
        "",
        "You said you would",
        "Ada Byron: paper",
    ]


def test_on_a_terminal_an_import_shows_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")

    with telling.progress(quiet=False) as tell:
        tell("Reading [box]", 500, 0)
        tell("Bringing people in", 1000, 2000)

    assert capsys.readouterr().out
    with telling.progress(quiet=True) as tell:
        tell("Reading", 1, 2)
    assert capsys.readouterr().out == ""


def test_without_a_command_the_commands_are_listed(amity):
    code, said = amity()

    assert (code, "import" in said.split(), "doctor" in said.split()) == (0, True, True)

"""docs/terminal.md and docs/settings.md say everything, and nothing that is not so."""

import json
import re
from pathlib import Path

import pytest
import typer

from amity.doors.cli.commands import app
from amity.gatherings.actions import add as add_gathering
from amity.gatherings.models import Attendance
from amity.people.actions import add, add_fact, add_hope, add_way, join_circle, keep, set_date
from amity.people.models import OtherName
from cast import day
from formats.linkedin_sample import invented_connections, invented_messages, linkedin_zip
from sources.samples import ADA, ME, a_card, a_letter, linkedin, mbox, vcf

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## amity (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
COMMANDS = {name: one for name, one in typer.main.get_command(app).commands.items() if not one.hidden}


LINKED = {
    name: (row, (ROOT / "docs" / page).read_text(encoding="utf-8"))
    for name, row, page in re.findall(
        r"^\| `amity (\w+)` \| (.*) \| \[.*?\]\((.*?)\) \|$", PAGE, re.MULTILINE
    )
}


def test_every_command_is_on_the_page():
    assert sorted([*SECTIONS, *LINKED]) == sorted(COMMANDS)


@pytest.mark.parametrize("name", LINKED)
def test_every_option_of_a_command_with_a_page_of_its_own_is_on_one_of_the_two(name):
    row, page = LINKED[name]
    below = getattr(COMMANDS[name], "commands", {})

    options = {
        option for one in [COMMANDS[name], *below.values()] for each in one.params for option in each.opts
    }

    words = set(re.findall(r"[\w-]+", row + page))
    assert {word for word in [*below, *options] if word.startswith("--") or word in below} - {
        "--json"
    } <= words


@pytest.mark.parametrize("name", SECTIONS)
def test_every_option_is_described_and_shown_in_one_example(name):
    section = SECTIONS[name]
    (example,) = re.findall(r"^```sh\n(.*?)\n```", section, re.DOTALL | re.MULTILINE)

    for parameter in COMMANDS[name].params:
        spelled = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar.strip("[]")]
        assert any(one in section for one in [*spelled, *parameter.secondary_opts]), parameter.name
    known = {option for one in COMMANDS[name].params for option in [*one.opts, *one.secondary_opts]}
    assert set(re.findall(r"--[a-z-]+", section)) <= known
    assert example.startswith(f"amity {name}")


def shape(value):
    """Give what a value is made of: keys and kinds, of a list its first element."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value[:1]]
    return "anything" if value is None else type(value).__name__


def same(documented, printed):
    """Tell whether two shapes agree; null stands for anything, and a list may be empty."""
    if "anything" in (documented, printed):
        return True
    if isinstance(documented, dict) and isinstance(printed, dict):
        return documented.keys() == printed.keys() and all(
            same(documented[key], printed[key]) for key in printed
        )
    if isinstance(documented, list) and isinstance(printed, list):
        return not documented or not printed or same(documented[0], printed[0])
    return documented == printed


def documented(name):
    (block,) = re.findall(r"^```json\n(.*?)\n```", SECTIONS[name], re.DOTALL | re.MULTILINE)
    return json.loads(block)


@pytest.fixture
def ada(owner):
    """Somebody of whom the book knows everything it can know."""
    ada = add(owner, "Ada Byron", met_on=day("2024-05-06"))
    add_way(ada, "email", ADA, "work")
    keep(ada, day=day("2026-01-01"), sparks={"curious": "her looms"}, care="warm")
    add_hope(ada, "Launch the loom", day=day("2026-01-01"))
    add_fact(ada, "Tea", label="drinks")
    set_date(ada, "birthday", "--12-10")
    join_circle(ada, "analytics")
    OtherName.objects.create(owner=owner, person=ada, name="Augusta")
    return ada


@pytest.fixture
def book(amity, owner, ada, tmp_path):
    """A book in which every command has something to say; gives what their placeholders stand for."""
    today = owner.today()
    export = linkedin_zip(
        tmp_path / "export", connections=invented_connections(today), messages=invented_messages(today)
    )
    brought = amity("import", export, "--json")[1]["import"]
    amity("capture", "Met Ada Byron for coffee, she gave me an idea, promised paper by tomorrow")
    gathering = add_gathering(owner, "Coffee", day=today)
    Attendance.objects.create(owner=owner, gathering=gathering, person=ada)
    amity("me", "--address", ME)
    amity("keep", "Tomas Ferrow")
    nudges = amity("today", "--json")[1]["nudges"]
    return {"ID": ada.uid, "IMPORT": brought, "NUDGE": nudges[0]["id"], "TMP": str(tmp_path)}


CALLS = {
    "imports": [],
    "undo": ["IMPORT"],
    "me": [],
    "people": ["ada", "byron"],
    "person": ["ID"],
    "today": [],
    "done": ["NUDGE"],
    "skip": ["NUDGE"],
    "rest": ["NUDGE"],
    "keep": ["ID"],
    "shelf": ["ID"],
    "capture": [
        "Met Otto Lindqvist, curious about looms, she hopes to launch, gave me an idea, promised tea #x"
    ],
    "export": ["TMP/book.zip"],
    "backup": ["TMP/amity.backup"],
    "doctor": [],
}


@pytest.mark.parametrize("name", CALLS)
def test_the_documented_keys_are_those_that_are_printed(amity, book, name):
    words = [re.sub("|".join(book), lambda found: book[found[0]], word) for word in CALLS[name]]

    _, printed = amity(name, *words, "--json")

    assert same(shape(documented(name)), shape(printed)), (shape(documented(name)), shape(printed))
    assert "error" not in printed


def test_the_documented_report_is_the_one_that_is_printed(amity, tmp_path):
    blank = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n,,https://x.example/in/y,,,,\n"
    )
    export = linkedin(tmp_path / "export", **{"Connections.csv": blank})
    box = mbox(
        tmp_path / "box", *(a_letter(n, sender, ME) for n, sender in enumerate([ADA, "b@x.example"] * 2))
    )

    _, printed = amity("import", export, box, vcf(tmp_path / "cards", a_card("Ada", email=ADA)), "--json")

    assert (printed["notes"], printed["files"][0]["skipped"]) != ([], [])
    assert same(shape(documented("import")), shape(printed))


def test_the_sample_world_is_counted_as_documented(amity):
    _, printed = amity("demo", "--json")

    assert same(shape(documented("demo")), shape(printed))


def test_an_exported_book_comes_back_as_documented(amity, owner, tmp_path):
    ada = add(owner, "Ada Byron")
    amity("export", tmp_path / "book.zip", "--json")
    ada.delete()

    code, printed = amity("restore", tmp_path / "book.zip", "--json")

    assert (code, printed) == (0, {"file": str(tmp_path / "book.zip"), "people": 1})
    assert shape(documented("restore")) == shape(printed)


READ = r"""(?:_from_env\(|environ\.get\(|environ\[)\s*["'](AMITY_\w+)"""


def test_every_setting_is_documented_and_no_other():
    source = ROOT / "src" / "amity"
    read = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(
            r"""(?:_from_env\(|environ\.get\(|environ\[)\s*["'](AMITY_\w+)""", path.read_text("utf-8")
        )
    }
    table = re.findall(
        r"^\| `(AMITY_\w+)` \|", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE
    )

    assert sorted(table) == sorted(read)

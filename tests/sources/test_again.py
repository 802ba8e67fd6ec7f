"""The same thing told twice: by one file twice, by two files, by the owner and a file."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amity.journal.models import Origin
from amity.moments.models import Moment
from amity.nudges.actions import done
from amity.nudges.models import Nudge, Plan
from amity.owner.actions import claim
from amity.people.models import Fact, OtherName, Person, Way
from amity.sources.actions import begin, carry_out, confirm, undo
from amity.sources.undoing import UNDONE_SINCE
from cast import a_person, a_picture, an_owner, day
from sources.book import moments, names, rows, told
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


@pytest.fixture
def maya(db):
    owner = an_owner("Maya", zone="Europe/Lisbon")
    claim(owner, "email", ME)
    return owner


FILES = {
    "linkedin": lambda path: linkedin(path, ["Ben Okafor"], [a_word("Ben Okafor", "2026-01-07 09:00:00")]),
    "vcard": lambda path: vcf(
        path,
        a_card_with_photo("Ada Byron", a_picture("teal"), email=ADA, categories="Looms", org="Loom Works"),
        a_card("", email="nameless@loom.example"),
        a_card("Front Desk", tel="+44 20 7946 0018"),
        a_card("Ben Okafor", tel="+44 20 7946 0018"),
    ),
    "mbox": lambda path: mbox(
        path, a_letter(1, ADA, ME), a_letter(2, ME, BEN), a_letter(3, "info@desk.example", ME)
    ),
    "maildir": lambda path: maildir(path, a_letter(1, ADA, ME), a_letter(2, "plain@loom.example", ME)),
    "eml": lambda path: eml(path, a_letter(4, CLEO, ME, ADA)),
    "ics": lambda path: ics(
        path,
        a_meeting("a", "20200106T100000Z", "20200106T110000Z", ME, ADA, "info@desk.example"),
        a_meeting("b", "20990106", "20990107", ME, BEN),
    ),
}


@pytest.mark.parametrize("form", FILES)
def test_the_same_file_twice_changes_nothing(maya, tmp_path, form):
    path = FILES[form](tmp_path / "file")
    bring_in(maya, path)
    before = rows(maya)

    _, again = bring_in(maya, path)

    assert rows(maya) == before
    assert (again.people_new, again.people_updated, again.moments_new, again.gatherings_new) == (0, 0, 0, 0)


def test_the_same_files_under_other_names_change_nothing(maya, tmp_path):
    folder, copy = tmp_path / "one", tmp_path / "two"
    for place in (folder, copy):
        place.mkdir()
        for number, write in enumerate(FILES.values()):
            write(place / f"{place.name}{number}")
    bring_in(maya, folder)
    before = rows(maya)

    bring_in(maya, copy)

    assert rows(maya) == before


def test_a_second_look_at_a_file_says_nothing_of_its_own(maya, tmp_path):
    path = FILES["mbox"](tmp_path / "box")
    first, _ = bring_in(maya, path)
    bring_in(maya, path)

    undo(first)
    third, report = bring_in(maya, path)

    assert (report.moments_new, len(moments(maya))) == (3, 3)
    undo(third)
    assert moments(maya) == []


def test_a_second_look_says_whose_everything_is_and_that_it_went(maya, tmp_path):
    path = FILES["vcard"](tmp_path / "cards")
    first, once = bring_in(maya, path)
    second, again = bring_in(maya, path)
    told = list(again.notes)

    stayed = undo(first)
    second.refresh_from_db()

    assert (once.notes, once.repeats, again.repeats) == ([], "", first.uid)
    (note,) = told
    assert note.startswith("The same files came in before, on ")
    assert note.endswith("What they say is that import's, and goes out of your book when that one is undone.")
    assert (stayed.people, names(maya)) == ([], [])
    assert second.report["notes"] == [note, UNDONE_SINCE]


def test_undoing_a_second_look_takes_nothing_away(maya, tmp_path):
    path = FILES["vcard"](tmp_path / "cards")
    bring_in(maya, path)
    before = rows(maya)
    second, _ = bring_in(maya, path)

    undo(second)

    assert rows(maya) == before


def test_a_preview_that_becomes_a_second_look_says_so_once(maya, tmp_path):
    path = FILES["vcard"](tmp_path / "cards")
    first, _ = bring_in(maya, path)
    looked = begin(maya, [str(path)], preview=True)
    carry_out(looked)

    report = carry_out(confirm(looked))

    assert (len(report.notes), report.repeats) == (1, first.uid)


def test_the_same_mail_in_two_files_is_one_moment_with_two_origins(maya, tmp_path):
    bring_in(maya, mbox(tmp_path / "box", a_letter(1, ADA, ME), a_letter(2, ADA, ME, day=6)))

    _, report = bring_in(maya, eml(tmp_path / "letter", a_letter(1, ADA, ME)))

    assert (report.moments_new, report.moments_same, Moment.objects.count()) == (0, 1, 2)
    assert Origin.objects.filter(table="amity.moment").count() == 1


@pytest.mark.parametrize("form", ["mbox", "ics", "vcard", "linkedin"])
@pytest.mark.parametrize("first_to_go", [0, 1])
def test_what_two_files_say_stays_until_both_are_undone(maya, tmp_path, form, first_to_go):
    empty = rows(maya)
    runs = [bring_in(maya, FILES[form](tmp_path / "file"))[0]]
    alone = told(maya)
    both = tmp_path / "both"
    both.mkdir()
    FILES[form](both / "same")
    vcf(both / "other", a_card("Somebody Else", email="else@loom.example"))
    runs.append(bring_in(maya, both)[0])

    undo(runs.pop(first_to_go))
    left = told(maya)
    undo(runs.pop())

    assert {what: left[what] for what in ("moments", "gatherings")} == {
        what: alone[what] for what in ("moments", "gatherings")
    }
    assert [one for one in left["people"] if one[0] != "Somebody Else"] == alone["people"]
    assert rows(maya) == empty


def test_a_card_of_somebody_known_only_adds_what_is_new(maya, tmp_path):
    bring_in(maya, mbox(tmp_path / "box", a_letter(1, ADA, ME)))

    _, report = bring_in(
        maya, vcf(tmp_path / "cards", a_card("Ada Augusta Byron", email=ADA.upper(), title="Weaver"))
    )

    ada = Person.objects.get()
    assert (report.people_new, report.people_updated, report.people_same) == (0, 1, 0)
    assert (ada.name, list(OtherName.objects.values_list("name", flat=True))) == (
        "Ada Byron",
        ["Ada Augusta Byron"],
    )
    assert list(Way.objects.values_list("value", flat=True)) == [ADA]
    assert ada.folded == "ada byron ada@loom.example augusta weaver"


def test_two_who_turned_out_to_be_one_are_known_by_either_name_when_their_cards_come_again(maya, tmp_path):
    bring_in(maya, eml(tmp_path / "mail", a_letter(1, BEN, ME)))
    either = {"tel": "+44 20 7946 0018", "uid": "one"}
    hers = vcf(tmp_path / "hers", a_card("Ada Byron", email=ADA, **either), a_card("Ada Byron", email=ADA))
    theirs = vcf(
        tmp_path / "theirs",
        a_card("Ada Byron", email=BEN, uid="one"),
        a_card("Ben Okafor", email=ADA, **either),
    )
    for file in (hers, theirs):
        bring_in(maya, file)
    before = rows(maya)

    for file in (hers, theirs):
        bring_in(maya, file)

    assert names(maya) == ["Ben Okafor"]
    assert rows(maya) == before


def test_somebody_called_after_their_mailbox_gets_their_name_when_a_file_tells_it(maya, tmp_path):
    bring_in(maya, mbox(tmp_path / "box", a_letter(1, "dora.lund@loom.example", ME)))
    before = rows(maya)

    run, report = bring_in(
        maya, vcf(tmp_path / "cards", a_card("Dora Ann Lund", email="dora.lund@loom.example"))
    )
    named = names(maya)
    undo(run)

    assert (named, report.people_updated) == (["Dora Ann Lund"], 1)
    assert rows(maya) == before


def test_the_day_of_connecting_is_told_of_somebody_known_before(maya, tmp_path):
    url = "https://www.linkedin.com/in/ben-okafor"
    bring_in(maya, vcf(tmp_path / "cards", a_card("Ben Okafor", url=url)))

    bring_in(maya, linkedin(tmp_path / "export", ["Ben Okafor"]))

    assert list(Fact.objects.filter(label="Connected").values_list("text", "source")) == [
        ("6 May 2024", "linkedin")
    ]


def test_a_moment_written_by_done_is_joined_by_the_mail_itself(maya, tmp_path):
    ada = a_person("Ada").reached_by("email", ADA).person
    plan = Plan.objects.create(owner=maya, day=day("2026-01-05"), energy="usual")
    nudge = Nudge.objects.create(
        owner=maya,
        plan=plan,
        person=ada,
        reason="overdue",
        why="x",
        opener="y",
        medium="mail",
        cost=2,
        position=0,
    )
    done(nudge, today=day("2026-01-05"))
    box = mbox(tmp_path / "box", a_letter(1, ME, ADA), a_letter(2, ME, ADA))

    first, report = bring_in(maya, box)
    joined = rows(maya)
    bring_in(maya, box)
    unchanged = rows(maya)
    bring_in(maya, eml(tmp_path / "copy", a_letter(1, ME, ADA)))

    assert (report.moments_same, report.moments_new) == (1, 1)
    assert moments(maya) == [("2026-01-05", "mail", "out", "Ada"), ("2026-01-05", "mail", "out", "Ada")]
    assert unchanged == joined
    undo(first)
    assert Moment.objects.of(maya).get().key == f"nudge:{nudge.uid}"


# Each example is many imports; the fuzz profile tries many more.
A_FEW = settings(max_examples=settings.default.max_examples // 8)
SENDERS = [ADA, BEN, CLEO, "dora.lund@loom.example", "info@desk.example", ME]


def a_letter_of_mine(number, sender, to):
    return a_letter(number, sender, *to, *([] if ME in {sender, *to} else [ME]), day=1 + number)


LETTERS = st.builds(
    a_letter_of_mine,
    st.integers(0, 7),
    st.sampled_from(SENDERS),
    st.lists(st.sampled_from(SENDERS), min_size=1, max_size=3, unique=True),
)
CARDS = st.builds(
    a_card,
    st.sampled_from(["Ada Byron", "Ada", "Ben Okafor", "", "Dora Lund"]),
    email=st.sampled_from([ADA, BEN, "dora.lund@loom.example", ""]),
    tel=st.sampled_from(["+44 20 7946 0018", ""]),
    uid=st.sampled_from(["one", "two", ""]),
    title=st.sampled_from(["Weaver", ""]),
    org=st.sampled_from(["Loom Works", "Kiln", ""]),
    categories=st.sampled_from(["Looms", ""]),
)
MEETINGS = st.builds(
    lambda uid, year, guests: a_meeting(f"{uid}", f"{year}0106T100000Z", f"{year}0106T110000Z", ME, *guests),
    st.integers(0, 4),
    st.sampled_from([2020, 2099]),
    st.lists(st.sampled_from(SENDERS[:5]), max_size=3, unique=True),
)
WORDS = st.builds(
    a_word, st.sampled_from(["Ada Byron", "Ben Okafor"]), st.sampled_from(["2026-01-07 09:00:00"])
)
A_FILE = st.one_of(
    st.tuples(st.just(mbox), st.lists(LETTERS, min_size=1, max_size=5)),
    st.tuples(st.just(eml), st.lists(LETTERS, min_size=1, max_size=1)),
    st.tuples(st.just(vcf), st.lists(CARDS, min_size=1, max_size=4)),
    st.tuples(st.just(ics), st.lists(MEETINGS, min_size=1, max_size=3)),
    st.tuples(
        st.just(lambda path, *words: linkedin(path, ["Ben Okafor"], words)), st.lists(WORDS, max_size=2)
    ),
)
FOLDERS = st.lists(st.lists(A_FILE, min_size=1, max_size=2), min_size=2, max_size=3)


class AnyMixOfFiles(TestCase):
    """Small random mixes of overlapping files, brought in one after the other."""

    @A_FEW
    @given(FOLDERS)
    def test_undo_is_exact_when_nothing_happened_in_between(self, folders):
        maya, runs, books = self._maya(), [], []

        with tempfile.TemporaryDirectory() as home:
            for folder in folders:
                books.append(rows(maya))
                runs.append(bring_in(maya, *_write(Path(home) / str(len(runs)), folder))[0])
            for run, before in zip(reversed(runs), reversed(books), strict=True):
                undo(run)

                assert rows(maya) == before

    @A_FEW
    @given(FOLDERS, st.randoms())
    def test_undone_in_any_order_nothing_is_left(self, folders, chance):
        maya = self._maya()
        before = rows(maya)

        with tempfile.TemporaryDirectory() as home:
            runs = [
                bring_in(maya, *_write(Path(home) / str(place), folder))[0]
                for place, folder in enumerate(folders)
            ]
            chance.shuffle(runs)
            for run in runs:
                undo(run)

        assert rows(maya) == before

    @A_FEW
    @given(FOLDERS)
    def test_all_of_it_twice_changes_nothing(self, folders):
        maya = self._maya()

        with tempfile.TemporaryDirectory() as home:
            paths = [_write(Path(home) / str(place), folder) for place, folder in enumerate(folders)]
            for some in paths:
                bring_in(maya, *some)
            before = rows(maya)
            for some in paths:
                bring_in(maya, *some)

        assert rows(maya) == before

    @staticmethod
    def _maya():
        owner = an_owner("Maya", zone="Europe/Lisbon")
        claim(owner, "email", ME)
        return owner


def _write(folder, files):
    folder.mkdir()
    return [write(folder / str(place), *parts) for place, (write, parts) in enumerate(files)]

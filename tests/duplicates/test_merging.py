"""Two people become one, and two again: the very same book."""

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.book.actions import erase
from amity.book.export import export
from amity.book.reimport import bring_back
from amity.duplicates.actions import merge, unmerge
from amity.duplicates.models import Merge
from amity.duplicates.queries import merged_into
from amity.introductions.models import Apart, Introduction
from amity.introductions.queries import between as introductions
from amity.journal.actions import undo
from amity.journal.models import Touch
from amity.journal.queries import last_deed
from amity.moments.actions import Told, give, promise, record
from amity.moments.queries import companions
from amity.moments.queries import with_person as moments_of
from amity.nudges.models import Nudge, Plan
from amity.owner.actions import NotPossible
from amity.people.actions import add_fact, join_circle, rest, shelve, trash
from amity.people.edits import set_photo, set_work
from amity.people.identity import Directory, now
from amity.people.links import know
from amity.people.models import Link, Person
from amity.people.queries import get, matching
from amity.search.queries import find
from amity.ties.actions import log_suggestions
from amity.ties.story import story
from cast import Somebody, a_gathering, a_person, a_picture, an_owner, day

pytestmark = pytest.mark.django_db

DAYS = ("2026-01-05", "2026-02-04", "2026-03-06")


def the_book(path):
    """Give everything an export holds, file by file."""
    export(an_owner(), path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything(who: Somebody, other: Somebody, friend: Somebody):
    """Let every kind of row hang on somebody, some of it between the two."""
    person = who.person
    who.met_on(DAYS[0]).kept(spark="like", words=person.name).born("--12-10").hopes("weave")
    who.reached_by("email", "ada@looms.example").reached_by("phone", "+44 20 7946 0018")
    add_fact(person, "left-handed")
    join_circle(person, "Weavers")
    set_work(person, "Weaver", "Looms")
    set_photo(person, a_picture("red" if who is not friend else "blue"))
    rest(person, starts=day("2026-07-01"), ends=day("2026-08-01"))
    give(person, "idea", day=day(DAYS[0]), received=True)
    promise(person, "the paper", day=day(DAYS[0]))
    log_suggestions(who.owner, [person.pk], day=day("2026-05-01"))
    plan, _ = Plan.objects.get_or_create(owner=who.owner, day=day("2026-05-01"))
    Nudge.objects.create(
        owner=who.owner, person=person, plan=plan, reason="overdue", why="", opener="", cost=1, position=0
    )
    know(person, friend.person.name, "colleague")
    Link.objects.get_or_create(owner=who.owner, a=person, b=other.person, kind="colleague")
    Introduction.objects.create(owner=who.owner, a=other.person, b=person, day=day(DAYS[0]))
    Introduction.objects.create(owner=who.owner, a=friend.person, b=person, day=day(DAYS[0]))
    Apart.objects.create(owner=who.owner, a=person, b=friend.person)


def two_of_one():
    ada, lady, mary = a_person("Ada Byron"), a_person("A. Byron"), a_person("Mary")
    everything(ada, lady, mary)
    everything(lady, ada, mary)
    record(an_owner(), [ada.person, lady.person, mary.person], day=day(DAYS[1]), told=Told())
    a_gathering("Looms", "2026-04-01", ada, lady, mary)
    return ada.person, lady.person, mary.person


def test_two_people_become_one_and_two_again_and_it_is_the_same_book(tmp_path):
    ada, lady, _ = two_of_one()
    before = the_book(tmp_path / "before.zip")

    joined = merge(ada, lady)
    between = the_book(tmp_path / "between.zip")
    unmerge(joined)

    assert the_book(tmp_path / "after.zip") == before
    assert between != before


def test_a_merge_can_be_undone_like_any_deed(tmp_path):
    ada, lady, _ = two_of_one()
    before = the_book(tmp_path / "before.zip")
    merge(ada, lady)

    undo(an_owner(), last_deed(an_owner()).uid)

    assert the_book(tmp_path / "after.zip") == before


def test_of_two_who_became_one_everything_is_said_once():
    ada, lady, mary = two_of_one()

    merge(ada, lady)

    owner, today = an_owner(), day("2026-05-10")
    told = story(owner, get(owner, lady.uid), today)
    assert told.person == ada
    assert (told.row.name, told.other_names, told.tie.days) == ("Ada Byron", ["A. Byron"], 2)
    assert [way.value for way in told.row.ways] == ["ada@looms.example", "+44 20 7946 0018"]
    assert [fact.text for fact in told.facts] == ["left-handed"]
    assert told.row.circles == ["Weavers"]
    assert [(link.b.name, link.kind) for link in told.links] == [("Mary", "colleague")]
    assert [one.day.isoformat() for one in told.moments] == [DAYS[1], DAYS[0], DAYS[0]]
    assert [one.gathering.title for one in told.attendances] == ["Looms"]
    assert [*companions(mary, told.moments).values()] == [["Ada Byron"]] * 3
    assert {one.name for one in matching(owner, "byron")} == {"Ada Byron"}
    assert [hit.title for hit in find(owner, "byron", today=today).hits if hit.kind == "person"][1:] == []
    assert introductions(ada, mary).count() == 2


STEP = st.one_of(
    st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("say"), st.integers(0, 3), st.sampled_from(["like", "admire"])),
)


@pytest.mark.once
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(STEP, max_size=6), pairs=st.permutations([(0, 1), (1, 2), (2, 3)]))
def test_whoever_became_one_in_any_order_comes_apart_in_reverse(tmp_path, said, pairs):
    Person.everything.all().delete()
    people = [a_person(f"Ada {number}") for number in range(4)]
    for _, who, what in said:
        kind = what if isinstance(what, str) else "rooting"
        people[who].kept(spark=kind, words=f"{who}").met_on(DAYS[0])
    record(an_owner(), [one.person for one in people], day=day(DAYS[1]), told=Told())
    books, merges = [], []

    for one, other in pairs:
        books.append(the_book(tmp_path / "book.zip"))
        merges.append(merge(now(fresh(people[one])), now(fresh(people[other]))))
    backwards = []
    for joined in reversed(merges):
        unmerge(Merge.objects.get(pk=joined.pk))
        backwards.append(the_book(tmp_path / "book.zip"))

    assert backwards == books[::-1]


def fresh(one):
    return Person.everything.get(pk=one.person.pk)


def test_the_first_of_two_merges_can_come_apart_before_the_second():
    ada, lady, countess = (a_person(name) for name in ("Ada", "Lady", "Countess"))
    lady.met_on(DAYS[0]).reached_by("email", "lady@looms.example")
    first = merge(ada.person, lady.person)
    merge(countess.person, ada.person)

    unmerge(first)

    there = {one.name: [w.value for w in one.ways.all()] for one in Person.objects.order_by("name")}
    assert there == {"Countess": [], "Lady": ["lady@looms.example"]}
    assert moments_of(fresh(lady)).count() == 1
    assert list(merged_into(fresh(countess)).values_list("gone__name", flat=True)) == ["Ada"]


def test_what_is_newer_than_the_merge_stays_with_the_survivor():
    ada, lady = a_person("Ada"), a_person("Lady").hopes("weave")
    joined = merge(ada.person, lady.person)
    ada.hopes("rest").kept(care="warm")

    unmerge(joined)

    assert [hope.text for hope in fresh(lady).hopes.all()] == ["weave"]
    assert [hope.text for hope in fresh(ada).hopes.all()] == ["rest"]
    assert (fresh(ada).place, fresh(lady).place) == ("kept", "new")


def test_the_more_protective_wins():
    ada, lady = a_person("Ada").kept(care="warm"), a_person("Lady").kept(care="close")
    shelve(lady.person)

    merge(ada.person, lady.person)

    assert (fresh(ada).place, fresh(ada).care) == ("shelf", "close")


def test_one_person_cannot_become_just_anybody():
    ada, jonas = a_person("Ada").person, a_person("Ada").of(an_owner("Jonas")).person
    gone, child = a_person("Bo").person, a_person("Kit").mentioned().person
    trash(gone)

    said = [sentence_of(merge, ada, other) for other in (ada, jonas, gone, child)]

    assert said == [
        "Ada is one person already.",
        "These two are in two different books.",
        "Bo is in the trash; take them out first.",
        "Kit is known only through somebody else.",
    ]
    assert Merge.objects.count() == 0


def sentence_of(deed, *args):
    with pytest.raises(NotPossible) as wrong:
        deed(*args)
    return wrong.value.sentence


def test_whoever_is_erased_takes_along_who_they_had_become(tmp_path):
    ada = a_person("Ada")
    gone = (
        a_person("Muskateller").reached_by("email", "muskateller@x.example").met_on(DAYS[0], text="Riesling")
    )
    merge(ada.person, gone.person)

    erase(fresh(ada))

    book = b"".join(the_book(tmp_path / "book.zip").values()).decode()
    assert [
        word for word in ("Muskateller", "muskateller", "Riesling", gone.person.uid) if word in book
    ] == []
    assert Directory.load(an_owner()).is_erased([("email", "muskateller@x.example")])
    assert Touch.objects.exclude(before=None, after=None).count() == 0


def test_a_book_with_merges_comes_back_and_comes_apart_there(tmp_path):
    ada, lady, _ = two_of_one()
    before = the_book(tmp_path / "before.zip")
    merge(ada, lady)
    export(an_owner(), tmp_path / "joined.zip")
    ines = an_owner("Ines")

    bring_back(ines, tmp_path / "joined.zip")
    unmerge(Merge.objects.of(ines).get())

    export(ines, tmp_path / "after.zip")
    with zipfile.ZipFile(tmp_path / "after.zip") as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    assert {name for name in before if before[name] != after[name]} <= {"data/owner.json"}

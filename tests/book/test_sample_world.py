"""The sample world as whoever looks at it finds it: believable, invented, and something of everything.

It is made once for all of this file; ``test_sample.py`` looks at the making.
"""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from amity.book.sample import Made, make
from amity.checkins.models import Checkin
from amity.gatherings.models import Gathering
from amity.moments.models import Felt, Gift, Moment, Promise, PromiseState, Setting
from amity.nudges.queries import preview
from amity.owner.queries import sample_owner
from amity.people.models import Fact, Hope, HopeState, Link, Person, PersonDate, Season, Spark, SparkKind, Way
from amity.people.queries import get
from amity.ties.queries import album

pytestmark = pytest.mark.once

TODAY = date(2026, 5, 12)


@pytest.fixture(scope="module")
def world(planted_once):
    make(today=TODAY)


@pytest.fixture
def maya(db, world):
    return sample_owner()


def test_maya_has_four_hundred_people_and_three_years_of_moments(maya):
    days = Moment.objects.of(maya).order_by("day").values_list("day", flat=True)

    made = make(today=TODAY)

    assert (maya.name, maya.is_sample, made.people) == ("Maya Lind", True, 400)
    assert made.moments > 1000
    assert made.gatherings > 50
    assert (TODAY - days[0]).days in range(900, 1150)
    assert days[len(days) - 1] <= TODAY


def test_the_ties_see_everybody_who_was_ever_met(maya):
    met = (
        Person.objects.of(maya)
        .filter(participations__moment__kind__in=["met", "call", "video call"])
        .distinct()
    )

    ties = album(maya, TODAY)

    assert {person.pk for person in met} <= set(ties.people.tolist())


def test_today_has_a_table_tonight_and_the_promises_begin_with_the_nearest(maya):
    page = preview(maya, TODAY, "")

    assert [one.title for one in page.gatherings] == ["The long table"]
    assert page.gatherings[0].starts_at.astimezone(maya.tz).date() == TODAY
    assert len(page.gatherings[0].names) == 5
    assert page.promises[0].due == TODAY + timedelta(days=2)


def test_the_words_are_many_and_none_is_left_unfilled(maya):
    texts = Counter(Moment.objects.of(maya).exclude(text="").values_list("text", flat=True))
    said = list(texts) + [line for model, column in ((Hope, "text"), (Spark, "line"), (Promise, "text"))
                          for line in model.objects.of(maya).values_list(column, flat=True)]  # fmt: skip

    assert len(texts) > 400
    assert [text for text in said if re.search(r"[{}|]|lorem", text)] == []


def test_nobody_hears_the_same_words_twice_from_the_same_person(maya):
    heard = Moment.objects.of(maya).filter(direction="in").exclude(text="")

    pairs = Counter(heard.values_list("participations__person", "text"))

    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_every_kind_of_thing_the_book_can_hold_is_there(maya):
    def kinds(model, column):
        return set(model.objects.of(maya).values_list(column, flat=True))

    assert kinds(Hope, "state") == set(HopeState.values)
    assert kinds(Spark, "kind") == set(SparkKind.values)
    assert kinds(Moment, "setting") == {"", *Setting.values}
    assert kinds(Moment, "felt") == {"", *Felt.values}
    assert kinds(Promise, "state") == set(PromiseState.values)
    assert kinds(Gift, "received") == {True, False}
    assert kinds(Link, "kind") == {"introduced by", "colleague", "child", "partner"}
    assert kinds(Fact, "sensitive") == {True, False}
    assert kinds(Person, "place") == {"new", "kept", "shelf"}
    assert kinds(Person, "care") == {"", "light", "warm", "close"}
    assert Season.objects.of(maya).filter(ends__gt=TODAY).count() == 2
    assert Person.objects.of(maya).filter(remembered=True).count() == 1
    assert Person.objects.of(maya).filter(mentioned=True).count() > 3
    assert Gathering.objects.of(maya).filter(last_day__gt=TODAY).count() > 4
    assert Checkin.objects.of(maya).filter(day__lte=TODAY).count() == 20


def test_the_one_who_has_died_has_no_birthday_and_is_never_suggested(maya):
    gone = Person.objects.of(maya).get(remembered=True)

    pages = [preview(maya, TODAY + timedelta(days=ahead), "") for ahead in range(14)]

    assert not PersonDate.objects.of(maya).filter(person=gone).exists()
    assert gone.uid not in {nudge.person for page in pages for nudge in page.nudges}


def test_every_way_leads_nowhere_real(maya):
    ways = Way.objects.of(maya).values_list("kind", "value", "normal")

    shapes = {"email": r"[a-z.-]+@[a-z-]+\.example", "url": r"https://profiles\.example/[a-z.-]+",
              "phone": r"\+1 555 555 01\d\d"}  # fmt: skip
    assert [value for kind, value, _ in ways if not re.fullmatch(shapes[kind], value)] == []
    assert [value for _, value, normal in ways if not normal] == []
    assert len({(kind, normal) for kind, _, normal in ways}) == len(ways)


def test_names_come_in_many_scripts_and_no_two_are_alike(maya):
    names = list(Person.objects.of(maya).values_list("name", flat=True))

    assert len(set(names)) == len(names)
    for script in ("一-鿿", "Ѐ-ӿ", "؀-ۿ", "가-힣", "ぁ-ん"):
        assert any(re.search(f"[{script}]", name) for name in names)


def test_the_people_docs_speak_of_are_there(maya):
    page = (Path(__file__).parents[2] / "docs" / "sample.md").read_text(encoding="utf-8")

    named = re.findall(r'amity person "(.+)"', page)

    assert named == [get(maya, name).name for name in named]


def test_what_make_says_is_what_the_book_holds(maya):
    made = make(today=TODAY)

    people = Person.objects.of(maya).filter(mentioned=False).count()
    moments, gatherings = Moment.objects.of(maya).count(), Gathering.objects.of(maya).count()
    assert made == Made(people, moments, gatherings)

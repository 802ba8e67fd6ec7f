"""A row of another owner is never found: Jonas has a full book, Maya an empty one, and she asks everything.

Each question is asked by both. Maya gets what an empty book answers; Jonas gets something else, so that an
answer that is always empty proves nothing here.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.db.models import QuerySet

from amity.checkins import queries as checkins
from amity.checkins.actions import add as check_in
from amity.gatherings import queries as gatherings
from amity.journal import queries as journal
from amity.journal.models import Import
from amity.journal.queries import News
from amity.moments import queries as moments
from amity.moments.actions import Told, give, promise, record
from amity.nudges import queries as nudges
from amity.nudges.actions import plan
from amity.nudges.models import Nudge
from amity.owner import queries as owner
from amity.owner.actions import claim, keep_on
from amity.people import queries as people
from amity.people.actions import join_circle, trash
from amity.people.edits import set_photo, set_work
from amity.people.models import Hope, Link
from amity.people.queries import NotFound
from amity.ties import history, roster, story
from amity.ties import queries as ties
from amity.ties.actions import log_suggestions
from amity.ties.cache import fresh
from cast import a_gathering, a_person, a_picture, an_owner, day, instant

pytestmark = pytest.mark.django_db

TODAY, NOW = day("2026-05-10"), instant("2026-05-10 12:00")
ROOMS = ("owner", "journal", "people", "moments", "gatherings", "ties", "checkins", "nudges")


@pytest.fixture(scope="module")
def there(planted_once):
    """Plant one of everything in Jonas's book, and leave Maya's empty."""
    jonas = an_owner("Jonas")
    ada = a_person("Ada").of(jonas).met_on("2026-01-05", "2026-02-04", "2026-03-06", text="Looms.")
    ada.kept(spark="like").born("--05-10").hopes("weave").reached_by("email", "ada@x.org").rests(
        "2027-01-01", "2027-02-01"
    )
    person, bin_there = ada.person, a_person("Bo").of(jonas).person
    join_circle(person, "weavers")
    set_work(person, "Weaver", "Looms")
    set_photo(person, a_picture("red"))
    promise(person, "send the paper", day=TODAY)
    give(person, "idea", day=TODAY, received=True)
    brought_by = a_person("Charles").of(jonas).person
    Link.objects.create(owner=jonas, a=person, b=brought_by, kind=people.INTRODUCED_BY)
    record(jonas, [person], day=day("2026-02-04"), told=Told(setting="office"))
    trash(bin_there)
    claim(jonas, "email", "jonas@x.org")
    phone = keep_on(jonas, "Moss")
    check_in(jonas, "kind", day=TODAY)
    Import.objects.create(owner=jonas)
    tea = a_gathering("Tea", "2026-05-10", ada, owner=jonas)
    a_gathering("Supper", "2026-05-09", ada, owner=jonas, size=40)
    log_suggestions(jonas, [person.pk], day=day("2026-05-01"))
    plan(jonas, TODAY)
    hope, nudge = Hope.objects.get(), Nudge.objects.get()
    return SimpleNamespace(
        jonas=jonas,
        phone=phone,
        person=person,
        brought_by=brought_by,
        tea=tea,
        hope=hope,
        nudge=nudge,
        page=nudges.today(jonas, TODAY),
    )


@dataclass
class Question:
    """A question, and what somebody gets to whom nothing of the planted book belongs."""

    ask: object
    nothing: object


NOT_FOUND = "not found"
QUESTIONS = {
    owner.identities: Question(lambda who, _: owner.identities(who), []),
    owner.known_by: Question(lambda who, _: owner.known_by(who), set()),
    owner.has_the_house_alone: None,  # is about the house: who else has a book here, not what is in it
    owner.devices: Question(lambda who, _: owner.devices(who), []),
    owner.keeps_a_copy: Question(lambda who, it: owner.keeps_a_copy(who, it.phone.uid), nothing=False),
    journal.newest: Question(lambda who, _: journal.newest(who), 0),
    journal.how_far: Question(lambda who, _: journal.how_far(who, "ties"), (0, 0)),
    journal.news: Question(
        lambda who, _: journal.news(who, "a new room", 10**6), News(10**6, {}, everything=False)
    ),
    journal.mark_read: None,  # writes the asker's own cursor
    journal.recent: Question(lambda who, _: journal.recent(who), []),
    journal.last_deed: Question(lambda who, _: journal.last_deed(who), None),
    journal.last_of: Question(lambda who, _: journal.last_of(who, ["keep", "trash"], day=TODAY), None),
    journal.imports: Question(lambda who, _: journal.imports(who), []),
    journal.touched_by_owner: Question(lambda who, _: journal.touched_by_owner(who, "amity.person"), set()),
    people.of: Question(lambda who, _: people.of(who), []),
    people.reachable: Question(lambda who, _: people.reachable(who, TODAY), []),
    people.get: Question(lambda who, it: people.get(who, it.person.uid), NOT_FOUND),
    people.matching: Question(lambda who, _: people.matching(who, "ada"), []),
    people.rows: Question(
        lambda who, it: (r := people.rows(who, [it.person])[0]) and [r.ways, r.sparks, r.circles, r.title],
        [[], {}, [], ""],
    ),
    people.trashed: Question(lambda who, _: people.trashed(who), []),
    people.has_trash: Question(lambda who, _: people.has_trash(who), nothing=False),
    people.work: Question(lambda who, it: people.work(who, [it.person]), {}),
    people.is_empty: Question(lambda who, _: people.is_empty(who), nothing=True),
    people.circles: Question(lambda who, _: people.circles(who), []),
    people.introducers: Question(lambda who, _: people.introducers(who, 9), {}),
    people.met_through: Question(
        lambda who, it: people.met_through(who, people.of(who), [it.brought_by.uid]), []
    ),
    people.one_of: Question(lambda who, it: people.one_of(who, Hope, it.hope.uid), NOT_FOUND),
    moments.of: Question(lambda who, _: moments.of(who), []),
    moments.met_in: Question(lambda who, _: moments.met_in(who, ["office"]), []),
    moments.last_with: Question(lambda who, it: moments.last_with(who, [it.person.pk], upto=TODAY), {}),
    moments.open_promises: Question(lambda who, _: moments.open_promises(who), []),
    gatherings.of: Question(lambda who, _: gatherings.of(who), []),
    gatherings.on: Question(lambda who, _: gatherings.on(who, TODAY), []),
    gatherings.get: Question(lambda who, it: gatherings.get(who, it.tea.uid), NOT_FOUND),
    gatherings.coming: Question(lambda who, _: gatherings.coming(who, TODAY), []),
    gatherings.past: Question(lambda who, _: gatherings.past(who, TODAY), []),
    gatherings.guests_of: Question(lambda who, it: gatherings.guests_of(who, [it.tea]), {}),
    gatherings.to_debrief: Question(lambda who, _: gatherings.to_debrief(who, now=NOW), []),
    gatherings.big_ones: Question(
        lambda who, _: gatherings.big_ones(who, since=day("2026-01-01"), upto=TODAY), []
    ),
    ties.album: Question(lambda who, _: ties.album(who, TODAY).people.tolist(), []),
    ties.suggestions: Question(lambda who, _: ties.suggestions(who, before=TODAY), {}),
    checkins.words: Question(lambda who, _: checkins.words(who), []),
    checkins.newest_first: Question(lambda who, _: checkins.newest_first(who), []),
    checkins.newest: Question(lambda who, _: checkins.newest(who), None),
    checkins.is_due: Question(lambda who, _: checkins.is_due(who, day("2026-05-10")), nothing=True),
    nudges.today: Question(
        lambda who, _: (p := nudges.today(who, TODAY)) and [p.nudges, p.gatherings, p.promises], [[], [], []]
    ),
    nudges.preview: Question(lambda who, _: nudges.preview(who, TODAY, "usual").nudges, []),
    nudges.offered: Question(lambda who, _: list(nudges.offered(who, TODAY)), []),
    nudges.get: Question(lambda who, it: nudges.get(who, it.nudge.uid), NOT_FOUND),
}
BESIDE = {
    "histories": Question(lambda who, _: history.read(who).people.tolist(), []),
    "the cache": Question(lambda who, _: fresh(who).people.tolist(), []),
    "the roster": Question(lambda who, _: roster.roster(who, roster.Wanted(), day=TODAY).found, 0),
    "a circle's roster": Question(
        lambda who, _: roster.roster(who, roster.Wanted(circles=["weavers"]), day=TODAY).found, 0
    ),
    "a list": Question(lambda who, it: [one.tie.days for one in story.listed(who, [it.person], TODAY)], [0]),
}


def answer(question: Question, who, there) -> object:
    try:
        given = question.ask(who, there)
    except NotFound:
        return NOT_FOUND
    return list(given) if isinstance(given, QuerySet) else given


ASKED = {f"{ask.__module__}.{ask.__name__}": one for ask, one in QUESTIONS.items() if one} | BESIDE


@pytest.mark.parametrize("name", ASKED)
def test_nothing_of_another_owner_is_found(name, there):
    question = ASKED[name]

    mine, theirs = answer(question, an_owner(), there), answer(question, there.jonas, there)

    assert mine == question.nothing
    assert theirs != question.nothing


def test_every_question_of_these_rooms_is_asked_here():
    modules = [importlib.import_module(f"amity.{room}.queries") for room in ROOMS]

    found = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(function).parameters), "") == "owner"
    }

    assert found == set(QUESTIONS)

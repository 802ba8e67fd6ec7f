"""What is worked out from an album is worked out once a deed, and never true of rows that are going."""

import pytest

from amity.journal.models import Import, ImportState
from amity.meet.guests import known
from amity.moments.actions import Told, forget, record
from amity.ties.held import PerAlbum
from amity.ties.queries import album
from cast import a_person, an_owner, day

TODAY = day("2026-03-01")


@pytest.fixture
def maya(db):
    return an_owner()


def test_something_is_worked_out_once_until_the_next_deed_or_another_day(maya):
    times = []
    counted = PerAlbum(lambda _owner, ties: times.append(ties) or len(times))
    a_person("Ada").met_on("2026-01-05")

    assert [counted.of(maya, album(maya, TODAY)) for _ in range(3)] == [1, 1, 1]

    a_person("Bo").met_on("2026-01-06")
    assert counted.of(maya, album(maya, TODAY)) == 2
    assert counted.of(maya, album(maya, day("2026-03-02"))) == 3


def test_it_is_worked_out_again_while_an_import_is_taken_back(maya):
    times = []
    counted = PerAlbum(lambda _owner, ties: times.append(ties) or len(times))
    run = Import.objects.create(owner=maya, state=ImportState.ARRIVED)
    assert counted.of(maya, album(maya, TODAY)) == 1

    Import.objects.filter(pk=run.pk).update(state=ImportState.LEAVING)

    assert counted.of(maya, album(maya, TODAY)) == 2


def test_the_last_time_that_a_brief_names_is_the_newest_one_also_after_a_deed(maya):
    ada = a_person("Ada").met_on("2026-01-05", text="Looms.").person
    assert known(ada, TODAY).last.text == "Looms."

    record(maya, [ada], day=day("2026-02-05"), told=Told(text="Punched cards."))
    newest = known(ada, TODAY).last
    assert newest.text == "Punched cards."

    forget(newest)
    assert known(ada, TODAY).last.text == "Looms."

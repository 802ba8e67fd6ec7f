"""The cache of ties is whatever the moments say, whichever deeds led there."""

from __future__ import annotations

import contextlib
import random
import threading
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection

from amity.book.actions import erase
from amity.gatherings.actions import settle_past
from amity.journal.actions import CannotUndo, undo
from amity.journal.models import Deed
from amity.moments.actions import Told, forget, record
from amity.moments.models import Moment
from amity.people.actions import keep, trash
from amity.people.models import Person
from amity.ties import cache, history
from amity.ties.models import Tie
from amity.ties.queries import album
from cast import a_gathering, a_person, an_owner, day, instant

START = day("2026-01-01")


class Life:
    """Deeds at random, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.owner = an_owner()
        for name in ("Ada", "Bo", "Charles", "Mary", "Ines"):
            a_person(name)

    def a_deed(self) -> None:
        deeds = [
            self.meet,
            self.meet,
            self.write,
            self.write,
            self.forget,
            self.undo,
            self.gather,
            self.keep,
            self.lose,
        ]
        self.dice.choice(deeds)()

    def somebody(self) -> Person:
        return self.dice.choice(list(Person.objects.of(self.owner).order_by("id")))

    def some_day(self):
        return START + timedelta(days=self.dice.randrange(150))

    def meet(self) -> None:
        there = {self.somebody(), self.somebody()}
        record(self.owner, sorted(there, key=lambda one: one.pk), day=self.some_day(), told=Told())

    def write(self) -> None:
        told = Told(kind=self.dice.choice(["mail", "message"]), direction=self.dice.choice(["in", "out"]))
        record(self.owner, [self.somebody()], day=self.some_day(), told=told)

    def forget(self) -> None:
        moments = list(Moment.objects.order_by("id"))
        if moments:
            forget(self.dice.choice(moments))

    def undo(self) -> None:
        with contextlib.suppress(CannotUndo):
            undo(self.owner, self.dice.choice(list(Deed.objects.order_by("id"))).uid)

    def gather(self) -> None:
        guest = a_person(f"Guest {self.dice.random()}")
        a_gathering("Tea", str(self.some_day()), guest, size=self.dice.choice([3, 9]))
        settle_past(self.owner, now=instant("2026-12-01 12:00"))

    def keep(self) -> None:
        keep(self.somebody(), day=START)

    def lose(self) -> None:
        person = self.somebody()
        trash(person) if self.dice.random() < 0.7 else erase(person)


def assert_same(held: history.Histories, rebuilt: history.Histories) -> None:
    """Compare two histories, of those with a day at least."""
    some = rebuilt.states.n > 0
    np.testing.assert_array_equal(held.people, rebuilt.people[some])
    np.testing.assert_array_equal(held.median_gap, rebuilt.median_gap[some])
    for column in ("first", "last", "n"):
        np.testing.assert_array_equal(getattr(held.states, column), getattr(rebuilt.states, column)[some])
    np.testing.assert_allclose(held.states.s1, rebuilt.states.s1[some], rtol=1e-12)
    np.testing.assert_allclose(held.states.counters, rebuilt.states.counters[:, some], rtol=1e-12)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_after_any_deeds_the_cache_is_what_a_rebuild_would_give(seed):
    life = Life(seed)

    for _ in range(15):
        for _ in range(life.dice.randrange(1, 4)):
            life.a_deed()

        assert_same(cache.fresh(life.owner), history.read(life.owner))


@pytest.mark.django_db
def test_nothing_is_read_anew_while_nothing_happens(django_assert_num_queries):
    maya = a_person("Ada").met_on("2026-01-05").owner
    held = cache.fresh(maya)

    with django_assert_num_queries(1):
        again = cache.fresh(maya)

    assert again is held


@pytest.mark.django_db
def test_another_process_that_caught_up_first_is_believed():
    ada = a_person("Ada").met_on("2026-01-05")
    cache.fresh(ada.owner)
    ours = dict(cache._held)
    ada.met_on("2026-02-05")
    cache.fresh(ada.owner)  # the other process, with a memory of its own
    cache._held.clear()
    cache._held.update(ours)

    assert cache.fresh(ada.owner).states.n.tolist() == [2]


@pytest.mark.django_db
def test_a_book_without_ties_has_an_empty_album():
    ties = album(an_owner(), START)

    assert (ties.friends(), ties.with_standing("dormant"), ties.portrait(1).days) == ([], [], 0)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_an_album_of_a_past_day_is_the_album_of_a_book_that_ended_there(seed):
    dice = random.Random(seed)
    maya, jonas = an_owner(), an_owner("Jonas")
    then = START + timedelta(days=75)
    whole, ended = ([a_person(name).of(owner).person for name in "ABCD"] for owner in (maya, jonas))
    for _ in range(60):
        who, on = dice.randrange(4), START + timedelta(days=dice.randrange(150))
        told = Told(kind=dice.choice(["met", "mail"]), direction=dice.choice(["in", "out"]))
        record(maya, [whole[who]], day=on, told=told)
        if on <= then:
            record(jonas, [ended[who]], day=on, told=told)

    seen_back, seen_then = album(maya, then), album(jonas, then)

    assert [seen_back.portrait(one.pk) for one in whole] == [seen_then.portrait(one.pk) for one in ended]


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_catch_up_together():
    ada = a_person("Ada").met_on("2026-01-05", "2026-02-04", "2026-03-06")
    maya, days, barrier = ada.owner, [], threading.Barrier(6)

    def ask() -> None:
        try:
            barrier.wait(10)
            days.append(album(maya, day("2026-05-10")).portrait(ada.person.pk).days)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert days == [3] * 6
    assert Tie.objects.count() == 1

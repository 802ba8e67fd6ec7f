from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from amity.people.models import Person
from amity.storage.moment import one_moment
from cast import a_person

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_thread(name: str) -> None:
    """Write somebody down as another visitor would, with a connection of their own."""

    def write() -> None:
        try:
            a_person(name)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as others:
        others.submit(write).result(timeout=10)


def names() -> list[str]:
    return list(Person.objects.order_by("id").values_list("name", flat=True))


def test_others_write_meanwhile_and_are_seen_afterwards():
    a_person("Ada")

    with one_moment():
        before = names()
        in_another_thread("Charles")
        meanwhile = names()

    assert (before, meanwhile, names()) == (["Ada"], ["Ada"], ["Ada", "Charles"])

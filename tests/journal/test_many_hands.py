from __future__ import annotations

import threading

import pytest
from django.db import connection

from amity.journal.actions import deed
from amity.journal.models import Deed
from amity.people.actions import add
from cast import an_owner

pytestmark = pytest.mark.django_db(transaction=True)


def test_deeds_of_one_owner_are_numbered_in_the_order_in_which_they_become_true():
    maya, inside, finish = an_owner(), threading.Event(), threading.Event()

    def slowly():
        with deed(maya, "slow"):
            add(maya, "Ada")
            inside.set()
            finish.wait(10)
        connection.close()

    def quickly():
        inside.wait(10)
        add(maya, "Bo")
        connection.close()

    threads = [threading.Thread(target=slowly), threading.Thread(target=quickly)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    threads[1].join(0.3)  # it waits for the book, which the slow deed holds
    seen_meanwhile = list(Deed.objects.values_list("verb", flat=True))
    finish.set()
    for thread in threads:
        thread.join()

    assert seen_meanwhile == []
    assert list(Deed.objects.order_by("id").values_list("verb", flat=True)) == ["slow", "add person"]

"""Rows are found by their natural keys, and by the index of those that have one."""

from __future__ import annotations

import pytest

from amity.gatherings.models import Gathering
from amity.moments.models import Moment
from cast import an_owner

pytestmark = pytest.mark.django_db


@pytest.mark.sqlite
@pytest.mark.parametrize("model", [Moment, Gathering])
def test_no_book_is_read_through_for_a_few_keys(model):
    found = model.objects.filter(owner=an_owner()).keyed(["one", "other"])

    assert "USING INDEX one_event_one_" in found.explain()


def test_only_the_owners_rows_with_such_a_key_are_given():
    owner, another = an_owner(), an_owner("Jonas")
    for whose, key in ((owner, "one"), (owner, "two"), (owner, ""), (another, "one")):
        Moment.objects.create(owner=whose, key=key, day="2026-03-01", kind="mail")

    found = Moment.objects.filter(owner=owner).keyed(["one", "none"])

    assert [(moment.owner, moment.key) for moment in found] == [(owner, "one")]

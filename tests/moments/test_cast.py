"""The cast writes many moments at once, and what is then in the book is what the room writes one by one."""

from __future__ import annotations

import pytest

from amity.journal.models import Touch
from amity.moments.models import Moment
from cast import a_person

pytestmark = pytest.mark.django_db
DAYS = ("2026-01-05", "2026-02-04", "2026-03-06")


def written_of(somebody):
    there = somebody.person.participations.order_by("moment__day")
    moments = Moment.objects.filter(participations__person=somebody.person).order_by("day").values()
    told = [{name: value for name, value in one.items() if name not in {"id", "uid"}} for one in moments]
    touched = Touch.objects.filter(deed__verb="record moment", row__in=[one.pk for one in there])
    return told, len(there), touched.filter(table="amity.participation", kind=Touch.Kind.MADE).count()


def test_many_days_of_one_friend_are_what_each_of_them_would_have_been():
    ada, bo = a_person("Ada"), a_person("Bo")

    ada.met_on(*DAYS, text="Looms", setting="hotel bar")
    for one in DAYS:
        bo.met_on(one, text="Looms", setting="hotel bar")

    told, there, touched = written_of(ada)
    assert (told, there, touched) == written_of(bo)
    assert (len(told), there, touched) == (3, 3, 3)

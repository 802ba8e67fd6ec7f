from __future__ import annotations

import pytest
from django.apps import apps

from amity.people.models import Person

WORDS = {"move", "keep_newest", "join", "drop_pair"}

MODELS = list(apps.get_app_config("amity").get_models())
WITH_A_PERSON = [
    model for model in MODELS if any(field.related_model is Person for field in model._meta.concrete_fields)
]


@pytest.mark.parametrize("model", WITH_A_PERSON, ids=lambda model: model.__name__)
def test_a_row_that_points_to_a_person_says_what_happens_when_two_become_one(model):
    assert getattr(model, "on_merge", None) in WORDS


@pytest.mark.parametrize("model", WITH_A_PERSON, ids=lambda model: model.__name__)
def test_a_row_between_two_people_falls_away_when_they_become_one_and_no_other(model):
    ends = [field for field in model._meta.concrete_fields if field.related_model is Person]

    assert (model.on_merge == "drop_pair") is (len(ends) == 2)


def test_nothing_else_pretends_to_be_merged():
    assert {model for model in MODELS if hasattr(model, "on_merge")} == set(WITH_A_PERSON)
    assert len(WITH_A_PERSON) > 15

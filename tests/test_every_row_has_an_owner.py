from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from amity.owner.models import Owned, OwnedQuerySet, Owner

MODELS = [model for model in apps.get_app_config("amity").get_models() if model is not Owner]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_belongs_to_exactly_one_owner_and_leaves_with_them(model):
    owner = model._meta.get_field("owner")

    assert (owner.related_model, owner.null, owner.remote_field.on_delete) == (Owner, False, models.CASCADE)


@pytest.mark.parametrize(
    "model", [m for m in MODELS if issubclass(m, Owned)], ids=lambda model: model.__name__
)
def test_every_row_the_owner_sees_is_read_by_saying_whose(model):
    assert isinstance(model.objects.all(), OwnedQuerySet)


@pytest.mark.parametrize(
    "model", [m for m in MODELS if issubclass(m, Owned)], ids=lambda model: model.__name__
)
def test_every_row_the_owner_sees_has_a_name_of_its_own_or_goes_with_one_that_has(model):
    names = [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    has_name = "uid" in {field.name for field in model._meta.concrete_fields}

    assert has_name is (("owner", "uid") in names)


def test_the_pair_of_a_moment_is_the_only_row_without_a_name():
    nameless = [m.__name__ for m in MODELS if issubclass(m, Owned) and m.uid is None]

    assert nameless == ["Participation"]


@pytest.mark.django_db
def test_a_uid_is_typed_easily_and_never_twice():
    from amity.owner.models import new_uid

    uids = [new_uid() for _ in range(2_000)]

    assert len(set(uids)) == 2_000
    assert {len(uid) for uid in uids} == {12}
    assert set("".join(uids)) == set("0123456789abcdefghjkmnpqrstvwxyz")

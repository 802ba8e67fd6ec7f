"""Styles and scripts as they leave the house."""

import gzip

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from amity.storage.assets import gather

ENOUGH = 60_000  # bytes of styles and scripts together, packed: what a page may cost on a phone


@pytest.fixture
def gathered(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "amity.storage.assets.Assets"}}
    gather()
    return tmp_path


def test_each_is_named_by_its_content_and_lies_there_packed(gathered):
    name = staticfiles_storage.stored_name("css/2-base.css")

    packed = (gathered / f"{name}.gz").read_bytes()

    assert name != "css/2-base.css"
    assert gzip.decompress(packed) == (gathered / name).read_bytes()


def test_all_of_them_together_are_light_on_a_phone(gathered):
    served = [to for name, to in staticfiles_storage.hashed_files.items() if name.endswith((".css", ".js"))]

    weight = sum((gathered / f"{name}.gz").stat().st_size for name in served)

    assert 10_000 < weight < ENOUGH

"""Monica's JSON export: golden pairs, and what they cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.formats import monica
from formats_golden import assert_golden

SAMPLES = sorted((Path(__file__).parent / "monica").glob("*.monica"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_an_export_becomes_these_records(sample):
    assert_golden(sample, monica.read)

"""Monica's JSON export: golden pairs, and what they cannot show."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from amity.formats import monica
from amity.formats.json_stream import JsonStream
from amity.formats.records import Contact, Refused, Skipped
from amity.formats.registry import recognise
from formats.monica_sample import a_block, a_contact, an_export
from formats_golden import assert_golden

SAMPLES = sorted((Path(__file__).parent / "monica").glob("*.monica"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_an_export_becomes_these_records(sample):
    assert_golden(sample, monica.read)

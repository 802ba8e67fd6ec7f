from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats.json_stream import BrokenValue, JsonStream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def a_stream(text):
    return JsonStream(io.BytesIO(text.encode()))


@given(st.lists(VALUES, max_size=6))
def test_what_is_skipped_ends_where_it_would_have_ended_read(values):
    read, skipped = a_stream(json.dumps(values)), a_stream(json.dumps(values))

    found = [(read.value(), skipped.skip())[0] for _ in zip(read.each(), skipped.each(), strict=True)]

    assert found == values


def test_a_value_nested_deeper_than_python_can_is_skipped():
    deep = "[" * 50_000 + "]" * 50_000
    stream = a_stream(f"[{deep}, 1]")
    walk = stream.each()

    next(walk)
    stream.skip()
    next(walk)

    assert stream.value() == 1


@pytest.mark.parametrize(
    "broken",
    ['{"a": }', "{nul}", '{"a": "]" "}"}', '{"a": "' + "x" * 300_000 + '" "b"}'],
)
def test_behind_a_broken_value_the_next_one_is_read(broken):
    stream = a_stream(f'[{broken}, {{"b": [2]}}]')
    walk = stream.each()

    next(walk)
    with pytest.raises(BrokenValue):
        stream.value()
    next(walk)

    assert stream.value() == {"b": [2]}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-with-mark"]
)
@pytest.mark.parametrize("many", [1, 40_000])
def test_a_document_is_read_in_the_encoding_its_first_bytes_tell(encoding, many):
    mark, codec = ("\ufeff", "utf-16-be") if encoding == "utf-16-be-with-mark" else ("", encoding)
    said = {"who": ["Zoë Łuk 你好"] * many}
    file = io.BytesIO((mark + json.dumps(said, ensure_ascii=False)).encode(codec))

    stream = JsonStream(file)
    for _ in stream.each():
        found = [stream.value() for _ in stream.each()]

    assert found == said["who"]

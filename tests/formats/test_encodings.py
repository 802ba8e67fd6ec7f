"""Encodings: text arrives whatever wrote it, in bounded lines."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats import encodings
from amity.formats.encodings import decode, open_text, raw_lines, text_lines

WORDS = "Zoë owes €5\r\nto Łukasz"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_or_without_its_mark(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    text = decode(mark + WORDS.encode(encoding))

    assert text == WORDS


def test_what_is_not_utf_8_is_read_as_windows_1252():
    assert decode("Zoë owes €5".encode("cp1252")) == "Zoë owes €5"


def test_bytes_that_windows_1252_does_not_know_are_read_as_latin_1():
    assert decode(b"a\x81b") == "a\x81b"


def test_one_file_may_mix_utf_8_and_windows_1252():
    mixed = "Zoë\n".encode() + "Zoë\n".encode("cp1252")

    assert list(text_lines(io.BytesIO(mixed))) == [(1, "Zoë"), (2, "Zoë")]


def test_nuls_are_dropped():
    assert decode(b"A\0da") == "Ada"


def test_lines_may_end_in_cr_lf_or_both():
    file = io.BytesIO(b"one\rtwo\nthree\r\n\r\nfive")

    assert list(text_lines(file)) == [(1, "one"), (2, "two"), (3, "three"), (4, ""), (5, "five")]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_has_no_lines(data):
    assert list(text_lines(io.BytesIO(data))) == []


def test_a_very_long_line_is_cut_and_the_next_one_arrives_whole(monkeypatch):
    monkeypatch.setattr(encodings, "LONGEST_LINE", 10)
    file = io.BytesIO(b"x" * 35 + b"\nnext")

    assert list(text_lines(file)) == [(1, "x" * 10), (2, "next")]


def test_a_line_of_just_the_longest_length_swallows_nothing(monkeypatch):
    monkeypatch.setattr(encodings, "LONGEST_LINE", 4)

    assert list(text_lines(io.BytesIO(b"full\nnext\r\nend"))) == [(1, "full"), (2, "next"), (3, "end")]


def test_the_binary_file_stays_open_after_its_lines():
    file = io.BytesIO(b"one\n")

    list(text_lines(file))

    assert file.closed is False


def test_csv_keeps_the_line_ends_inside_its_quotes():
    file = open_text(io.BytesIO('Zoë,"two\r\nlines"\r\n'.encode("cp1252")))

    assert list(csv.reader(file)) == [["Zoë", "two\r\nlines"]]


def test_a_fold_inside_a_character_can_be_joined_from_raw_lines():
    first, second = "Zoë".encode()[:3], "Zoë".encode()[3:]
    file = io.BytesIO(first + b"\r\n" + second)

    joined = "".join(line for _, line in raw_lines(file)).encode("latin-1")

    assert joined.decode() == "Zoë"


def test_raw_lines_of_utf_16_are_those_of_its_utf_8():
    lines = list(raw_lines(io.BytesIO("Zoë\r\nŁ".encode("utf-16"))))

    assert [line.encode("latin-1").decode() for _, line in lines] == ["Zoë", "Ł"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_any_unicode_text_comes_back(text):
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-8-sig")) == text
    assert decode(text.encode("utf-16")) == text


@given(st.binary())
def test_no_bytes_fail_and_line_by_line_says_the_same_as_at_once(data):
    at_once = decode(data).replace("\r\n", "\n").replace("\r", "\n")

    line_by_line = [line for _, line in text_lines(io.BytesIO(data))]

    assert "\n".join(line_by_line) == at_once.removesuffix("\n")

"""Encodings: text arrives whatever wrote it, in bounded lines."""

from __future__ import annotations

import codecs
import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats import encodings
from amity.formats.encodings import any_text, decode, is_utf16, open_text, raw_lines, text_lines

WORDS = "Zoë owes €5\r\nto Łukasz"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_or_without_its_mark(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    text = decode(mark + WORDS.encode(encoding))

    assert text == WORDS


UNMARKED = [
    "Name,E-mail\nŁukasz Żak,lukasz@loom.example\n",
    "姓名,电话\n王伟,13800000000\n",
    "27/01/2026, 10:00 - Łukasz: Dzień dobry… 你好 🌾\n",
    "Имя;Телефон\r\nЛидия Зимина;+7 495 000-00-00\r\n",
]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", UNMARKED)
def test_utf_16_is_known_without_its_mark(text, encoding):
    data = text.encode(encoding)

    pieces = any_text()
    slowly = "".join(pieces.decode(data[at : at + 3]) for at in range(0, len(data), 3))

    assert is_utf16(data)
    assert decode(data) == text
    assert slowly + pieces.decode(b"", final=True) == text
    assert [line for _number, line in text_lines(io.BytesIO(data))] == text.splitlines()
    lines = [line.encode("latin-1").decode() for _number, line in raw_lines(io.BytesIO(data))]
    assert lines == text.splitlines()


@pytest.mark.parametrize("text", UNMARKED)
@pytest.mark.parametrize("many", [1, 300])
def test_a_long_file_is_read_as_its_beginning_is(text, many):
    data = (text * many).encode("utf-16-le")

    assert open_text(io.BytesIO(data)).read() == text * many


@pytest.mark.parametrize(
    "data",
    [
        b"A\0da,B\0en and C\0is\n" * 20,
        b"SQLite format 3\0\x10\0\x01\x01\0@  \0\0\0\x18\0\0\0\x05",
        b"".join(number.to_bytes(2, "little") for number in range(1, 300)),
        b"".join(number.to_bytes(4, "little") for number in range(60, 300)),
        bytes(2000),
        b"a\0\xd8" * 40,
        b"PK\x03\x04" + bytes(22) + b"\x0f\0\0\0Connections.csv",
    ],
)
def test_other_bytes_with_nuls_are_no_utf_16(data):
    assert not is_utf16(data)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_a_text_without_nuls_is_never_taken_for_utf_16(text):
    assert decode(text.encode()) == text.removeprefix("\ufeff")


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


@given(
    st.lists(
        st.sampled_from([b"\xc3\xa4", b"\xe2\x82\xac", b"\xe4", b"\xf6\xdf", b"\x82", b"a", b"\xf0\x9f"])
    )
)
def test_what_is_no_utf_8_is_read_sign_by_sign_however_much_of_it_there_is(pieces):
    def apart(error):
        return "".join(
            encodings._WINDOWS_1252[byte] for byte in error.object[error.start : error.end]
        ), error.end

    codecs.register_error("sign_by_sign", apart)
    data = b"".join(pieces)

    assert decode(data) == data.decode("utf-8", "sign_by_sign")


def test_two_million_bytes_that_are_no_utf_8_take_less_than_a_second():
    started = time.process_time()

    assert decode(b"\xe4\xf6\xfc" * 700_000) == "äöü" * 700_000
    assert time.process_time() - started < 1

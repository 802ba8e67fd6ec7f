from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats.records import Skipped
from amity.formats.tabular import LONGEST_RECORD, Row, columns_in, fold_column, looks_like, table

NEEDS = frozenset({"name", "phone"})


def rows(text, needs=NEEDS):
    """Read a table given as text; every row as (place, cells), every problem as it is."""
    found = table(io.BytesIO(text.encode()), "people.csv", needs)
    return [(row.where, row.cells) if isinstance(row, Row) else row for row in found]


def names(text):
    return [found[1]["name"] for found in rows(text) if not isinstance(found, Skipped)]


def test_the_header_is_found_by_its_names_below_any_notes():
    text = 'Notes:\n"Some, with commas, and an open quote\n\nPhone,NAME\n1,Ada\n'

    assert rows(text) == [("people.csv line 5", {"phone": "1", "name": "Ada"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_will_do(delimiter):
    assert names(f"Name{delimiter}Phone\nVenn, Ada{delimiter}1\n".replace(", ", "_")) == ["Venn_Ada"]


def test_a_row_is_asked_by_folded_names_and_answers_nothing_for_an_absent_column():
    (row,) = table(io.BytesIO(b"First_Name ,Name,Phone\n Ada ,x,1\n"), "people.csv", NEEDS)

    assert isinstance(row, Row)
    assert (row["first name"], row["nickname"]) == ("Ada", "")
    assert fold_column("  First_  NAME ") == "first name"


def test_columns_nobody_knows_keep_the_files_own_spelling():
    (row,) = table(io.BytesIO(b"Name,Phone,Shoe SIZE,Hat\nAda,1,38,\n"), "people.csv", NEEDS)

    assert isinstance(row, Row)
    assert list(row.others({"name", "phone"})) == [("Shoe SIZE", "38")]


def test_columns_of_the_same_name_or_none_are_told_apart():
    text = "Name,Tag,Phone,Tag,\nAda,a,1,b,c\n"

    assert rows(text) == [
        ("people.csv line 2", {"name": "Ada", "tag": "a", "phone": "1", "tag 2": "b", "column 5": "c"})
    ]


def test_blank_rows_and_a_repeated_header_are_no_rows():
    assert names("Name,Phone\n\n , \nAda,1\nName,Phone\n,,,\nBo,2\n\n") == ["Ada", "Bo"]


def test_a_row_knows_the_line_it_begins_on():
    text = 'Name,Phone\n"Ada\nVenn",1\nBo,2\n'

    assert rows(text) == [
        ("people.csv line 2", {"name": "Ada\nVenn", "phone": "1"}),
        ("people.csv line 4", {"name": "Bo", "phone": "2"}),
    ]


def test_a_short_row_is_a_row_and_one_too_long_is_reported():
    text = "Name,Phone\nAda\nBo,2,3\nCy,3,,\n"

    assert rows(text) == [
        ("people.csv line 2", {"name": "Ada"}),
        Skipped(
            "people.csv line 3",
            "The row has 3 cells, the header only 2; a comma may lack its quotes.",
            "Bo,2,3",
        ),
        ("people.csv line 4", {"name": "Cy", "phone": "3"}),
    ]


def test_an_open_quote_costs_its_own_row_only():
    text = 'Name,Phone\n"Ada,1\nBo,2\n"Cy","3"\n'

    assert rows(text) == [
        Skipped(
            "people.csv line 2",
            "The quotes in this row are not closed or stand in the middle of a cell.",
            '"Ada,1',
        ),
        ("people.csv line 3", {"name": "Bo", "phone": "2"}),
        ("people.csv line 4", {"name": "Cy", "phone": "3"}),
    ]


def test_a_quote_inside_a_cell_is_read_as_it_stands():
    assert names('Name,Phone\n"Ada "Countess" Venn",1\n') == ['Ada Countess" Venn"']


def test_open_quotes_without_end_are_not_read_again_for_ever():
    text = "Name,Phone\n" + 'a","\n' * 20_000

    found = rows(text)

    assert [type(one) for one in found] == [Skipped] * len(found)
    assert found[-1].why.startswith("A quote is not closed; lines ")


def test_a_line_without_end_is_reported_and_the_rest_arrives():
    found = rows("Name,Phone\n" + "x" * (LONGEST_RECORD + 1) + "\nBo,2\n")

    assert found == [
        Skipped("people.csv line 2", f"The line is longer than {LONGEST_RECORD:,} characters.", "x" * 80),
        ("people.csv line 3", {"name": "Bo", "phone": "2"}),
    ]


def test_a_text_without_the_header_is_one_problem_and_an_empty_one_none():
    assert rows("a,b\n1,2\n") == [
        Skipped("people.csv", "No line names the columns name, phone.", "a,b\n"),
    ]
    assert rows("") == []
    assert rows("\n\n") == []


def test_the_file_stays_open_after_reading():
    file = io.BytesIO(b"Name,Phone\nAda,1\n")

    first, second = list(table(file, "a", NEEDS)), file.seek(0) or list(table(file, "a", NEEDS))

    assert first == second
    assert len(first) == 1


def test_one_of_several_headers_is_told_from_the_first_bytes():
    other = frozenset({"who"})

    assert columns_in(b"\xef\xbb\xbfNotes\n\nPHONE;Name;x\n", [other, NEEDS]) == NEEDS
    assert columns_in(b"nothing here", [other, NEEDS]) is None


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>", "a web page (HTML)"),
        (b"BEGIN:VCARD\r\n", "a vCard file"),
        (b"PK\x03\x04...", "a ZIP file"),
        (b"%PDF-1.4", "a PDF document"),
        (b'{"a": 1}', "a JSON file"),
        (b"\x00\x01\x02", "a binary file"),
        (b"  \n", "an empty file"),
        (b"Shoe,Hat\n1,2\n", "a table with the columns Shoe,Hat"),
        ("Shoe,Hat\n".encode("utf-16"), "a table with the columns Shoe,Hat"),
        (b"Dear diary", "some other text"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(head, words):
    assert looks_like(head) == words


@settings(deadline=None, max_examples=200)
@given(
    at=st.integers(0, 100),
    what=st.sampled_from(['"', "'", ",", '"",', '","', '"\n', '\n"', "\r", "\0", "; "]),
)
def test_damage_to_one_row_loses_no_other(at, what):
    lines = [f'Name {n},"{n}, {n}",more' for n in range(5)]
    damaged = len(lines) // 2
    at %= len(lines[damaged])
    lines[damaged] = lines[damaged][:at] + what + lines[damaged][at:]

    found = rows("Name,Phone,Rest\n" + "\n".join(lines) + "\n")

    told = [one.text.split(",")[0] if isinstance(one, Skipped) else one[1].get("name", "") for one in found]
    assert {"Name 0", "Name 1", "Name 3", "Name 4"} <= set(told)


@settings(deadline=None, max_examples=200)
@given(data=st.binary(max_size=300))
def test_no_bytes_make_it_crash(data):
    found = list(table(io.BytesIO(b"Name,Phone\n" + data), "people.csv", NEEDS))

    assert {type(one) for one in found} <= {Row, Skipped}
    assert isinstance(looks_like(data), str)

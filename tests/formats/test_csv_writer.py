"""A table of people that no spreadsheet runs, and that our own reader takes back as it was."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from amity.formats import google_csv
from amity.formats.csv_writer import write_table
from amity.formats.records import Contact, Dated, Remark, Way

WORDS = st.text(
    st.characters(categories=["L", "N", "Pd", "Sm"], include_characters="'@=+-"), min_size=1, max_size=12
)


@settings(deadline=None, max_examples=60)
@given(said=st.lists(WORDS, min_size=3, max_size=3))
def test_nothing_is_run_and_everything_comes_back(said):
    given_name, family, fact = said
    ada = Contact(
        "",
        "",
        f"{given_name} {family}",
        ways=(Way("email", "ada@loom.example", "home"), Way("phone", "+44 20 7946 0018")),
        organisation="=Looms",
        dates=(Dated("birthday", "--12-10"),),
        remarks=(Remark("craft", fact),),
        circles=("Weavers", "@home"),
    )

    table = write_table([ada])

    (back,) = google_csv.read(io.BytesIO(table.encode("utf-8-sig")))
    assert [
        cell for cell in next(csv.reader([table.splitlines()[1]])) if cell[:1] in {"=", "+", "-", "@"}
    ] == []
    assert (back.name, back.ways, back.dates) == (ada.name, ada.ways, ada.dates)
    assert (back.organisation, back.remarks, back.circles) == (ada.organisation, ada.remarks, ada.circles)

"""People as a table that spreadsheets open and address books read: Google's columns, safe to open.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which our readers take off
again (OWASP, *CSV Injection*).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from amity.formats.records import Contact

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_WAYS = {"email": "E-mail", "phone": "Phone", "handle": "IM", "url": "Website", "address": "Address"}
_VALUE = {"address": "Formatted"}
_LABEL = {"handle": "Service"}
_JOINT = " ::: "


def safe(cell: str) -> str:
    """Keep a cell from being run; ``columns.contact`` takes the apostrophe off again."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def write_table(contacts: Iterable[Contact]) -> str:
    """Write everybody in Google's columns, as many groups of them as the fullest contact needs."""
    rows = [_row(contact) for contact in contacts]
    header = list(
        dict.fromkeys(
            ["First Name", "Last Name", *sorted({name for row in rows for name in row}, key=_place)]
        )
    )
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe(row.get(name, "")) for name in header] for row in rows)
    return out.getvalue()


def _place(column: str) -> tuple[int, str, int]:
    """Put the plain columns first and the groups after them, each in the order of its numbers."""
    words = column.split(" - ", maxsplit=1)[0].rsplit(" ", 1)
    grouped = len(words) > 1 and words[1].isdigit()
    return (1, words[0], int(words[1])) if grouped else (0, "", 0)


def _row(contact: Contact) -> dict[str, str]:
    given, _, family = contact.name.rpartition(" ")
    row = {"First Name": given or family, "Last Name": family if given else ""}
    row["Nickname"] = _JOINT.join(contact.also_named)
    row |= {"Organization Name": contact.organisation, "Organization Title": contact.title}
    row["Labels"] = _JOINT.join(contact.circles)
    born = [day for day in contact.dates if day.kind == "birthday"]
    row["Birthday"] = born[0].value if born else ""
    for kind, name in _WAYS.items():
        ways = [(way.label, way.value) for way in contact.ways if way.kind == kind]
        row |= _group(name, ways, _LABEL.get(kind, "Label"), _VALUE.get(kind, "Value"))
    # A second birthday has no column of its own, but may be the true one.
    days = [(day.kind, day.value) for day in contact.dates if day not in born[:1]]
    row |= _group("Event", days, "Label", "Value")
    said = [(remark.label or "Note", remark.text) for remark in contact.remarks]
    return {
        name: cell for name, cell in (row | _group("Custom Field", said, "Label", "Value")).items() if cell
    }


def _group(name: str, pairs: Sequence[tuple[str, str]], label: str, value: str) -> dict[str, str]:
    row: dict[str, str] = {}
    for number, (said, cell) in enumerate(pairs, start=1):
        row |= {f"{name} {number} - {label}": said, f"{name} {number} - {value}": cell}
    return row

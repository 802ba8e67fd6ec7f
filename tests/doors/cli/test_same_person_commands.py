"""The same person in the terminal, and a book for other programs."""

import pytest

from amity.duplicates.models import Perhaps
from amity.people.models import Person

pytestmark = pytest.mark.django_db


def test_two_become_one_and_two_again(amity):
    people = [
        amity("capture", f"Met {name} today", "--json")[1]["added"][0] for name in ("Ada Byron", "Lady King")
    ]
    ada, lady = (Person.objects.get(uid=one["id"]) for one in people)
    pair = Perhaps.objects.create(owner=ada.owner, a=ada, b=lady, evidence=["same initial"])

    _, asked = amity("same", "--json")
    _, joined = amity("merge", "Ada Byron", "Lady King", "--json")
    _, between = amity("same", "--look", "--json")
    _, shown = amity("person", lady.uid, "--json")
    _, back = amity("unmerge", lady.uid, "--json")
    code, wrong = amity("merge", "Ada Byron", "Ada Byron", "--json")

    assert asked == {
        "perhaps": [{"id": pair.uid, "people": people, "evidence": ["same initial"]}],
        "merged": [],
    }
    assert joined == {**people[0], "gone": people[1], "by_itself": False}
    assert between == {"perhaps": [], "merged": [joined]}
    assert (shown["id"], shown["also_named"]) == (ada.uid, ["Lady King"])
    assert back == people[1]
    assert (code, wrong) == (1, {"error": "Ada Byron is one person already."})


def test_a_book_leaves_by_the_suffix_of_the_file(amity, tmp_path):
    amity("capture", "Met Ada Byron today", "--json")
    files = {
        name: tmp_path / name for name in ("all.vcf", "old.vcf", "all.csv", "all.ics", "ada.json", "ada.pdf")
    }

    amity("export", str(files["all.vcf"]), "--json")
    amity("export", str(files["old.vcf"]), "--old-vcard", "--json")
    amity("export", str(files["all.csv"]), "--json")
    amity("export", str(files["all.ics"]), "--json")
    _, one = amity("export", str(files["ada.json"]), "--person", "Ada Byron", "--json")
    code, wrong = amity("export", str(files["ada.pdf"]), "--json")

    begins = {
        name: file.read_text("utf-8-sig").splitlines()[1] for name, file in files.items() if file.exists()
    }
    assert begins == {
        "all.vcf": "VERSION:4.0",
        "old.vcf": "VERSION:3.0",
        "all.csv": "Ada,Byron",
        "all.ics": "VERSION:2.0",
        "ada.json": ' "amity": "person",',
    }
    assert one == {"file": str(files["ada.json"]), "people": 1}
    assert (code, wrong) == (1, {"error": "'pdf' is no form to export in; these are: vcf, vcf3, csv, ics."})

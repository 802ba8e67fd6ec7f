"""The same person, by keys alone: yes, undo, no, later."""

import pytest
from playwright.sync_api import expect

from amity.duplicates.models import Perhaps
from cast import a_person, an_owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_two_records_are_told_apart_or_joined_by_keys(in_sight):
    one, other, third = (a_person(name).person for name in ("Ada Byron", "A. Byron", "Ada King"))
    for pair in ((one, other), (one, third)):
        Perhaps.objects.create(owner=an_owner(), a=pair[0], b=pair[1], evidence=["same initial"])
    in_sight.goto("/people/perhaps")
    who = in_sight.locator("article.side a")

    in_sight.keyboard.press("y")
    expect(who).to_have_text(["Ada Byron", "Ada King"])
    in_sight.keyboard.press("u")
    expect(who).to_have_text(["Ada Byron", "A. Byron"])
    in_sight.keyboard.press("n")
    expect(who).to_have_text(["Ada Byron", "Ada King"])
    in_sight.keyboard.press("s")

    expect(in_sight.get_by_role("heading", name="Everybody is here once")).to_be_focused()
    assert sorted(Perhaps.objects.values_list("answer", flat=True)) == ["later", "no"]

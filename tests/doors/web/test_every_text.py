"""Every text of every page goes through gettext: in a language nobody speaks, none is left in English."""

from __future__ import annotations

import html
import re

import pytest
from django.utils.translation import trans_real

import pseudo
from browsing import Browser
from planting import addresses, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What is the same in every language: names, examples one types, and what a machine reads.
SAME_EVERYWHERE = re.compile(
    r"https?://\S+|\S+@\S+|amity-[\d-]+\.zip|\.[a-z]{3,4}\b|\b(?:Amity|LinkedIn|Lovelace|Maya|Byron|Otto|Moreau|Europe/\w+|UTC|BEGIN:VCARD)\b"
)
SILENT = re.compile(r"<(script|style|code|datalist)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SAID = re.compile(
    r'(?:aria-label|placeholder|title|alt)="([^"]*[A-Za-z][^"]*)"'
    r'|data-\w+="([A-Z][^" ]* [^"]*)"'  # sentences that a script says; names and numbers are no texts
    r"|>([^<]*[A-Za-z][^<]*)<"
)


@pytest.fixture
def accented(monkeypatch):
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(trans_real, "_default", None)
    pseudo.install()
    yield
    trans_real.deactivate()


def left_in_english(page: str) -> set[str]:
    """Give the texts of a page in which a plain English word stands."""
    texts = {html.unescape("".join(found)).strip() for found in SAID.findall(SILENT.sub("", page))}
    return {text for text in texts if re.search("[A-Za-z]{2}", SAME_EVERYWHERE.sub("", text))}


def test_no_text_of_any_page_is_left_in_english(maya, accented):
    planted = plant(maya, "Ζήνων")
    browser = Browser(maya)

    pages = {name: at for name, at in addresses(planted).items() if "nothing" not in at}
    found = set()
    for name, address in pages.items():
        answer = browser.get(address)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            found |= {f"{name}: {text}" for text in left_in_english(answer.content.decode())}

    assert sorted(found) == []

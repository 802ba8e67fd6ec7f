"""Maya's card on a Sunday in May."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from amity.card.actions import CardSaid, FieldSaid, add
from amity.card.models import Card
from cast import an_owner

SAID = CardSaid(
    label="work",
    name="Maya Lind",
    handle="maya",
    title="Weaver",
    organisation="Loom & Co",
    about="Ask me about looms.",
    fields=(
        FieldSaid("maya@loom.example", "work"),
        FieldSaid("https://loom.example/maya", "my page"),
        FieldSaid("+49 30 1234567", "mobile", after=True),
    ),
)


@pytest.fixture
def said() -> CardSaid:
    """Give what Maya wrote on her card."""
    return SAID


@pytest.fixture
def card(db, said) -> Card:
    """Give Maya's card, whose number is for those who left theirs."""
    return add(an_owner(zone="Europe/Berlin"), said)


@pytest.fixture
def a_picture() -> bytes:
    """Give a photo as a camera would, far larger than a card keeps."""
    out = io.BytesIO()
    Image.effect_noise((1200, 900), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()

from __future__ import annotations

import doctest

import pytest

from amity.formats import robots
from amity.formats.robots import why_robot


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("noreply@loom.example", "no-reply address"),
        ("No-Reply@LOOM.example", "no-reply address"),
        ("do_not_reply@loom.example", "no-reply address"),
        ("messages-noreply@network.example", "no-reply address"),
        ("ne-pas-repondre@loom.example", "no-reply address"),
        ("12345+ada@users.noreply.forge.example", "no-reply address"),
        ("mailer-daemon@loom.example", "bounce address"),
        ("postmaster@loom.example", "bounce address"),
        ("bounces+1234-ada=loom.example@sender.example", "bounce address"),
        ("weavers-bounces@lists.example", "bounce address"),
        ("notifications@forge.example", "notification address"),
        ("calendar-notification@calendar.example", "notification address"),
        ("security.alerts@bank.example", "notification address"),
        ("newsletter@loom.example", "notification address"),
        ("build-bot@forge.example", "notification address"),
        ("root@loom.example", "notification address"),
        ("weavers-request@lists.example", "mailing list"),
        ("owner-weavers@lists.example", "mailing list"),
        ("reply+9f8e7d6c@tickets.example", "reply token"),
        ("c_188abc@resource.calendar.google.com", "calendar or room"),
        ("holidays@group.v.calendar.google.com", "calendar or room"),
        ("team@group.calendar.google.com", "calendar or room"),
        ("0102018f3c2d4e5f6a7b@mail.example", "address made by a machine"),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301@mail.example", "address made by a machine"),
    ],
)
def test_a_machine_is_told_by_its_address(email, why):
    assert why_robot(email) == why


@pytest.mark.parametrize(
    "email",
    [
        "ada@loom.example",
        "ada.byron+amity@loom.example",
        "jan.bot@loom.example",
        "ada.owner@loom.example",
        "info@loom.example",
        "sales@loom.example",
        "reply@loom.example",
        "alertson@loom.example",
        "deadbeef@loom.example",
        "491701234567@phone.example",
        "room.for.improvement@loom.example",
        "ada@google.com",
        "not an address",
        "",
    ],
)
def test_a_person_is_not_taken_for_a_machine(email):
    assert why_robot(email) == ""


@pytest.mark.parametrize("name", ["Loom (do not reply)", "Mail Delivery System", "Network Notifications"])
def test_a_name_can_give_a_machine_away(name):
    assert why_robot("hello@loom.example", name) == "named like a robot"


@pytest.mark.parametrize("name", ["Ada Byron", "Delia Replyman", "Noah Newsletterman"])
def test_a_persons_name_gives_nothing_away(name):
    assert why_robot("hello@loom.example", name) == ""


def test_its_examples_are_true():
    assert doctest.testmod(robots).failed == 0

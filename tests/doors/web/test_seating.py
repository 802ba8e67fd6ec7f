from __future__ import annotations

import pytest

from amity.doors.web.seating import HEIGHT, WIDTH, chairs

LETTER = 9  # as wide as a letter of the drawing is at most, nearly
NAMES = ["Bartholomew", "Cleopatra", "Ada", "Bo", "Wilhelmina", "Dov", "Maximilian", "Edith"]


@pytest.mark.parametrize("count", [4, 5, 6, 7, 8])
def test_the_owner_sits_at_the_foot_and_nobody_lies_over_another(count):
    table = chairs(NAMES[:count], owner="Maya")

    owner = table[0]
    assert (owner.name, owner.x, owner.y) == ("Maya", WIDTH // 2, HEIGHT // 2 + 100)
    assert [one.is_owner for one in table] == [True] + [False] * count
    for at, one in enumerate(table):
        assert all((one.x - other.x) ** 2 + (one.y - other.y) ** 2 > 36**2 for other in table[:at])


@pytest.mark.parametrize("count", [4, 5, 6, 7, 8])
def test_every_name_stays_in_the_drawing(count):
    for one in chairs(NAMES[:count], owner="Maya"):
        wide = LETTER * len(one.name)
        left = one.name_x - {"start": 0, "middle": wide / 2, "end": wide}[one.anchor]
        assert left >= -25
        assert left + wide <= WIDTH + 25
        assert 0 < one.name_y < HEIGHT


def test_guests_go_clockwise_from_the_owners_left_hand():
    table = chairs(["Ada", "Bo", "Cleo"], owner="Maya")

    assert [(one.name, one.x - WIDTH // 2, one.y - HEIGHT // 2) for one in table] == [
        ("Maya", 0, 100),
        ("Ada", -100, 0),
        ("Bo", 0, -100),
        ("Cleo", 100, 0),
    ]


def test_a_long_name_is_shortened_in_the_drawing_and_whole_beside_it():
    [_, guest] = chairs(["Bartholomew Quill"], owner="Maya")

    assert (guest.name, guest.whole_name, guest.initials) == ("Bartholome…", "Bartholomew Quill", "BQ")

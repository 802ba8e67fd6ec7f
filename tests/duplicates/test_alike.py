"""Which records are surely one person, which perhaps, and why."""

from amity.duplicates.likeness import Record, alike


def known(name, **said):
    """Make a record of a whole name and what else is said."""
    return Record((name,), said={kind: (value,) for kind, value in said.items()})


def test_one_address_and_one_name_are_surely_one_person():
    pairs = alike(
        [known("Ada Byron", email="ada@loom.example"), known("Byron, Ada", email="ada@loom.example")]
    )

    assert [(pair.first, pair.second, pair.answer, pair.evidence) for pair in pairs] == [
        (0, 1, "surely", ("same name", "same personal address"))
    ]


def test_a_name_alone_is_asked_about_and_never_merged():
    pairs = alike([known("Ada Byron"), known("Ada Byron"), known("Tom Vale")])

    assert [(pair.first, pair.second, pair.answer) for pair in pairs] == [(0, 1, "perhaps")]

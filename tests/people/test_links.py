from __future__ import annotations

import pytest

from amity.journal.actions import undo
from amity.journal.models import Deed
from amity.owner.actions import NotPossible
from amity.people.links import know, unlink
from amity.people.models import Link, Person
from cast import a_person

pytestmark = pytest.mark.django_db


def test_two_people_of_the_book_know_each_other_and_it_is_written_once():
    ada, ben = a_person("Ada Byron").person, a_person("Ben Okri").person

    link = know(ada, "ben okri", "colleague", "2019")

    assert know(ben, ada, "Colleague") == link
    assert list(Link.objects.values_list("a", "b", "kind", "since", "maybe", "source")) == [
        (ada.pk, ben.pk, "colleague", "2019", False, "you")
    ]


def test_a_name_nobody_bears_is_mentioned_goes_with_the_link_and_comes_back_by_undo():
    ada = a_person("Ada Byron").person

    link = know(ada, "Tom", "family")
    know(ada, "Tom", "friend of the house")
    mentioned = list(Person.objects.filter(mentioned=True).values_list("name", flat=True))
    unlink(link)
    unlink(Link.objects.get())
    left = Person.objects.filter(mentioned=True).exists()
    undo(ada.owner, Deed.objects.latest("id").uid)

    assert (mentioned, left) == (["Tom"], False)
    assert list(Link.objects.values_list("a__name", "b__name", "b__mentioned")) == [
        ("Ada Byron", "Tom", True)
    ]


def test_of_several_namesakes_the_id_says_which():
    ada, one, other = (a_person(name).person for name in ("Ada Byron", "Ben Okri", "Ben Okri"))

    with pytest.raises(NotPossible) as refusal:
        know(ada, "Ben Okri", "friend")
    link = know(ada, other.uid, "friend")

    assert refusal.value.sentence.endswith(f"write the id of the one you mean: {one.uid}, {other.uid}.")
    assert link.b == other


@pytest.mark.parametrize(
    ("other", "kind", "since", "sentence"),
    [
        (" ", "friend", "", "A person needs a name."),
        ("Ben", " ", "", "Say how they know each other: colleague, friend, or in your own words."),
        ("Ben", "friend", "9999999", "Write since when like 2019, 2019-05 or 2019-05-03."),
        ("Ada Byron", "friend", "", "That is Ada Byron themselves."),
    ],
)
def test_what_cannot_be_a_link_is_said_and_nothing_is_written(other, kind, since, sentence):
    ada = a_person("Ada Byron").person

    with pytest.raises(NotPossible) as refusal:
        know(ada, other, kind, since)

    assert refusal.value.sentence == sentence
    assert (Link.objects.count(), Person.objects.count()) == (0, 1)

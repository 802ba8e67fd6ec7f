"""Questions worded once give what the same questions worded anew give, about whomever they are asked."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection
from django.utils.functional import SimpleLazyObject

from amity.people.actions import add
from amity.people.models import Person, Way
from amity.storage.bulk import these
from amity.storage.wording import answered_once, any_once, worded_once
from cast import an_owner

pytestmark = pytest.mark.django_db
EMAIL = ("email",)
wordings: list[tuple[str, ...]] = []


def word(owner, person, keys, kinds):
    """Word some questions that depend on everything they are told."""
    wordings.append(kinds)
    ways = Way.objects.of(person.owner).order_by("id")
    return [
        Person.objects.of(owner).order_by("-name"),
        ways.filter(person=person, kind__in=kinds).select_related("person"),
        ways.filter(person__in=these(keys)).values_list("value", flat=True),
        Person.objects.of(owner).exclude(pk__in=these(keys)).order_by("pk"),
    ]


@pytest.fixture
def ask():
    """Give the function that words them once, and begin to count anew."""
    wordings.clear()
    return worded_once(word)


@pytest.fixture
def books():
    """Give two owners, each with their people, of whom each has an address and a number."""
    return [(owner, [_reachable(owner, who) for who in "ABC"]) for owner in map(an_owner, ("Maya", "Noor"))]


def _reachable(owner, name):
    person = add(owner, name)
    for kind, value in (("email", f"{name}@{owner.name}.example"), ("phone", f"+35121{person.pk:07}")):
        Way.objects.create(owner=owner, person=person, kind=kind, value=value, normal=value)
    return person


def test_it_gives_what_the_questions_give_about_anybody(books, ask, django_assert_num_queries):
    for owner, people in books:
        for person in people:
            for keys in ([], [people[0].pk], [one.pk for one in people]):
                with django_assert_num_queries(1):
                    answers = ask(owner, person, keys, EMAIL)
                assert answers == [list(one) for one in word(owner, person, keys, EMAIL)]
                assert [way.person for way in answers[1]] == [person]
                assert len(answers[3]) == len(people) - len(keys)


def test_it_is_worded_once_for_all_rows_and_once_for_each_other_value(books, ask):
    for kinds in (EMAIL, EMAIL, ("phone",), EMAIL):
        for owner, people in books:
            signed_in = SimpleLazyObject(lambda owner=owner: owner)  # as a page knows its owner
            assert [way.kind for way in ask(signed_in, people[1], [people[2].pk], kinds)[1]] == list(kinds)

    assert wordings == [EMAIL, ("phone",)]


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_it_by_its_own_connection(books, ask):
    (owner, people), heard = books[0], []

    def listen():
        heard.append(ask(owner, people[0], [], EMAIL)[0])
        connection.close()

    for _ in range(2):
        thread = Thread(target=listen)
        thread.start()
        thread.join()

    assert heard == [people[::-1]] * 2
    assert len(wordings) == 1


def test_what_asks_while_it_is_worded_is_refused(books):
    owner, (person, *_others) = books[0]

    with pytest.raises(TypeError, match="asks the database nothing while it is worded"):
        worded_once(lambda owner: [Person.objects.filter(pk=Person.objects.of(owner).first().pk)])(owner)
    with pytest.raises(TypeError, match="Only `these` puts a list of keys"):
        worded_once(lambda keys: [Person.objects.filter(pk__in=keys)])([person.pk])
    with pytest.raises(TypeError, match="Only `these` puts a list of keys"):
        worded_once(lambda keys: [Person.objects.filter(uid__in=map(str, keys))])([person.pk])


def test_what_is_asked_about_is_saved_stands_in_its_place_and_comes_as_a_list(books):
    owner, (person, *_others) = books[0]
    whom = worded_once(lambda owner, keys: [Person.objects.of(owner).filter(pk__in=these(keys))])

    assert whom(owner, [person.pk]) == [[person]]
    for keys in ({person.pk}, {person.pk: 1}.keys(), (key for key in [person.pk])):
        with pytest.raises(TypeError, match="come as a list"):
            whom(owner, keys)
    with pytest.raises(TypeError, match="stands in its place"):
        whom(owner, keys=[person.pk])
    with pytest.raises(ValueError, match="never saved"):
        whom(type(owner)(), [person.pk])


def test_a_single_question_is_answered_or_told_whether_anything_answers_it(books):
    def called(owner, name):
        """Ask for whoever is called so."""
        return Person.objects.of(owner).filter(name=name).order_by("pk")

    whom, is_any = answered_once(called), any_once(called)

    for owner, (person, *_others) in books:
        assert (whom(owner, "A"), is_any(owner, "A")) == ([person], True)
        assert (whom(owner, "Zed"), is_any(owner, "Zed")) == ([], False)

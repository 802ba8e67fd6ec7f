"""Whole words and beginnings of words: whichever engine runs this finds what plain Python finds."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amity.search.documents import ids_of
from amity.search.models import Entry, Kind
from amity.storage.words import Term, rows_with, words_of
from cast import an_owner

LETTERS = st.sampled_from("aAbÉéßøИиñ'\u2019-_ .@\t1²\uff41山田हिन्दी한ἀ🎻İǰ\u0301\u200d\"*:&|()!\\")
TEXTS = st.lists(st.text(LETTERS, max_size=14), min_size=1, max_size=8)
ASKED = st.lists(
    st.lists(st.tuples(st.text(LETTERS, min_size=1, max_size=3), st.booleans()), max_size=2), max_size=2
)


def oracle(texts, sought):
    return [
        row
        for row, text in enumerate(texts)
        if all(any(term.fits(word) for word in words_of(text) for term in group) for group in sought)
    ]


class TheSameOnBothEngines(TestCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(TEXTS, ASKED)
    def test_the_engine_finds_what_plain_python_finds(self, texts, asked):
        maya = an_owner()
        first, last = ids_of(Kind.HOPE)
        Entry.objects.bulk_create(
            Entry(id=first + row, owner=maya, kind=Kind.HOPE, row=row, words=" ".join(words_of(text)))
            for row, text in enumerate(texts)
        )
        groups = [
            [Term(word, begins) for text, begins in group for word in words_of(text)] for group in asked
        ]
        sought = [group for group in groups if group]
        if not sought:
            return

        with connection.cursor() as cursor:
            cursor.execute(*rows_with(sought, owner=maya.pk, ids=(first, last)))
            found = [row for (row,) in cursor.fetchall()]

        assert found == oracle(texts, sought)[::-1]


@pytest.mark.django_db
def test_more_words_than_one_are_cut_alike():
    text = "Zoë's café—ANNA-lena@b.example, Straße; 山田太郎 हिन्दी _x_ 10:30"

    said = words_of(text)

    assert " ".join(said) == "zoe s cafe anna lena b example strasse 山 田 太 郎 हिनदी x 10 30"

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from amity.journal.models import Touch
from amity.owner.models import Owner, SignInLink
from amity.storage.schema import bring_up_to_date, is_current
from cast import a_person, an_owner

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]

THREADS, TRANSACTIONS = 8, 100


def answer(query: str, *params: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, params or None)
        return cursor.fetchone()[0]


def test_sqlite_is_newer_than_the_reset_of_the_log_that_lost_data():
    version = tuple(int(part) for part in str(answer("SELECT sqlite_version()")).split("."))

    assert version >= (3, 51, 3)


def test_full_text_search_is_there():
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.found USING fts5(said, tokenize = 'trigram')")
        cursor.execute("INSERT INTO temp.found VALUES (%s)", ["ada byron"])

    assert answer("SELECT said FROM temp.found WHERE found MATCH %s", "yro") == "ada byron"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("cache_size", -16000),
    ],
)
def test_every_connection_is_set_up(pragma, value):
    assert answer(f"PRAGMA {pragma}") == value


def test_what_is_written_is_read_back_in_its_own_type():
    given = (
        date(2026, 5, 10),
        datetime(2026, 5, 10, 18, 30, 0, 5, tzinfo=UTC),
        Decimal("1.50"),
        b"\x00\xff",
        True,
    )

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE kinds (a date, b datetime, c text, d blob, e bool)")
        cursor.execute("INSERT INTO kinds VALUES (%s, %s, %s, %s, %s)", given)
        cursor.execute("SELECT * FROM kinds")
        read = cursor.fetchone()

    assert (read[0], read[1].replace(tzinfo=UTC), Decimal(read[2]), bytes(read[3]), read[4]) == given


def test_both_of_djangos_ways_to_name_a_parameter_work():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(a)s || '%%' || %(b)s", {"a": "x", "b": "y"})
        named = cursor.fetchone()[0]
        cursor.execute("SELECT %s || '%%' || %s", ["x", "y"])
        placed = cursor.fetchone()[0]
        cursor.executemany("SELECT %s", [])

    assert named == placed == "x%y"


def test_a_database_that_is_up_to_date_is_left_alone():
    assert (is_current(), bring_up_to_date()) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_write_a_hundred_times_each_and_none_meets_a_lock():
    maya, errors = an_owner(), []

    def write(number: int) -> None:
        try:
            for one in range(TRANSACTIONS):
                with transaction.atomic():
                    known = (
                        SignInLink.objects.count()
                    )  # a read first: the worst case for a deferred transaction
                    SignInLink.objects.create(
                        owner=maya, digest=f"{number} {one} {known}", expires_at=datetime.now(UTC)
                    )
        except Exception as trouble:  # noqa: BLE001  (it is the answer)
            errors.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    counts = sorted(int(digest.split()[2]) for digest in SignInLink.objects.values_list("digest", flat=True))
    assert counts == list(range(THREADS * TRANSACTIONS))


@pytest.mark.django_db(transaction=True)
def test_an_owner_who_leaves_takes_everything_along():
    a_person("Ada").met_on("2026-05-10").kept(spark="like").hopes("weave")

    Owner.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        assert (cursor.fetchall(), Touch.objects.count()) == ([], 0)

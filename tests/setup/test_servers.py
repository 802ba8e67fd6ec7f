"""Each test runs where it says something, and PostgreSQL is borrowed for the time of a run."""

import pytest

import engines
import servers


@pytest.mark.parametrize(
    ("marks", "fixtures", "on_sqlite", "on_postgresql"),
    [
        ((), (), True, False),
        ((), ("db",), True, True),
        (("django_db",), (), True, True),
        (("sqlite", "django_db"), (), True, False),
        (("postgresql",), (), False, True),
        (("browser", "django_db"), ("live_server",), True, False),
        (("browser", "both"), (), True, True),
        (("once", "django_db"), (), True, False),
        (("faults", "django_db"), (), False, False),
    ],
)
def test_each_test_runs_where_it_says_something(marks, fixtures, on_sqlite, on_postgresql):
    assert engines.runs_here(marks, fixtures, postgresql=False) is on_sqlite
    assert engines.runs_here(marks, fixtures, postgresql=True) is on_postgresql


def test_the_newest_postgresql_of_debian_is_taken(tmp_path):
    for version in ("9.6", "15", "13"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()

    assert servers.postgresql_programs(tmp_path) == tmp_path / "15" / "bin"


@pytest.mark.postgresql
def test_a_borrowed_postgresql_answers_and_is_gone_afterwards():
    import psycopg

    with servers.postgresql() as address, psycopg.connect(address) as connection:
        assert connection.execute("select lower('ÄRA')").fetchone() == ("ära",)

    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(address)

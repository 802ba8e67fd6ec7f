"""A book moves: to another engine and back, and from a machine whose disk is lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import call_command

from amity.book.comeback import restore
from amity.book.export import export
from amity.book.reimport import bring_back
from amity.owner.actions import local_owner
from other_process import on_sqlite, script, told, typed


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_book_of_sqlite_moves_to_postgresql_and_back_and_is_the_same_book(tmp_path, settings):
    settings.AMITY_HOME = tmp_path
    script("storage/a_book.py", tmp_path / "one", "", str(tmp_path / "one.zip"))
    typed(tmp_path / "one", "backup", str(tmp_path / "backup.zip"))

    bring_back(local_owner(), tmp_path / "one.zip")
    export(local_owner(), tmp_path / "two.zip")
    typed(tmp_path / "three", "restore", str(tmp_path / "two.zip"))
    typed(tmp_path / "three", "export", str(tmp_path / "three.zip"))
    call_command("flush", verbosity=0, interactive=False)
    restore(tmp_path / "backup.zip")
    export(local_owner(), tmp_path / "four.zip")

    one = told(tmp_path / "one.zip")
    assert told(tmp_path / "two.zip") == one
    assert told(tmp_path / "three.zip") == one
    assert told(tmp_path / "four.zip") == one


WRITER = """
import sys
sys.argv = ["amity", "people"]
import django; django.setup()
from amity.owner.actions import local_owner
from amity.people.actions import add
n = 0
while True:
    add(local_owner(), f"Written {n}")
    n += 1
    print(n, flush=True)
"""


@pytest.mark.faults
def test_the_restore_drill_killed_while_writing_disk_lost_killed_while_restoring_restored(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    script("storage/a_book.py", first, "", str(tmp_path / "before.zip"))
    typed(first, "backup", str(tmp_path / "safe.zip"))
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], env=on_sqlite(first), stdout=subprocess.PIPE, text=True
    )
    written = next(int(line) for line in writer.stdout if int(line) >= 20)

    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    after_the_kill = len(typed(first, "people", "Written"))
    shutil.rmtree(first)
    begun = subprocess.Popen(
        [sys.executable, "-m", "amity", "restore", str(tmp_path / "safe.zip")], env=on_sqlite(second)
    )
    while not (second / "amity.sqlite3-wal").exists() and begun.poll() is None:
        time.sleep(0.01)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    typed(second, "restore", str(tmp_path / "safe.zip"))
    typed(second, "export", str(tmp_path / "after.zip"))

    assert after_the_kill >= written
    assert told(tmp_path / "after.zip") == told(tmp_path / "before.zip")

"""The first release's book meets today's Amity: another at work, a migration that breaks, and none.

``python an_upgrade.py OUT.zip`` prints what each try said, one to a line, and exports the book at last.
"""

import runpy
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__)
out = Path(sys.argv[1])
sys.argv = ["a_book.py", "0001_first"]
runpy.run_path(str(HERE.with_name("a_book.py")))

from django.conf import settings  # noqa: E402  (a_book sets Django up)
from django.db import connection, migrations  # noqa: E402
from sqlcipher3 import dbapi2  # noqa: E402

from amity.book.export import export  # noqa: E402
from amity.owner.actions import local_owner  # noqa: E402
from amity.storage.schema import NotUpgraded, bring_up_to_date  # noqa: E402


def breaks(_apps, _editor):
    raise ValueError("no such loom")


def tries():
    try:
        print(bring_up_to_date())  # noqa: T201
    except NotUpgraded as wrong:
        print(wrong.sentence)  # noqa: T201
    connection.close()


book = settings.AMITY_HOME / "amity.sqlite3"
other = dbapi2.connect(book)
other.execute("SELECT count(*) FROM amity_person").fetchone()
tries()
other.close()

names = sorted(path.stem for path in Path(import_module("amity.migrations").__path__[0]).glob("0*.py"))
second = import_module(f"amity.migrations.{names[1]}").Migration
whole = second.operations
second.operations = [*whole, migrations.RunPython(breaks)]
tries()
left = dbapi2.connect(book)
print(left.execute("SELECT count(*), max(name) FROM django_migrations WHERE app = 'amity'").fetchone())  # noqa: T201
left.close()
second.operations = whole
tries()
export(local_owner(), out)
print(len(list(settings.AMITY_HOME.glob("*.upgrade*"))))  # noqa: T201

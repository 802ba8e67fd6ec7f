"""A small book as a release of Amity knew it, written by the models of that release's last migration.

``python a_book.py 0001_first`` makes the first release's, ``python a_book.py "" OUT.zip`` today's, exported.
Both hold the same.
The home comes from the environment, and there has to be no book in it.
"""

import os
import sys
from datetime import UTC, date, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "amity.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from amity.storage.schema import bring_up_to_date  # noqa: E402

THEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
release = [one for one in sys.argv[1:2] if one]
if release:
    call_command("migrate", "amity", *release, verbosity=0)
else:
    bring_up_to_date()
loader = MigrationExecutor(connection).loader
target = [("amity", release[0])] if release else loader.graph.leaf_nodes("amity")
of = loader.project_state(target).apps.get_model


def made(model, uid, **values):
    known = {field.name for field in of("amity", model)._meta.fields}
    values |= {"owner": maya, "uid": uid} if model != "Owner" else {}
    values |= {name: THEN for name in ("at", "since") if name in known and model != "Moment"}
    return of("amity", model).objects.create(**values)


maya = of("amity", "Owner").objects.create(
    email="owner@amity.invalid", name="Maya", zone="Europe/Lisbon", key=b"k" * 32, since=THEN, password="!"
)
people = [made("Person", f"person{n:06d}", name=f"Ada {n}", folded=f"ada {n}") for n in range(40)]
for n, ada in enumerate(people):
    made(
        "Way", f"way{n:09d}", person=ada, kind="email", value=f"ada{n}@a.example", normal=f"ada{n}@a.example"
    )
    met = made(
        "Moment", f"moment{n:06d}", day=date(2026, 1, 1 + n % 28), kind="met", text=f"Talked of looms {n}."
    )
    of("amity", "Participation").objects.create(owner=maya, moment=met, person=ada)
    made("Hope", f"hope{n:08d}", person=ada, text="launch", day=date(2026, 2, 1))
    made("Spark", f"spark{n:07d}", person=ada, kind="curious", line="looms")
if sys.argv[2:]:
    from pathlib import Path

    from amity.book.export import export
    from amity.owner.actions import local_owner

    export(local_owner(), Path(sys.argv[2]))

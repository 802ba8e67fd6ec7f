"""Amity's settings in a home of their own, so that no test ever touches somebody's book.

pytest loads the settings before any conftest.py, so this is the earliest place to turn the variables away.
``AMITY_DATABASE`` stays: it chooses the engine; Django tests in a database of its own beside the one named.
"""

import atexit
import os
import shutil
import tempfile

for _name in [name for name in os.environ if name.startswith("AMITY_") and name != "AMITY_DATABASE"]:
    del os.environ[_name]
os.environ["AMITY_HOME"] = tempfile.mkdtemp(prefix="amity-tests-")
atexit.register(shutil.rmtree, os.environ["AMITY_HOME"], ignore_errors=True)

from amity.settings import *  # noqa: E402, F403 - every setting, after the home is chosen
from amity.settings import AMITY_HOME, DATABASES, STORAGES  # noqa: E402

# Made as a new book is, from the models; tests/storage/test_new_book.py walks through the migrations.
DATABASES["default"]["TEST"] = {"MIGRATE": False}
if not os.environ.get("AMITY_DATABASE"):
    # A file, as in life: SQLite in memory has neither WAL nor its locks.
    DATABASES["default"]["TEST"]["NAME"] = str(AMITY_HOME / "tests.sqlite3")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow hash protects nobody here
(AMITY_HOME / "static").mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Nobody gathers what is served, so it is served from where it lies, and looked for when it is asked for.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

"""Amity's settings for a process that a test starts on the tests' own database and home."""

import os

from amity.settings import *  # noqa: F403 - every setting
from amity.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["TESTS_DATABASE"]

"""A sender in a process of its own, to be killed. Settings come from the environment."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "amity.settings"

import django

django.setup()

from amity.owner.models import Owner  # noqa: E402  (Django first)
from amity.post.sending import send_due  # noqa: E402

for owner in Owner.objects.all():
    while send_due(owner, seconds=300):
        pass

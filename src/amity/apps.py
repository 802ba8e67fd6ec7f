"""The one Django app."""

from django.apps import AppConfig


class AmityConfig(AppConfig):
    """All rooms share one app, so that there is one migrations folder and no circle between apps."""

    name = "amity"
    label = "amity"

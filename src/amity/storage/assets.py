"""Styles, scripts and pictures as the browser gets them: named by their content, packed, kept for a year."""

from __future__ import annotations

from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

NOT_SERVED = ["ext", "htmax*", "htmx-4*", "htmx-2.js", "django-htmx.js"]  # one file of that package is ours


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Files named by their content; imports inside our ES modules are renamed with them."""

    support_js_module_import_aggregation = True


def gather() -> None:
    """Copy them to where they are served from; done at each start, so that an upgrade is seen at once."""
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=NOT_SERVED)

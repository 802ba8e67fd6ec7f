"""The owner's own words for how it feels; private, never scored."""

from __future__ import annotations

from django.db import models

from amity.owner.models import Owned


class Checkin(Owned):
    """One completion of the sentence "Networking is ___"."""

    day = models.DateField()
    word = models.CharField(max_length=200)
    line = models.CharField(max_length=500, blank=True)
    felt = models.CharField(max_length=11, blank=True)


class NotNow(Owned):
    """The owner was asked for a word and would rather not; they are left in peace as if they had answered."""

    day = models.DateField()

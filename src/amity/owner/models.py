"""The owner, and the base every stored row stands on."""

from __future__ import annotations

import secrets
import zoneinfo
from datetime import date, datetime
from typing import ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOW_ENERGY, USUAL_ENERGY = 3, 6


def new_uid() -> str:
    """Give a fresh name for a row: 12 signs of Crockford's base 32 (60 random bits).

    It survives export and import, and can be typed in a terminal.
    """
    number = secrets.randbits(60)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(0, 60, 5))


def new_key() -> bytes:
    """Give 32 random bytes for keyed hashes that only this book can repeat."""
    return secrets.token_bytes(32)


class Owners(BaseUserManager["Owner"]):
    """Makes owners; the e-mail address is the name."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Owner:
        """Make an owner; without a password only the one-time link signs in."""
        owner = self.model(email=self.normalize_email(email), **fields)
        owner.set_password(password)
        owner.save(using=self._db)
        return owner

    def get_by_natural_key(self, username: str | None) -> Owner:
        """Give the owner of an address, however it is capitalised."""
        return self.get(email__iexact=username)


class Owner(AbstractBaseUser):
    """The person whose book this is. Everything stored belongs to exactly one owner."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    energy_usual = models.PositiveSmallIntegerField(default=USUAL_ENERGY)
    quiet_days = models.JSONField(default=list, help_text="weekdays without nudges, Monday is 0")
    theme = models.CharField(max_length=6, default="system")
    key = models.BinaryField(max_length=32, default=new_key)
    is_sample = models.BooleanField(default=False)
    welcomed = models.BooleanField(default=False, help_text="has seen the first two minutes")
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects: ClassVar[Owners] = Owners()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        """The owner's time zone, in which a day begins and ends."""
        return zoneinfo.ZoneInfo(self.zone)

    def today(self, now: datetime | None = None) -> date:
        """The date where the owner is; `now` is aware and defaults to the clock."""
        return (now or timezone.now()).astimezone(self.tz).date()


class OwnedQuerySet(models.QuerySet[Row_co]):
    """Rows of one owner; nothing is read without saying whose."""

    def of(self, owner: Owner) -> Self:
        """Only what belongs to this owner and is there for them to see."""
        return self.filter(owner=owner)


class Owned(models.Model):
    """A row that belongs to one owner and has a name that survives export.

    ``owner`` has no index of its own: the unique pair with ``uid`` begins with it, and one alone would
    tempt a database without statistics to read the whole book.
    """

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+", db_index=False)
    uid = models.CharField(max_length=12, default=new_uid, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["owner", "uid"], name="%(class)s_uid"),
        ]


class OwnIdentity(Owned):
    """A name, address, number or profile of the owner's own: what matches it never becomes a person."""

    kind = models.CharField(max_length=8)  # name, email, phone, url
    value = models.CharField(max_length=500)
    normal = models.CharField(max_length=500)
    said_by = models.CharField(
        max_length=12, blank=True, help_text="the import that said so; empty: the owner"
    )

    class Meta(Owned.Meta):
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["owner", "kind", "normal"], name="own_identity_once"),
        ]


class SignInLink(models.Model):
    """A one-time link, kept only as a hash, that opens the book on this machine."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A phone that keeps a copy. It is about this house, not about the book, and stays out of exports."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+", db_index=False)
    uid = models.CharField(max_length=12, default=new_uid, editable=False)
    name = models.CharField(max_length=80)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "uid"], name="device_uid")]

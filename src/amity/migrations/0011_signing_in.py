"""Passkeys, codes and recovery codes have tables of allauth's own; this one has them made."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("amity", "0010_one_person"),
    ]
    operations = []

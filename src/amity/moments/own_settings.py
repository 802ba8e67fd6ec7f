"""Settings of the owner's own, beside the ten: a choir, the school gate. Once named, offered everywhere."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amity.moments.models import OwnSetting, Setting
from amity.owner.actions import NotPossible
from amity.owner.models import Owner
from amity.people.actions import clean
from amity.storage.folded import fold
from amity.storage.wording import answered_once

SETTING_LENGTH, MOST = 26, 30


def name_setting(owner: Owner, name: str) -> OwnSetting:
    """Name a setting; it stays, for moments are told by it. Named again it is the same one.

    Raises:
        NotPossible: without a name, for a long one, one of the ten, or one too many.
    """
    name = clean(name, 100).replace(",", " ").strip()
    if not name or len(name) > SETTING_LENGTH:
        raise NotPossible(_("A setting has a name of up to %(most)s signs.") % {"most": SETTING_LENGTH})
    if fold(name) in {fold(value) for value in Setting.values}:
        raise NotPossible(_("That setting is there already."))
    found = OwnSetting.objects.of(owner).filter(folded=fold(name)).first()
    if found is None and OwnSetting.objects.of(owner).count() >= MOST:
        raise NotPossible(_("You have named %(most)s settings; that is enough.") % {"most": MOST})
    return found or OwnSetting.objects.create(owner=owner, name=name, folded=fold(name))


def setting_called(owner: Owner, name: str) -> str:
    """Give the setting of that name, one of the ten or the owner's; a new name is theirs from now on.

    Raises:
        NotPossible: for a new name that is long, or one too many.
    """
    known = {fold(one): one for one in settings_of(owner)}
    return known.get(fold(name)) or name_setting(owner, name).name


def is_setting(owner: Owner, word: str) -> bool:
    """Tell whether a word may be said as a setting, none included; the owner's own are asked for last."""
    return not word or word in Setting.values or word in own_settings(owner)


@answered_once
def own_settings(owner: Owner) -> QuerySet[OwnSetting, str]:
    """Give the owner's own settings by name."""
    return OwnSetting.objects.of(owner).order_by("folded").values_list("name", flat=True)


def settings_of(owner: Owner) -> list[str]:
    """Give every setting the owner may say: the ten, then their own."""
    return [*Setting.values, *own_settings(owner)]

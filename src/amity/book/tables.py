"""The tables of a book in the order in which they can be written, and their values as JSON can hold them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models


def label(model: type[models.Model]) -> str:
    """Give a table's short name, such as ``person``."""
    return str(model._meta.model_name)  # noqa: SLF001  (Django's public model API)


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Give a table's own columns."""
    return list(model._meta.concrete_fields)  # noqa: SLF001


def everything(model: type[models.Model]) -> Any:
    """Give a table with the rows that lists leave out, because two people became one."""
    return getattr(model, "everything", model._default_manager)  # noqa: SLF001


def in_order(wanted: Callable[[type[models.Model]], bool]) -> list[type[models.Model]]:
    """Give the tables that are wanted, each after every wanted table its rows point to."""
    every = [model for model in apps.get_app_config("amity").get_models() if wanted(model)]
    placed: list[type[models.Model]] = []
    while rest := [model for model in every if model not in placed]:
        ready = [model for model in rest if _points_to(model, every) <= {model, *placed}]
        placed += ready
    return placed


def _points_to(model: type[models.Model], every: list[type[models.Model]]) -> set[Any]:
    keys = {field.related_model for field in columns(model) if field.is_relation} & set(every)
    if not _points_anywhere(model):
        return keys
    return keys | {other for other in every if not _points_anywhere(other)}


def _points_anywhere(model: type[models.Model]) -> bool:
    """Tell whether rows name a row of any table, by its table and number: no key says so to the database."""
    return {"table", "row"} <= {field.name for field in columns(model)}


def plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    """Give a column's value as JSON holds it; bytes as base 64, dates as ISO text."""
    value = field.value_from_object(row)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return field.value_to_string(row)

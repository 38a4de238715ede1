"""System checks that keep rows behind their guards."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from zhitong.kernel.guarded import Guarded, GuardedManager, guard_column
from zhitong.kernel.search.models import Words


@register()
def guards_hold(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Every guarded model names real columns, and no relation leads round a guard."""
    del app_configs, kwargs
    return [problem for model in apps.get_models() for problem in _problems(model)]


def _problems(model: type[models.Model]) -> Iterator[CheckMessage]:
    if issubclass(model, Guarded):
        yield from _columns(model)
        if not isinstance(model._base_manager, GuardedManager):
            yield Error("Meta must inherit Guarded.Meta", obj=model, id="guarded.E001")
    for field in _relations(model):
        yield from _relation(model, field)


def _columns(model: type[Guarded]) -> Iterator[CheckMessage]:
    for part, lookup in model.GUARD.lookups:
        try:
            guard_column(model, lookup)
        except FieldDoesNotExist:
            yield Error(f"guard {part}={lookup!r} leads nowhere", obj=model, id="guarded.E002")


def _relations(model: type[models.Model]) -> Iterable[Any]:
    fields = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return [field for field in fields if isinstance(field.related_model, type)]


def _relation(model: type[models.Model], field: Any) -> Iterator[Error]:
    to_guarded = issubclass(field.related_model, Guarded)
    from_guarded = issubclass(model, Guarded)
    if to_guarded and not from_guarded and not issubclass(model, Words):
        text = "an unguarded model must not point to a guarded one: joins would go round the guard"
        yield Error(text, obj=field, id="guarded.E003")
    if from_guarded and not to_guarded and not field.remote_field.hidden:
        text = "related_name='+' is needed: the other side is unguarded and could be joined back"
        yield Error(text, obj=field, id="guarded.E004")

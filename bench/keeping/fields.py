"""Which fields end with their rows: read from the models and the rules about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from bench.keeping.canaries import SHORT
from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.retention.emptying import children
from zhitong.kernel.retention.registry import RETENTION, every_row

Model = type[models.Model]
TEXTS = (models.CharField, models.TextField, models.JSONField, SealedField)


@dataclass(frozen=True, slots=True)
class Ending:
    """A table with rows that are over at an instant, and their keys."""

    model: Model
    keys: tuple[Any, ...]

    @property
    def fields(self) -> tuple[Any, ...]:
        """The fields that take words and do not stay."""
        rule = RETENTION[self.model._meta.label]
        leaves = rule.leaves
        if leaves and leaves.whole:
            return ()
        kept = leaves.kept if leaves else frozenset()
        return tuple(one for one in self.model._meta.local_fields if _takes(one, kept))


def _takes(field: Any, kept: frozenset[str]) -> bool:
    if not isinstance(field, TEXTS) or isinstance(field, PlainField):
        return False
    short = field.max_length is not None and field.max_length < SHORT
    return not (field.primary_key or field.choices or short or field.name in kept)


def endings(at: datetime) -> list[Ending]:
    """Every table that has an end, or hangs on one that has, with what is over at an instant."""
    found: dict[Model, dict[Any, None]] = {}
    for label, rule in RETENTION.items():
        if rule.expired is not None:
            model = apps.get_model(label)
            keys = list(rule.expired(at).values_list("pk", flat=True))
            for one, key in _with_all_below(model, keys):
                found.setdefault(one, {})[key] = None
            for one in _tables_below(model):
                found.setdefault(one, {})
    return [Ending(model, tuple(keys)) for model, keys in found.items()]


def _with_all_below(model: Model, keys: list[Any]) -> Iterator[tuple[Model, Any]]:
    for key in keys:
        yield model, key
    for child, name in children(model) if keys else ():
        rows = every_row(child._meta.label).filter(**{f"{name}__in": keys})
        yield from _with_all_below(child, list(rows.values_list("pk", flat=True)))


def _tables_below(model: Model) -> Iterator[Model]:
    yield model
    for child, _name in children(model):
        yield from _tables_below(child)

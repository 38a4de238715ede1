"""A row in every table that ends and has none, made from nothing but its fields.

The demo tells no story about mails, one-time codes and the like; what ends in them must be
looked for all the same.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from bench.keeping.fields import Model, endings
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.ids import uuid7
from zhitong.kernel.retention.registry import every_row

LATER = timedelta(days=4 * 366)
ROWS = 3
HEARD = "done_at"
"""A copy of a fact that nobody has heard yet is not over."""


def a_row_everywhere() -> None:
    """Where a row is refused, the table stays empty, and its fields are told as not planted."""
    with beyond_reach():
        tables = endings(now() + LATER)
        ended = {ending.model: list(ending.keys) for ending in tables}
        for model, keys in ended.items():
            for number in range(ROWS if len(keys) < ROWS else 0):
                try:
                    with transaction.atomic():
                        every_row(model._meta.label).bulk_create([_made(model, ended, number)])
                except IntegrityError:
                    continue


def _made(model: Model, ended: dict[Model, list[Any]], number: int) -> Any:
    values: dict[str, Any] = {}
    for one in model._meta.local_concrete_fields:
        if one.has_default() or isinstance(one, models.AutoField):
            continue
        if isinstance(one, models.ForeignKey):
            values[one.attname] = _parent(one, ended, number)
        elif not one.null or one.name == HEARD:
            values[one.attname] = _value(one, number)
    return model(**values)


def _parent(field: Any, ended: dict[Model, list[Any]], number: int) -> Any:
    """A row that is over too, if the table has any; else any row, or a new one."""
    other = field.related_model
    keys = ended.get(other) or list(
        every_row(other._meta.label).values_list("pk", flat=True)[: number + 1]
    )
    if field.null and not keys:
        return None
    if keys:
        return keys[number % len(keys)]
    (made,) = every_row(other._meta.label).bulk_create([_made(other, ended, number)])
    return made.pk


def _value(field: Any, number: int) -> Any:
    if field.choices:
        return field.choices[0][0]
    kinds: list[tuple[Any, Any]] = [
        (SealedField, f"{number}"),
        (models.DateTimeField, now()),
        (models.DateField, now().date()),
        (models.UUIDField, uuid7()),
        (models.BooleanField, False),
        (models.JSONField, {}),
        (models.BinaryField, None),
        (models.IntegerField, number + 1),
        (models.FloatField, 0.0),
        (models.CharField, f"{number}{uuid7().hex}"[: field.max_length or 40]),
        (models.TextField, f"{number}"),
    ]
    return next((value for kind, value in kinds if isinstance(field, kind)), None)

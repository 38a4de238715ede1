"""Ending rows for good: removed, or emptied down to what may stay, with all that hangs on them.

What belongs to a row is read from the models, not from a list: every table with a foreign key
to it that would go with it. Those whose rule says what they leave are emptied, all others go.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models

from zhitong.kernel.clock import now
from zhitong.kernel.retention.registry import ALONG, RETENTION, Leaves, every_row

Child = tuple[type[models.Model], str]
HANGING = (models.CASCADE, models.PROTECT)


class CannotBeEmpty(TypeError):
    """A field has no empty value and no rule says that it stays. A programming error."""


def end(model: str, keys: Sequence[Any]) -> None:
    """End rows and everything below them, in the caller's transaction, past every reach."""
    if not keys:
        return
    for along in ALONG.get(model, ()):
        along(keys)
    for child, name in children(apps.get_model(model)):
        label = child._meta.label
        below = every_row(label).filter(**{f"{name}__in": keys})
        end(label, list(below.values_list("pk", flat=True)))
    rows = every_row(model).filter(pk__in=keys)
    leaves = RETENTION[model].leaves
    if leaves is None:
        rows.delete()
    elif not leaves.whole:
        _empty(rows, leaves)


def children(model: type[models.Model]) -> Iterator[Child]:
    """The tables whose rows hang on rows of ``model``, and by which field. Another whole record
    that only points to one does not hang on it."""
    for relation in model._meta.related_objects:
        child, field = relation.related_model, relation.field
        rule = RETENTION.get(child._meta.label)
        if relation.on_delete in HANGING and not (rule and rule.empties):
            yield child, field.name


def belongings(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """Every table that hangs on ``model``, however far down."""
    for child, _name in children(model):
        yield child
        yield from belongings(child)


def emptied(model: type[models.Model], leaves: Leaves) -> dict[str, Any]:
    """The value that each field gets which does not stay. Raises CannotBeEmpty."""
    found: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        spared = leaves.kept | leaves.drawn | leaves.cut.keys() | {leaves.stamp}
        if field.primary_key or field.name in spared:
            continue
        found[field.attname] = _nothing(field)
    return found


def _nothing(field: "models.Field[Any, Any]") -> Any:
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default()
    if isinstance(field, models.CharField | models.TextField) and not field.unique:
        return ""
    raise CannotBeEmpty(f"{field.model._meta.label}.{field.name}: say whether it stays")


def _empty(rows: "models.QuerySet[Any]", leaves: Leaves) -> None:
    changes = emptied(rows.model, leaves)
    if leaves.stamp:
        changes[leaves.stamp] = now()
    if not (leaves.drawn or leaves.cut):
        rows.update(**changes)
        return
    for pk, *held in rows.values_list("pk", *leaves.cut):
        own = {name: secrets.token_hex(32) for name in leaves.drawn}
        cut = zip(leaves.cut.items(), held, strict=True)
        own |= {name: leave(value) for (name, leave), value in cut}
        every_row(rows.model._meta.label).filter(pk=pk).update(**changes, **own)

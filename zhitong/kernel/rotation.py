"""Changing the key that seals: every sealed column of every table moves to a new one.

Run it twice. The first run makes a new key and seals everything again; the second, at least
GRACE later, takes what was still being written under the old key and then destroys that key.
A run that was interrupted is taken up where it stopped, because a box names its key.
Copies of the database made before need the copy of the keys made with them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.audit.entries import append
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.crypto.keyring import add_seal_key, keyring, retire_seal_keys
from zhitong.kernel.crypto.sealed import Sealed, unsealed
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import current

ROTATE = permit("keys.rotate", _("Change the key that seals personal data"))
GRACE = timedelta(minutes=15)
Progress = Callable[[str, int], None]
Column = tuple[type[models.Model], list[SealedField[Any, Any]]]


@dataclass(slots=True)
class Rotation:
    """What one run did: boxes sealed again, places that would not open, keys that went."""

    active: str = ""
    resealed: int = 0
    unreadable: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


def rotate(
    *,
    progress: Progress = lambda _model, _done: None,
    batch: int = 500,
    grace: timedelta = GRACE,
    registry: Apps = apps,
) -> Rotation:
    """Seal every box under the newest key, then retire the keys that nothing uses.

    Sees every row, past both walls: a box it missed would lose its key.
    ``progress`` hears the model's label and the rows looked at so far. Needs the permit
    ``keys.rotate``; writes one audit entry.
    """
    scope = current()
    scope.require(ROTATE)
    folder = Path(settings.DATA) / "keys"
    if len(keyring().seals) == 1:
        add_seal_key(folder)
    done = Rotation(active=keyring().active)
    with beyond_reach():
        for model, fields in sealed_columns(registry):
            for looked_at in _reseal(model, fields, batch, done):
                progress(model._meta.label, looked_at)
        unused = set(keyring().seals) - keys_in_use(registry)
    done.retired = retire_seal_keys(folder, unused, grace=grace)
    with transaction.atomic():
        append(
            action=ROTATE,
            actor=scope.actor,
            label=scope.label,
            target=f"key:{done.active}",
            path="",
            purpose=scope.purpose,
            details={"resealed": done.resealed, "unreadable": len(done.unreadable)},
        )
    return done


def sealed_columns(registry: Apps = apps) -> Iterator[Column]:
    """Every model that has sealed fields, with those fields."""
    for model in registry.get_models():
        fields = [one for one in model._meta.local_fields if isinstance(one, SealedField)]
        if fields and not model._meta.proxy:
            yield model, fields


def keys_in_use(registry: Apps = apps) -> set[str]:
    """The ids of the keys that some stored box was sealed with, on the ring or not."""
    found = set()
    for model, fields in sealed_columns(registry):
        for one in fields:
            stored = _every_row(model).exclude(**{f"{one.name}__isnull": True})
            for sealed in stored.values_list(one.name, flat=True).iterator(chunk_size=2000):
                found.add(_key(sealed))
    return found


def _every_row(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """All rows, past any guard: rotation sees every box and shows none."""
    return models.QuerySet(model)


def _key(sealed: Sealed) -> str:
    try:
        return sealed.key
    except Unreadable:
        return ""


def _reseal(
    model: type[models.Model], fields: list[SealedField[Any, Any]], batch: int, done: Rotation
) -> Iterator[int]:
    names = [one.name for one in fields]
    looked_at, last = 0, None
    while True:
        with transaction.atomic():
            rows = _every_row(model).order_by("pk").select_for_update()
            if last is not None:
                rows = rows.filter(pk__gt=last)
            found = list(rows.values_list("pk", *names)[:batch])
            for pk, *values in found:
                fresh = _resealed(fields, pk, values, done)
                if fresh:
                    _every_row(model).filter(pk=pk).update(**fresh)
        if not found:
            return
        last = found[-1][0]
        looked_at += len(found)
        yield looked_at


@sensitive_variables()
def _resealed(
    fields: list[SealedField[Any, Any]], pk: object, values: list[Sealed | None], done: Rotation
) -> dict[str, Sealed]:
    fresh = {}
    for one, held in zip(fields, values, strict=True):
        if held is None or _key(held) == done.active:
            continue
        place = one.place(pk)
        try:
            text = unsealed(held.at(place))
        except Unreadable:
            done.unreadable.append(place)
            continue
        fresh[one.name] = Sealed(kind=one.kind, text=text, place=place)
    done.resealed += len(fresh)
    return fresh

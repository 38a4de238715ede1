"""Planting canaries: in every field that ends, in files of pictures, in the log, in purposes."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction

from bench.keeping.canaries import drawn, written
from bench.keeping.fields import Ending, endings
from zhitong.kernel.actions import audited_read
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.crypto.sealed import Sealed
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.retention.registry import every_row
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop import photos
from zhitong.loop.models import Matter, Photo, target_of

ELSEWHERE = 20
OLD = 40 * 86_400


@dataclass(slots=True)
class Planted:
    """What was planted: readable canaries and sealed ones, how many where, and where none."""

    plain: list[str] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    where: Counter[str] = field(default_factory=Counter)
    unplanted: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """For the process that searches."""
        return {
            "plain": self.plain,
            "sealed": self.sealed,
            "where": dict(self.where),
            "unplanted": self.unplanted,
        }


def plant(count: int, at: datetime) -> Planted:
    """Plant so many canaries in what is over at an instant: some in every field there is."""
    cores = iter(drawn(count))
    done = Planted()
    with beyond_reach():
        tables = endings(at)
    _beside(cores, done, at)
    spots = [_Spots(ending, one) for ending in tables for one in ending.fields]
    left = list(spots)
    with beyond_reach():
        for turn, core in enumerate(cores):
            while left and not left[turn % len(left)].take(core, done):
                left.pop(turn % len(left))
    done.unplanted = [spot.name for spot in spots if not done.where[spot.name]]
    return done


class _Spots:
    """One field of one table, and the rows that are still free."""

    def __init__(self, ending: Ending, one: Any) -> None:
        self.model, self.field = ending.model, one
        self.name = f"{ending.model._meta.label}.{one.name}"
        self.keys = list(ending.keys)

    def take(self, core: str, done: Planted) -> bool:
        """Plant one canary in the next row that takes it; False when none is left."""
        text = written(core, self.field.max_length)
        while self.keys:
            key = self.keys.pop()
            if self._written(key, text):
                sealed = isinstance(self.field, SealedField)
                (done.sealed if sealed else done.plain).append(core)
                done.where[self.name] += 1
                return True
        return False

    def _written(self, key: Any, text: str) -> bool:
        rows = every_row(self.model._meta.label).filter(pk=key)
        try:
            with transaction.atomic():
                return bool(rows.update(**{self.field.name: self._value(rows, key, text)}))
        except IntegrityError:
            return False

    def _value(self, rows: "models.QuerySet[Any]", key: Any, text: str) -> object:
        if isinstance(self.field, SealedField):
            return Sealed(kind=self.field.kind, text=text, place=self.field.place(key))
        if isinstance(self.field, models.JSONField):
            held = rows.values_list(self.field.name, flat=True).get()
            if isinstance(held, list):
                return [*held, text]
            return {**(held or {}), "canary": text}
        return text


def _beside(cores: Iterator[str], done: Planted, at: datetime) -> None:
    """In what is no field of a table that ends: pictures, the log, purposes somebody typed."""
    with beyond_reach():
        ended = list(
            Matter.unguarded.filter(ended_at__isnull=False).values_list("pk", "area_path")[
                :ELSEWHERE
            ]
        )
        pictures = list(
            Photo.unguarded.filter(matter__ended_at__isnull=False).values_list("pk", flat=True)[
                :ELSEWHERE
            ]
        )
    for picture in pictures:
        with photos.path_of(picture).open("ab") as file:
            file.write(_noted("a picture's file", cores, done).encode())
    looking = Scope("staff:bench", Reach(("37/",)), frozenset({"loop.read"}), "", "bench")
    for key, path in ended:
        with acting(looking):
            purpose = _noted("audit.AuditEntry.purpose", cores, done)
            audited_read(action="loop.read", target=target_of(key), path=path, purpose=purpose)
    log = Path(settings.DATA) / "logs" / "zhitong-2026-01-01.jsonl"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("\n".join(_noted("a log", cores, done) for _line in range(5)), "utf-8")
    os.utime(log, (time.time() - OLD, time.time() - OLD))


def _noted(where: str, cores: Iterator[str], done: Planted) -> str:
    core = next(cores)
    done.plain.append(core)
    done.where[where] += 1
    return written(core, None)

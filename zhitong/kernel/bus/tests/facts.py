"""Facts and a desk for the tests of the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import transaction

from zhitong.kernel.bus.emit import collecting, emit
from zhitong.kernel.scope import Reach, Scope, acting

HERE = "37/14/03/001/"
DESK = Scope("staff:1", Reach((HERE,)), frozenset(), "test")


@dataclass(frozen=True, slots=True)
class Rang:
    """Somebody rang at the counter."""

    AGGREGATE: ClassVar[str] = "bell"
    bell: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left."""

    AGGREGATE: ClassVar[str] = "who"
    who: str


def say(*facts: object, path: str = HERE) -> None:
    """Emit as an action would: in one transaction."""
    with acting(DESK), transaction.atomic(), collecting():
        for fact in facts:
            emit(fact, path=path)

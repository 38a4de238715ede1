"""Saying that something happened, and registering who wants to hear it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, TypeVar

from django.db import connection
from django.utils.timezone import now

from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.scope import current

L = TypeVar("L", bound=Callable[[Any], object])


@dataclass(frozen=True, slots=True)
class Listener:
    """A reaction and the permits it acts with; it reaches the area where the fact happened.

    What is not ``wanted`` at the moment of a fact is never owed to it.
    """

    key: str
    hear: Callable[[Any], object]
    permits: frozenset[str]
    wanted: Callable[[], bool] = lambda: True


FACTS: dict[str, type] = {}
LISTENERS: dict[str, dict[str, Listener]] = {}
_pending: ContextVar[list[tuple[object, str]] | None] = ContextVar("pending", default=None)
_unheard: ContextVar[bool] = ContextVar("unheard", default=False)


def fact_name(kind: type) -> str:
    """The name a fact is stored under, such as ``loop.MatterOpened``."""
    module = kind.__module__.removeprefix("zhitong.").removesuffix(".events")
    return f"{module}.{kind.__name__}"


def reacts_to(
    kind: type, *, permits: set[str], wanted: Callable[[], bool] = lambda: True
) -> Callable[[L], L]:
    """Register a reaction. It will act with exactly the permits named here.

    ``wanted`` is asked at every fact, before it is owed: it must be quick.
    """

    def register(hear: L) -> L:
        name = fact_name(kind)
        FACTS[name] = kind
        key = f"{hear.__module__}.{hear.__name__}"
        LISTENERS.setdefault(name, {})[key] = Listener(key, hear, frozenset(permits), wanted)
        return hear

    return register


def emit(fact: object, *, path: str) -> None:
    """Say that something happened, and in which area. Only inside an action.

    The fact is a frozen dataclass whose class variable AGGREGATE names the field that holds
    the id of the thing it is about; facts about one thing are delivered in order.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("emit() outside an action")
    pending.append((fact, path))


@contextmanager
def collecting() -> Iterator[None]:
    """Gather the facts of an action and store them at its end, in its transaction.

    Those of an action inside another one go with the outer one's, in the order they happened.
    """
    if _pending.get() is not None:
        yield
        return
    facts: list[tuple[object, str]] = []
    token = _pending.set(facts)
    try:
        yield
        for fact, path in facts:
            _store(fact, path)
    finally:
        _pending.reset(token)


@contextmanager
def unheard() -> Iterator[None]:
    """Keep the facts of the block, but owe them to nobody: for a past that is told afterwards.

    Nobody is sent a message today about what a demo or an import says happened weeks ago.
    """
    token = _unheard.set(True)
    try:
        yield
    finally:
        _unheard.reset(token)


def moved(aggregate: str, *, path: str) -> None:
    """What the facts are about lies in another area now: listeners reach it there from now on.

    Without this a fact from before the move would be heard where the thing can no longer be found.
    """
    Event.objects.filter(aggregate=aggregate).update(path=path)


def _store(fact: object, path: str) -> None:
    if not is_dataclass(fact) or isinstance(fact, type):
        raise TypeError(f"a fact is a frozen dataclass: {fact!r}")
    name = fact_name(type(fact))
    aggregate = str(getattr(fact, type(fact).AGGREGATE))  # type: ignore[attr-defined]
    at = now()
    event = Event.objects.create(
        name=name, body=asdict(fact), aggregate=aggregate, actor=current().actor, path=path, at=at
    )
    owed = [
        Delivery(event=event, listener=key, aggregate=aggregate, next_try_at=at)
        for key, listener in ({} if _unheard.get() else LISTENERS.get(name, {})).items()
        if listener.wanted()
    ]
    if owed:
        Delivery.objects.bulk_create(owed)
        _ring()


def _ring() -> None:
    """Wake sleeping workers at commit. SQLite workers watch the database file instead."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY zhitong_outbox")

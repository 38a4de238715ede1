"""Which facts partners may be told of. Upper modules offer theirs while starting up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhitong.kernel.bus.emit import fact_name, reacts_to
from zhitong.kernel.errors import Sentence
from zhitong.kernel.webhooks.owing import Told, hear, is_wanted


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact that webhooks may carry, and what is told of it: ids and codes, nothing else."""

    label: Sentence
    tell: Callable[[Any], Told]


OFFERS: dict[str, Offer] = {}


def offer(kind: type, *, label: Sentence, tell: Callable[[Any], Told]) -> None:
    """Offer a fact. ``tell`` runs in the worker and reaches where the fact happened."""
    name = fact_name(kind)
    OFFERS[name] = Offer(label, tell)

    def listen(fact: object) -> None:
        hear(fact, tell)

    listen.__module__, listen.__name__ = __name__, "listen"
    reacts_to(kind, permits=set(), wanted=lambda: is_wanted(name))(listen)

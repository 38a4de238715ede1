"""What is kept about somebody, as the modules that keep it say.

A module declares a ``Keeper`` for each kind of thing (``loop.Matter``). It answers within the reach
of whoever acts, so a resident's scope finds the resident's things and nothing else.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from zhitong.kernel.errors import NotFound, Sentence
from zhitong.kernel.rights.domain import Fate


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is kept: how people call it, where it belongs, and what may become of it.

    ``why`` says it in words; ``until`` is when it goes by itself, None while that is not known.
    """

    target: str
    title: str
    path: str
    fate: Fate
    why: Sentence
    until: datetime | None = None
    resident_key: str = ""
    tracking_digest: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """How staff call a thing, and the address of its page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """One kind of thing: ``find`` looks it up by its key within reach, ``erase`` ends it for good.

    ``find`` raises NotFound. ``erase`` runs within the action that carries a request out. ``name``
    says of many targets at once how staff call those that they reach.
    """

    model: str
    find: Callable[[str], Held]
    erase: Callable[[str], None]
    name: Callable[[Collection[str]], dict[str, Named]]


KEEPERS: dict[str, Keeper] = {}


def keeps(keeper: Keeper) -> None:
    """Register who keeps a kind of thing. Raises ValueError for a second one."""
    if keeper.model in KEEPERS:
        raise ValueError(f"{keeper.model} has a keeper already")
    KEEPERS[keeper.model] = keeper


def parted(target: str) -> tuple[Keeper, str]:
    """The keeper and the key of a target. Raises NotFound."""
    model, _colon, key = target.partition(":")
    if model not in KEEPERS or not key:
        raise NotFound
    return KEEPERS[model], key


def held(target: str) -> Held:
    """What is kept under a target, within reach. Raises NotFound."""
    keeper, key = parted(target)
    return keeper.find(key)


def named(targets: Iterable[str]) -> dict[str, Named]:
    """How staff call these things; what is gone or out of reach is left out."""
    keys: dict[str, list[str]] = {}
    for target in targets:
        model, _colon, key = target.partition(":")
        keys.setdefault(model, []).append(key)
    known = [keeper.name(keys[model]) for model, keeper in KEEPERS.items() if model in keys]
    return {target: one for names in known for target, one in names.items()}

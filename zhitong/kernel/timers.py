"""Work that is due by the clock. Timers are plain functions; `zhitong work` runs them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Tick = TypeVar("Tick", bound=Callable[[], object])


@dataclass(frozen=True, slots=True)
class Timer:
    """A function to run about every ``seconds`` seconds, by one worker at a time."""

    name: str
    seconds: float
    run: Callable[[], object]


TIMERS: dict[str, Timer] = {}


def every(*, seconds: float, name: str) -> Callable[[Tick], Tick]:
    """Register a timer. It opens its own scope if it touches guarded rows."""

    def register(run: Tick) -> Tick:
        if name in TIMERS:
            raise ValueError(f"timer {name!r} is registered twice")
        TIMERS[name] = Timer(name, seconds, run)
        return run

    return register

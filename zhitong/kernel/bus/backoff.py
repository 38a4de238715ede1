"""How long to wait before the next try. Plain numbers, no Django."""

import random
from datetime import timedelta

MAX_ATTEMPTS = 14
FIRST = 1.0  # seconds: the longest wait after the first failure
LONGEST = 600.0  # seconds: no wait is longer


def ceiling(attempts: int) -> float:
    """The longest wait, in seconds, after this many failed tries: it doubles up to LONGEST."""
    return min(LONGEST, FIRST * 2.0 ** min(max(attempts, 1) - 1, 32))


def wait(attempts: int, rng: random.Random) -> timedelta:
    """A wait drawn evenly between nothing and the ceiling.

    "Full jitter": of the usual ways it spreads tries best and costs the fewest
    (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
    """
    return timedelta(seconds=rng.uniform(0.0, ceiling(attempts)))

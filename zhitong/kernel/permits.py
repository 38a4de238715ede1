"""The catalogue of permits. Every action is a permit; a page may need a further one to be seen."""

from dataclasses import dataclass

from zhitong.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Permit:
    """One thing a post may be allowed to do. Roles are sets of these names, kept as data."""

    name: str
    describe: Sentence


PERMITS: dict[str, Permit] = {}


def permit(name: str, describe: Sentence) -> str:
    """Register a permit once and return its name. Raises ValueError on a second meaning."""
    known = PERMITS.get(name)
    if known is not None and known.describe != describe:
        raise ValueError(f"permit {name!r} already means {known.describe!r}")
    PERMITS[name] = Permit(name, describe)
    return name

"""Who gets a matter: a rule for a place and a kind of matter names a post; the nearest one wins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Rule:
    """Matters of a kind at or below a place go to a post, from an instant on and until another.

    ``path`` is a reach path and ends in '/', ``place`` what people call it; ``category`` is a
    group or category, '' = any.
    """

    id: UUID
    path: str
    category: str
    post: UUID
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""

    def holds(self, *, path: str, chain: Sequence[str], at: datetime) -> bool:
        """Whether it is about this place and kind, and in force."""
        about = path.startswith(self.path) and (not self.category or self.category in chain)
        return about and self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def deciding(
    rules: Iterable[Rule], *, path: str, chain: Sequence[str], at: datetime
) -> Rule | None:
    """The most specific rule that holds, or None: then the nearest post serves, as ever.

    ``chain`` are the codes from the group down to the category. A smaller place goes before a
    finer category, and this before what was decided later.
    """
    held = [rule for rule in rules if rule.holds(path=path, chain=chain, at=at)]
    return max(held, key=lambda rule: _weight(rule, chain), default=None)


def _weight(rule: Rule, chain: Sequence[str]) -> tuple[int, int, datetime, UUID]:
    depth = chain.index(rule.category) + 1 if rule.category else 0
    return rule.path.count("/"), depth, rule.starts_at, rule.id

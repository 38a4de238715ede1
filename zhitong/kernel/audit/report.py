"""What verification says: one sentence per problem, naming the entry."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST: Final = 1000
"""Problems that are listed; the rest is counted."""


class Kind(StrEnum):
    """What was done to the log."""

    CHANGED = "changed"
    LEAF = "leaf"
    DROPPED = "dropped"
    INSERTED = "inserted"
    MOVED = "moved"
    ERASED = "erased"
    SEAL = "seal"
    TILE = "tile"
    CHECKPOINT = "checkpoint"
    REPLACED = "replaced"
    WITNESS = "witness"
    ROLLED_BACK = "rolled_back"
    HEAD = "head"
    UNSEQUENCED = "unsequenced"


SENTENCES: Final[dict[Kind, Promise]] = {
    Kind.CHANGED: _("Entry %(seq)s (%(id)s) was changed after it was written."),
    Kind.LEAF: _("The stored hash of entry %(seq)s (%(id)s) was changed; its content is intact."),
    Kind.DROPPED: _("Entries from %(seq)s up to %(last)s are missing."),
    Kind.INSERTED: _("Entry %(seq)s (%(id)s) was put in from outside; it was never in the log."),
    Kind.MOVED: _("Entry %(id)s stands at %(seq)s; its place is %(detail)s."),
    Kind.ERASED: _("The content of entry %(seq)s (%(id)s) is gone and nobody ordered that."),
    Kind.SEAL: _("The seal of entry %(seq)s (%(id)s) was changed; its content is intact."),
    Kind.TILE: _("Tile %(detail)s of the tree was changed; entry %(seq)s is intact."),
    Kind.CHECKPOINT: _("The checkpoint of %(seq)s entries was changed: %(detail)s."),
    Kind.REPLACED: _(
        "The history between entries %(seq)s and %(last)s is not the one that was signed."
    ),
    Kind.WITNESS: _("The witness file was changed: %(detail)s."),
    Kind.ROLLED_BACK: _(
        "The database was rolled back: entries from %(seq)s up to %(last)s had been signed and "
        "are gone."
    ),
    Kind.HEAD: _("The head row was changed; the log really has %(seq)s entries."),
    Kind.UNSEQUENCED: _(
        "Entry %(id)s has waited longer than %(detail)s seconds for its place in the log."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``seq`` is the position, ``until`` the first position after a span."""

    kind: Kind
    seq: int | None = None
    id: str = ""
    until: int | None = None
    detail: str = ""

    @property
    def sentence(self) -> str:
        """For people, in the language that is active."""
        last = self.seq if self.until is None else self.until - 1
        words = {"seq": self.seq, "id": self.id, "last": last, "detail": self.detail}
        return str(SENTENCES[self.kind]) % words


@dataclass(slots=True)
class Report:
    """The outcome of a verification. ``ok`` only when nothing at all was found."""

    size: int = 0
    start: int = 0
    end: int = 0
    signed_size: int = 0
    checkpoints: int = 0
    erased: int = 0
    unsequenced: int = 0
    restores: list[tuple[int, int]] = field(default_factory=list)
    """Declared restores: (entries kept, entries there had been)."""
    root: str = ""
    cpu_seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    """Problems beyond the listed ones."""

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.problems

    @property
    def entries(self) -> int:
        """How many entries were recomputed."""
        return self.end - self.start

    def add(self, problem: Problem) -> None:
        """Note a problem; neighbouring missing entries become one span."""
        last = self.problems[-1] if self.problems else None
        if last and problem.kind is last.kind is Kind.DROPPED and last.until == problem.seq:
            self.problems[-1] = Problem(Kind.DROPPED, last.seq, until=problem.until)
        elif problem in self.problems:
            return
        elif len(self.problems) < MOST:
            self.problems.append(problem)
        else:
            self.more += 1

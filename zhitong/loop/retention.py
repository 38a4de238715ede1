"""How long the loop keeps what it knows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from zhitong.kernel.areas.codes import DIGITS, Level
from zhitong.kernel.bus import history
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.mail import correspondence
from zhitong.kernel.retention.registry import (
    NIGHT,
    Kind,
    Leaves,
    every_row,
    goes_along,
    keep,
    older_than,
)
from zhitong.kernel.rights.actions import forget_words
from zhitong.loop import photos
from zhitong.loop.domain.emptying import facts_of
from zhitong.loop.events import MatterEmptied
from zhitong.loop.models import target_of
from zhitong.loop.queries.counting import town_of

STALE_PRESENCE = timedelta(days=1)
MATTER = "loop.Matter"


def ended_long_ago(at: datetime) -> QuerySet[Any]:
    """Matters that ended before the county's term, and were not emptied yet."""
    before = at - timedelta(days=settings.KEEP_MATTERS)
    return every_row(MATTER).filter(ended_at__lt=before, emptied_at=None)


def _township(number: int) -> int:
    """The township in which a village lies; places further up stay what they are."""
    return int(str(number)[: DIGITS[Level.TOWNSHIP]])


@goes_along(MATTER)
def with_the_matter(keys: Sequence[Any]) -> None:
    """What belongs to a matter and does not hang on its row: picture files, mails, facts."""
    files = every_row("loop.Photo").filter(matter__in=keys).values_list("pk", flat=True)
    transaction.on_commit(partial(photos.remove, list(files)))
    for key, path in every_row(MATTER).filter(pk__in=keys).values_list("pk", "area_path"):
        correspondence.forget(target_of(key))
        forget_words(target_of(key))
        history.forget(str(key))
        emit(MatterEmptied(str(key)), path=town_of(path))


STALE_DRAFT = timedelta(days=30)


def old_drafts(at: datetime) -> QuerySet[Any]:
    """What nobody has touched for a month and does not wait to go out."""
    return every_row("loop.Draft").filter(saved_at__lt=at - STALE_DRAFT, goes_out_at=None)


keep(
    MATTER,
    Kind.RECORD,
    lasts="three years after it ended, or as many days as `ZHITONG_KEEP_MATTERS` says",
    then="Emptied: words, names, numbers, links and pictures go; what the rates are counted from "
    "stays, at its township.",
    expired=ended_long_ago,
    by=NIGHT,
    since="ended_at",
    leaves=Leaves(
        kept=frozenset(
            {
                "code",
                "category",
                "stage",
                "round",
                "owner",
                "due_at",
                "channel",
                "outcome",
                "stars",
                "opened_at",
                "ended_at",
                "version",
            }
        ),
        drawn=frozenset({"external_id", "tracking_digest"}),
        cut={"area": _township, "area_path": town_of},
        stamp="emptied_at",
    ),
)
keep(
    "loop.Step",
    Kind.RECORD,
    lasts="as long as its matter",
    then="Emptied with its matter: what was done when stays, without a word or a name.",
    leaves=Leaves(
        kept=frozenset({"matter", "verb", "stage", "round", "public", "at"}),
        cut={"data": facts_of},
    ),
)
keep(
    "loop.Exclusion",
    Kind.RECORD,
    lasts="as long as its matter",
    then="Emptied with its matter: that it was left out, and when, stays.",
    leaves=Leaves(
        kept=frozenset({"matter", "accepted", "proposed_at", "decided_at"}),
        cut={"proposed_by": lambda _who: "emptied"},
    ),
)
for model in ("MatterWords", "Photo", "Reminder"):
    keep(f"loop.{model}", Kind.RECORD, lasts="as long as its matter", then="Goes with its matter.")
keep(
    "loop.PolicyVersion",
    Kind.RECORD,
    lasts="as long as a matter that was opened under it",
    then="Nothing removes it by itself.",
)
keep(
    "loop.Route",
    Kind.RECORD,
    lasts="as long as there are matters that came by it",
    then="It is ended, not removed.",
)
keep(
    "loop.Presence",
    Kind.PASSING,
    lasts="a day after the page was last open",
    then="The row is removed.",
    expired=older_than("loop.Presence", "seen_at", STALE_PRESENCE),
)

keep(
    "loop.CalendarLink",
    Kind.SERVING,
    lasts="until its owner ends it or makes another",
    then="The row is removed.",
)
keep(
    "loop.Export",
    Kind.TRACE,
    lasts="30 days after it was asked for; the file goes a day after it was written",
    then="The row is removed; the audit log keeps who took what out, and what for.",
    expired=older_than("loop.Export", "asked_at", timedelta(days=30)),
)
keep("loop.Summary", Kind.RECORD, lasts="as long as its matter", then="Goes with its matter.")
keep(
    "loop.Counted",
    Kind.SERVING,
    lasts="as long as its matter",
    then="Stays when its matter is emptied: how it counts, and nothing of what was said.",
    leaves=Leaves(whole=True),
)
keep(
    "loop.RateCell",
    Kind.RECORD,
    lasts="for good",
    then="Nothing removes it: sums over a month, no person in them.",
)
keep(
    "loop.Report",
    Kind.RECORD,
    lasts="for good",
    then="Nothing removes it: sums over a month, no person in them.",
)
keep(
    "loop.BoardDay",
    Kind.RECORD,
    lasts="for good",
    then="Nothing removes it: sums of a day, no person in them.",
)
keep("loop.RateProgress", Kind.REFERENCE, lasts="for good", then="One row, overwritten.")
keep(
    "loop.OpenRate",
    Kind.RECORD,
    lasts="for good",
    then="Nothing removes it: it was published, small numbers hidden.",
)
keep("loop.Task", Kind.RECORD, lasts="as long as its matter", then="Goes with its matter.")
keep(
    "loop.Return",
    Kind.RECORD,
    lasts="as long as its matter",
    then="Emptied with its matter: which posts, when, and what was decided stay.",
    leaves=Leaves(
        kept=frozenset(
            {"matter", "of", "to", "asked_at", "due_at", "told", "told_at", "state", "decided_at"}
        ),
        cut={"asked_by": lambda _who: "emptied"},
    ),
)


def _left_alone(at: datetime) -> QuerySet[Any]:
    """Public copies of what is gone or was emptied: they name their matter by its key only."""
    del at
    there = every_row(MATTER).filter(emptied_at=None)
    return every_row("loop.Publication").exclude(matter__in=there.values("pk"))


keep(
    "loop.Publication",
    Kind.SERVING,
    lasts="until its summary is withdrawn, or its matter is emptied or gone",
    then="The row is removed.",
    expired=_left_alone,
)
keep(
    "loop.PublicUpdate",
    Kind.SERVING,
    lasts="as long as its publication",
    then="Goes with its publication.",
)
keep(
    "loop.Reply",
    Kind.REFERENCE,
    lasts="for good",
    then="It is ended, not removed: answers were written with it.",
)
keep(
    "loop.Draft",
    Kind.PASSING,
    lasts="until it is said, or a month after it was last touched",
    then="The row is removed.",
    expired=old_drafts,
)

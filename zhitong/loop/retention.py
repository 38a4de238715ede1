"""How long the loop keeps what it knows."""

from datetime import timedelta

from zhitong.kernel.retention.registry import Kind, keep, older_than

STALE_PRESENCE = timedelta(days=1)

keep(
    "loop.Matter",
    Kind.RECORD,
    lasts="until the bureau's archive period ends",
    then="Nothing removes it by itself.",
)
for model in ("Step", "MatterWords", "Photo", "Reminder"):
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

keep("loop.Exclusion", Kind.RECORD, lasts="as long as its matter", then="Goes with its matter.")
keep("loop.Summary", Kind.RECORD, lasts="as long as its matter", then="Goes with its matter.")
keep(
    "loop.Counted",
    Kind.SERVING,
    lasts="as long as its matter",
    then="Goes with its matter; the steps give it again.",
)
keep(
    "loop.RateCell",
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
keep("loop.Return", Kind.RECORD, lasts="as long as its matter", then="Goes with its matter.")

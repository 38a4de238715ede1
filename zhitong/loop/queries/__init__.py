"""Reading the loop: always within the reach of whoever acts."""

from zhitong.loop.queries.beside import Beside, beside, draft, due_to_go
from zhitong.loop.queries.board import COUNT_LIMIT, Board, Departure, View, board, counts
from zhitong.loop.queries.found import found
from zhitong.loop.queries.handing import handed
from zhitong.loop.queries.lives import life, life_of, next_due, reckoned
from zhitong.loop.queries.matters import (
    by_code,
    by_link,
    matter,
    mine,
    photo,
    photos,
    timeline,
    times_added,
)
from zhitong.loop.queries.merging import (
    may_judge,
    merged,
    merged_here,
    merged_matters,
    splits,
    together,
)
from zhitong.loop.queries.policies import policy_at
from zhitong.loop.queries.publications import is_open_to_all, publication
from zhitong.loop.queries.reminding import reminders, standing, to_look_at
from zhitong.loop.queries.routing import routed
from zhitong.loop.queries.summaries import all_photos, proposal, summary, summary_of

__all__ = [
    "COUNT_LIMIT",
    "Beside",
    "Board",
    "Departure",
    "View",
    "all_photos",
    "beside",
    "board",
    "by_code",
    "by_link",
    "counts",
    "draft",
    "due_to_go",
    "found",
    "handed",
    "is_open_to_all",
    "life",
    "life_of",
    "matter",
    "may_judge",
    "merged",
    "merged_here",
    "merged_matters",
    "mine",
    "next_due",
    "photo",
    "photos",
    "policy_at",
    "proposal",
    "publication",
    "reckoned",
    "reminders",
    "routed",
    "splits",
    "standing",
    "summary",
    "summary_of",
    "timeline",
    "times_added",
    "to_look_at",
    "together",
]

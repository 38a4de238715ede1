"""Reading the loop: always within the reach of whoever acts."""

from zhitong.loop.queries.board import COUNT_LIMIT, Board, Departure, View, board, counts
from zhitong.loop.queries.found import found
from zhitong.loop.queries.matters import (
    by_code,
    by_link,
    matter,
    mine,
    photo,
    photos,
    present,
    timeline,
    times_added,
)

__all__ = [
    "COUNT_LIMIT",
    "Board",
    "Departure",
    "View",
    "board",
    "by_code",
    "by_link",
    "counts",
    "found",
    "matter",
    "mine",
    "photo",
    "photos",
    "present",
    "timeline",
    "times_added",
]

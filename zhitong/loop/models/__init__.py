"""The tables of the loop, a file for each aggregate."""

from zhitong.loop.models.boards import BoardDay
from zhitong.loop.models.calendars import CalendarLink
from zhitong.loop.models.exports import Export
from zhitong.loop.models.matters import (
    Matter,
    MatterWords,
    Photo,
    Presence,
    Step,
    target_of,
)
from zhitong.loop.models.policies import PolicyVersion
from zhitong.loop.models.publications import Publication, PublicUpdate
from zhitong.loop.models.rates import Counted, Exclusion, OpenRate, RateCell, RateProgress
from zhitong.loop.models.reminders import Reminder
from zhitong.loop.models.replies import Draft, Reply
from zhitong.loop.models.reports import Report
from zhitong.loop.models.returns import Return
from zhitong.loop.models.routes import Route
from zhitong.loop.models.summaries import Summary
from zhitong.loop.models.tasks import Task

__all__ = [
    "BoardDay",
    "CalendarLink",
    "Counted",
    "Draft",
    "Exclusion",
    "Export",
    "Matter",
    "MatterWords",
    "OpenRate",
    "Photo",
    "PolicyVersion",
    "Presence",
    "PublicUpdate",
    "Publication",
    "RateCell",
    "RateProgress",
    "Reminder",
    "Reply",
    "Report",
    "Return",
    "Route",
    "Step",
    "Summary",
    "Task",
    "target_of",
]

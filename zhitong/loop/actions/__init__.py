"""Turning the loop. Each function is one verb."""

from zhitong.loop.actions.answering import answer, ask, close, note, refuse
from zhitong.loop.actions.calendars import end_calendar, make_calendar
from zhitong.loop.actions.correcting import correct_contact
from zhitong.loop.actions.counting import count
from zhitong.loop.actions.drafting import keep_draft
from zhitong.loop.actions.handing import hand_over, take_back
from zhitong.loop.actions.later import answer_later, call_off
from zhitong.loop.actions.looking import open_record, stay
from zhitong.loop.actions.merging import merge, unmerge
from zhitong.loop.actions.opening import Opened, open_matter
from zhitong.loop.actions.owning import move_area, reassign, take
from zhitong.loop.actions.promising import adopt_policy
from zhitong.loop.actions.publishing import publish
from zhitong.loop.actions.rates import decide_exclusion, propose_exclusion
from zhitong.loop.actions.rating import add, rate, reopen, withdraw
from zhitong.loop.actions.reclassifying import reclassify
from zhitong.loop.actions.replying import end_reply, write_reply
from zhitong.loop.actions.reporting import ask_report
from zhitong.loop.actions.returning import decide_return, send_back
from zhitong.loop.actions.routing import end_route, set_route
from zhitong.loop.actions.splitting import Part, split
from zhitong.loop.actions.summarising import draft_summary, review_summary, withdraw_summary
from zhitong.loop.actions.tasks import cancel_task, end_task, set_task

__all__ = [
    "Opened",
    "Part",
    "add",
    "adopt_policy",
    "answer",
    "answer_later",
    "ask",
    "ask_report",
    "call_off",
    "cancel_task",
    "close",
    "correct_contact",
    "count",
    "decide_exclusion",
    "decide_return",
    "draft_summary",
    "end_calendar",
    "end_reply",
    "end_route",
    "end_task",
    "hand_over",
    "keep_draft",
    "make_calendar",
    "merge",
    "move_area",
    "note",
    "open_matter",
    "open_record",
    "propose_exclusion",
    "publish",
    "rate",
    "reassign",
    "reclassify",
    "refuse",
    "reopen",
    "review_summary",
    "send_back",
    "set_route",
    "set_task",
    "split",
    "stay",
    "take",
    "take_back",
    "unmerge",
    "withdraw",
    "withdraw_summary",
    "write_reply",
]

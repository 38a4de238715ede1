"""Turning the loop. Each function is one verb."""

from zhitong.loop.actions.answering import answer, ask, close, note, refuse
from zhitong.loop.actions.correcting import correct_contact
from zhitong.loop.actions.counting import count
from zhitong.loop.actions.handing import hand_over, take_back
from zhitong.loop.actions.looking import open_record, stay
from zhitong.loop.actions.opening import Opened, open_matter
from zhitong.loop.actions.owning import move_area, reassign, take
from zhitong.loop.actions.promising import adopt_policy
from zhitong.loop.actions.publishing import publish
from zhitong.loop.actions.rates import decide_exclusion, propose_exclusion
from zhitong.loop.actions.rating import add, rate, reopen, withdraw
from zhitong.loop.actions.reporting import ask_report
from zhitong.loop.actions.routing import end_route, set_route
from zhitong.loop.actions.summarising import draft_summary, review_summary, withdraw_summary

__all__ = [
    "Opened",
    "add",
    "adopt_policy",
    "answer",
    "ask",
    "ask_report",
    "close",
    "correct_contact",
    "count",
    "decide_exclusion",
    "draft_summary",
    "end_route",
    "hand_over",
    "move_area",
    "note",
    "open_matter",
    "open_record",
    "propose_exclusion",
    "publish",
    "rate",
    "reassign",
    "refuse",
    "reopen",
    "review_summary",
    "set_route",
    "stay",
    "take",
    "take_back",
    "withdraw",
    "withdraw_summary",
]

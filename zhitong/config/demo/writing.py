"""Prepared answers, something half written, and an answer that goes out tomorrow."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhitong.config.demo.founding import Serving
from zhitong.config.demo.history import PlannedMatter
from zhitong.config.demo.hours import ZONE
from zhitong.config.demo.phrases import data
from zhitong.kernel.clock import clock_at
from zhitong.kernel.scope import acting
from zhitong.loop.actions import answer_later, end_reply, keep_draft, write_reply
from zhitong.loop.queries import matter as matter_of

KEEPER = "sunwei"
WRITER = "wangping"
BEFORE = timedelta(days=60)
BEGUN = "您好！您说的情况我已经到现场看过，"
PLANNED = "您好！您反映的情况已经处理好了。要是还有问题，请直接在这里告诉我们。"


def write_down(
    serving: Serving, ids: dict[str, UUID], matters: Sequence[PlannedMatter], now: datetime
) -> None:
    """Keep the prepared answers, and let somebody be in the middle of their work."""
    with acting(serving.scope_of(KEEPER)), clock_at(now - BEFORE):
        for told in data("replies")["reply"]:
            _reply(told, serving.seat_of(KEEPER), now)
    mine = [ids[one.external_id] for one in matters if one.stage == "owned" and _has(one, WRITER)]
    with acting(serving.scope_of(WRITER)), clock_at(now):
        if mine:
            keep_draft(id=mine[-1], box="answer", text=BEGUN)
        if len(mine) > 1:
            _plan(mine[0], now)


def _reply(told: dict[str, Any], post: UUID, now: datetime) -> None:
    row = write_reply(
        title_zh=told["zh"],
        title_en=told["en"],
        body=told["body"].strip(),
        categories=told.get("categories", ()),
        post=post,
        starts_on=timezone.localdate(now - BEFORE),
    )
    if told.get("over"):
        end_reply(family=row.family)


def _plan(id: UUID, now: datetime) -> None:
    tomorrow = now.astimezone(ZONE).date() + timedelta(days=1)
    at = datetime.combine(tomorrow, time(9, 30), ZONE)
    answer_later(id=id, text=PLANNED, at=at, version=matter_of(id).version)


def _has(one: PlannedMatter, who: str) -> bool:
    """Whether they took it in hand last."""
    return next((step.by for step in reversed(one.steps) if step.do == "take"), "") == who

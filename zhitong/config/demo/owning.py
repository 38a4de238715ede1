"""How those who serve share the work in the demo: returns, help of colleagues, a leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from zhitong.config.demo.founding import Serving
from zhitong.config.demo.history import PlannedMatter
from zhitong.config.demo.hours import ZONE
from zhitong.config.demo.phrases import data
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.identity.actions.absences import take_leave
from zhitong.kernel.scope import Scope, acting
from zhitong.loop.actions.reclassifying import reclassify
from zhitong.loop.actions.returning import decide_return, send_back
from zhitong.loop.actions.tasks import end_task, set_task
from zhitong.loop.domain import ENDED
from zhitong.loop.queries import matter as matter_of

DECIDER = "sunwei"
AGO = timedelta(hours=26)
AFTER = timedelta(minutes=20)


def share_the_work(
    serving: Serving, ids: Mapping[str, UUID], matters: Sequence[PlannedMatter], until: datetime
) -> None:
    """Let happen what the texts say about scenes, after all else that happened in them."""
    told = data("owning")
    scenes = {one.scene: one for one in matters if one.scene and one.stage not in ENDED}
    for kind, play in (("return", _return), ("task", _task), ("category", _category)):
        for entry in told[kind]:
            if scene := scenes.get(entry["scene"]):
                with clock_at(_when(scene, until)):
                    play(serving, ids[scene.external_id], entry)
    with clock_at(until):
        _leave(serving, told["leave"], until)


def _when(scene: PlannedMatter, until: datetime) -> datetime:
    last = scene.steps[-1].at if scene.steps else scene.opened_at
    return min(max(until - AGO, last + AFTER), until)


def _owner(serving: Serving, id: UUID) -> tuple[Scope, str]:
    """Who acts at the post that owns it, and the township that it serves."""
    with acting(serving.scope_of(DECIDER)):
        owner = matter_of(id).owner_id
    seat = next(key for key, post in serving.posts.items() if post == owner)
    username = next(name for name, held in serving.seats.items() if held == seat)
    return serving.scope_of(username), seat.rpartition("-")[2][:9]


def _post(serving: Serving, entry: Mapping[str, Any], town: str) -> UUID:
    return serving.posts[entry["to"].format(town=town)]


def _return(serving: Serving, id: UUID, entry: Mapping[str, Any]) -> None:
    owner, town = _owner(serving, id)
    with acting(owner):
        asked = send_back(id=id, post=_post(serving, entry, town), reason=entry["reason"])
    if "accepted" in entry:
        with acting(serving.scope_of(DECIDER)):
            decide_return(id=asked, accepted=entry["accepted"], answer=entry["answer"])


def _task(serving: Serving, id: UUID, entry: Mapping[str, Any]) -> None:
    owner, town = _owner(serving, id)
    post = _post(serving, entry, town)
    with acting(owner):
        today = now().astimezone(ZONE).date()
        asked = set_task(id=id, post=post, text=entry["text"], due_on=today)
    if "answer" in entry:
        seat = entry["to"].format(town=town)
        helper = next(name for name, held in serving.seats.items() if held == seat)
        with acting(serving.scope_of(helper)):
            end_task(id=asked, done=True, answer=entry["answer"])


def _category(serving: Serving, id: UUID, entry: Mapping[str, Any]) -> None:
    owner, _town = _owner(serving, id)
    with acting(owner):
        reclassify(id=id, category=entry["category"], reason=entry["reason"])


def _leave(serving: Serving, entry: Mapping[str, Any], until: datetime) -> None:
    """Somebody is away for some days, and a colleague of the same station stands in."""
    today = until.astimezone(ZONE).date()
    with acting(serving.scope_of(entry["who"])):
        take_leave(
            deputy=serving.accounts[entry["deputy"]],
            starts_on=today,
            ends_on=today + timedelta(days=entry["days"]),
        )

"""What the demo's microblog desk wrote: some of it is out, some waits for a look or its time."""

from datetime import datetime, timedelta
from typing import Any

from zhitong.config.demo.founding import Serving
from zhitong.config.demo.phrases import data
from zhitong.config.demo.places import COUNTY
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.clock import clock_at
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.lines.microblog.alerts import actions as alerts
from zhitong.lines.microblog.desk import actions, queries
from zhitong.lines.microblog.desk.domain import Stage
from zhitong.lines.microblog.desk.models import Note

AUTHOR, SUPERVISOR = "zhaoyue", "sunwei"
PUBLISH = frozenset({"desk.publish", "alerts.issue"})
SAID = ("category", "title", "words", "title_en", "words_en")


def write_notes(serving: Serving, *, until: datetime) -> None:
    """Write them all, the oldest first."""
    for told in sorted(data("notes")["note"], key=lambda one: -int(one["days"])):
        _write(serving, told, until - timedelta(days=told["days"], hours=2))


def _write(serving: Serving, told: dict[str, Any], at: datetime) -> None:
    stage = told.get("stage", Stage.PUBLISHED)
    with clock_at(at), acting(serving.scope_of(AUTHOR)):
        note = actions.write(**{name: told.get(name, "") for name in SAID})
        if "sheet" in told:
            alerts.describe(note=note.pk, **told["sheet"])
        urgent = bool(told.get("urgent"))
        note = actions.submit(note=note.pk, version=note.version, urgent=urgent)
    if stage == Stage.IN_REVIEW:
        return
    for looker in (_colleague(serving), SUPERVISOR):
        with clock_at(at + timedelta(minutes=20)), acting(serving.scope_of(looker)):
            if note.stage == Stage.IN_REVIEW:
                note = actions.review(note=note.pk, version=note.version, approve=True)
            if note.stage == Stage.APPROVED:
                later = at + timedelta(days=1) if stage == Stage.SCHEDULED else None
                note = actions.schedule(note=note.pk, version=note.version, at=later)
    if stage == Stage.PUBLISHED:
        _out(note, at + timedelta(minutes=21))
    if told.get("confirmed"):
        with clock_at(at + timedelta(hours=1)), acting(serving.scope_of(SUPERVISOR)):
            found = queries.note(note.pk)
            actions.confirm(note=found.pk, version=found.version)


def _colleague(serving: Serving) -> str:
    """Whoever sits at the desk beside the author."""
    desk = serving.seats[AUTHOR]
    return next(name for name, seat in serving.seats.items() if seat == desk and name != AUTHOR)


def _out(note: Note, at: datetime) -> None:
    """What the worker does when the time has come."""
    reach = Reach((path_of(COUNTY),))
    with clock_at(at), acting(Scope("system:demo", reach, PUBLISH, "demo")):
        actions.publish(note=note.pk)
        alerts.issue(note=note.pk, number=note.latest)

"""Replaying the plan: every word and every step through its action, at its own time."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from heapq import merge
from uuid import UUID

from zhitong.config.demo.founding import Serving, scope_of_resident
from zhitong.config.demo.history import RESIDENT, PlannedMatter, PlannedStep
from zhitong.config.demo.people import SIGN_IN_RESIDENT
from zhitong.config.demo.photos import photo
from zhitong.kernel.actions import audited_read
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.clock import clock_at
from zhitong.kernel.crypto.codes import tracking_code, tracking_digest
from zhitong.kernel.identity.scopes import link_scope, public_scope
from zhitong.kernel.media.photos import Photo, reencode
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import queries
from zhitong.loop.actions import (
    add,
    answer,
    ask,
    close,
    move_area,
    note,
    open_matter,
    rate,
    reassign,
    refuse,
    reopen,
    take,
    withdraw,
)
from zhitong.loop.actions import merge as merge_matters
from zhitong.loop.actions.supervising import count_board
from zhitong.loop.models import target_of
from zhitong.loop.queries.supervising import board_scope

Happening = tuple[datetime, int, int, Callable[[], None]]


@dataclass(slots=True)
class Replay:
    """The plan on its way through the actions. ``ids`` knows what has been opened."""

    serving: Serving
    ids: dict[str, UUID]
    steps: int = 0

    def run(self, matters: Sequence[PlannedMatter]) -> None:
        """Let everything happen, in the order of time across all matters."""
        threads = (self._thread(number, matter) for number, matter in enumerate(matters))
        evenings = _evenings(matters)
        for at, _number, _place, happen in merge(evenings, *threads, key=lambda one: one[:3]):
            with clock_at(at):
                happen()

    def _thread(self, number: int, matter: PlannedMatter) -> Iterator[Happening]:
        yield matter.opened_at, number, 0, partial(self._open, matter)
        for place, step in enumerate(matter.steps, 1):
            yield step.at, number, place, partial(self._step, matter, step)

    def _open(self, matter: PlannedMatter) -> None:
        with acting(self._opener(matter)):
            opened = open_matter(
                area=matter.area,
                words=matter.words,
                channel=matter.channel,
                external_id=matter.external_id,
                category=matter.category,
                name=matter.resident.name,
                phone=matter.resident.phone,
                resident=self.serving.resident if _is_signed_in(matter) else "",
                pictures=(picture(matter.photo),) if matter.photo else (),
            )
        self.ids[matter.external_id] = opened.matter.pk

    def _opener(self, matter: PlannedMatter) -> Scope:
        """Who opens it: the one who wrote it down, the hotline, or the resident."""
        if matter.opener:
            return self.serving.scope_of(matter.opener)
        if matter.channel == "api" and self.serving.hotline:
            return self.serving.hotline
        mine = _is_signed_in(matter)
        scope = scope_of_resident(self.serving.resident) if mine else public_scope()
        return replace(scope, reach=replace(scope.reach, link=_digest(matter)))

    def _step(self, matter: PlannedMatter, step: PlannedStep) -> None:
        self.steps += 1
        if step.by != RESIDENT:
            scope = self.serving.scope_of(step.by)
        elif _is_signed_in(matter):
            scope = scope_of_resident(self.serving.resident)
        else:
            scope = link_scope(_digest(matter))
        with acting(scope):
            id = self.ids[matter.external_id]
            if step.do == "take":
                audited_read(action="loop.read", target=target_of(id), path=path_of(matter.area))
            self._do(step, id)

    def _do(self, step: PlannedStep, id: UUID) -> None:
        match step.do:
            case "take":
                take(id=id)
            case "note":
                note(id=id, text=step.text)
            case "ask":
                ask(id=id, text=step.text)
            case "answer":
                answer(id=id, text=step.text)
            case "close":
                close(id=id, outcome=step.outcome)
            case "refuse":
                refuse(id=id, reason=step.text)
            case "reassign":
                reassign(id=id, post=self.serving.seat_of(step.to), reason=step.text)
            case "move_area":
                move_area(id=id, area=step.area)
            case "merge":
                self._merge(step, id)
            case _:
                self._do_as_resident(step, id)

    def _merge(self, step: PlannedStep, id: UUID) -> None:
        matter, main = queries.matter(id), queries.matter(self.ids[step.into])
        seen = {"version": matter.version, "main_version": main.version}
        merge_matters(id=id, into=main.pk, reason=step.text, **seen)

    def _do_as_resident(self, step: PlannedStep, id: UUID) -> None:
        match step.do:
            case "add":
                add(id=id, text=step.text)
            case "rate":
                rate(id=id, stars=step.stars, text=step.text)
            case "reopen":
                reopen(id=id, text=step.text)
            case "withdraw":
                withdraw(id=id, text=step.text)
            case _:
                raise ValueError(f"no such step: {step.do}")


def _evenings(matters: Sequence[PlannedMatter]) -> Iterator[Happening]:
    """Every evening what stands open is counted, as the timer would have done."""
    if not matters:
        return
    at = min(matter.opened_at for matter in matters).replace(hour=10, minute=0, second=0)
    last = max(matter.opened_at for matter in matters)
    while at <= last:
        yield at, -1, 0, _count
        at += timedelta(days=1)


def _count() -> None:
    with acting(board_scope()):
        count_board()


@cache
def picture(kind: str) -> Photo:
    """A drawing after it came through the door that every picture comes through."""
    return reencode(io.BytesIO(photo(kind)))


def _is_signed_in(matter: PlannedMatter) -> bool:
    return matter.channel == "web" and matter.resident == SIGN_IN_RESIDENT


def _digest(matter: PlannedMatter) -> str:
    code = tracking_code(channel=matter.channel, external_id=matter.external_id)
    return tracking_digest(code)

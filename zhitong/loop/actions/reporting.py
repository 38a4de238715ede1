"""Monthly reports: asked for by people or by the calendar, made by the worker, batch by batch."""

import time
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.loop.domain.rates import Tally
from zhitong.loop.domain.reporting import Numbers, added, signature
from zhitong.loop.models import RateCell, Report
from zhitong.loop.queries import reporting
from zhitong.loop.queries.rates import KEPT_MONTHS, months_back
from zhitong.loop.queries.reporting import ASK, MAKE

BATCH = 500
MOST_SECONDS = 10.0
SEEN, CELLS = "seen", "cells"


@action(ASK, describe=_("Ask for the report of a month"))
def ask_report(*, month: date, as_of: date) -> UUID:
    """Ask for it as things stood at the end of a day; returns its id, also when it is there.

    It is about everything in the acting person's reach, and the worker makes it. Raises Invalid
    for a month that is too long ago or to come, and for a day that is not over.
    """
    _check(month, as_of)
    scope = current()
    path = next(iter(scope.reach.subtrees), "")
    row = Report(
        path=path,
        month=month,
        as_of=reporting.end_of(as_of),
        asked_label=scope.label,
        asked_at=now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row = Report.objects.get(path=path, month=month, as_of=row.as_of)
    acted_on(f"loop.Report:{row.pk}", path=path, month=f"{month:%Y-%m}", as_of=f"{as_of}")
    return row.pk


def _check(month: date, as_of: date) -> None:
    today = timezone.localdate(now())
    if month not in months_back(KEPT_MONTHS):
        raise Invalid(fields={"month": _("Choose a month from the list.")})
    if not month <= as_of < today:
        sentence = _("Choose a day that is over, from the month's first day on.")
        raise Invalid(fields={"as_of": sentence})


@action(MAKE, describe=_("Make the report of a month"), quiet=True)
def make_report(*, id: UUID, held: dict[str, Any], seen: int, total: int, done: bool) -> None:
    """Keep what was counted so far; with ``done`` the numbers are written and signed.

    What it writes the steps give again at any time, so the audit log says nothing of it.
    """
    row = reporting.report(id)
    row.seen, row.total = seen, total
    if done:
        numbers = Numbers(row.path, f"{row.month:%Y-%m}", row.as_of.isoformat(), _cells(held))
        row.numbers = numbers.written()
        row.signature = signature(row.numbers)
        row.held, row.made_at = {}, now()
    else:
        row.held = held
    row.save()


def _cells(held: dict[str, Any]) -> dict[Any, Tally]:
    return dict(Numbers.read(held[CELLS]).cells) if CELLS in held else {}


def make_next(*, seconds: float = MOST_SECONDS) -> int:
    """Go on with the report that has waited longest; how many matters were counted."""
    row = reporting.waiting()
    if row is None:
        return 0
    until, begun = time.monotonic() + seconds, row.seen
    total = row.total or reporting.matters_of(row).count()
    last, cells, seen = str(row.held.get(SEEN, "")), _cells(row.held), row.seen
    done, over = False, False
    while not (done or over):
        ids = reporting.following(row, last, BATCH)
        cells = added(cells, list(reporting.cells(ids, row)))
        seen, done = seen + len(ids), len(ids) < BATCH
        last = str(ids[-1]) if ids else last
        over = time.monotonic() >= until
    so_far = Numbers(row.path, f"{row.month:%Y-%m}", row.as_of.isoformat(), cells)
    held = {SEEN: last, CELLS: so_far.written()}
    make_report(id=row.pk, held=held, seen=seen, total=max(total, seen), done=done)
    return seen - begun


def ask_what_is_over() -> int:
    """Ask for the county's report of every month that is over for long enough."""
    months = [
        month
        for month in reporting.unreported(timezone.localdate(now()))
        if RateCell.objects.filter(month=month).exists()
    ]
    for month in months:
        ask_report(month=month, as_of=reporting.settled(month))
    return len(months)

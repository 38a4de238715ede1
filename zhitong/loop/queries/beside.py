"""Who else is at a matter, and what is being written there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast

from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity.queries import acting_account
from zhitong.loop.domain.drafting import Box
from zhitong.loop.models import Draft, Matter, Presence

HERE = "here"
STILL_HERE = timedelta(seconds=60)
DUE_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody is writing. ``text`` is '' where it is none of the reader's business."""

    box: str
    account: UUID
    label: str
    text: str
    outcome: str
    saved_at: datetime
    goes_out_at: datetime | None
    came_back: datetime | None
    id: UUID


@dataclass(frozen=True, slots=True)
class Beside:
    """What a person sees at a matter: who else has it open, who else is writing, what waits to
    go out, and what they themselves have begun or planned."""

    present: list[str]
    writing: list[Written]
    waiting: list[Written]
    answer: Written | None
    note: Written | None
    planned: Written | None


def beside(matter: Matter) -> Beside:
    """Everything at once. One query; what others have only begun does not leave the database."""
    me = acting_account()
    rows = [Written(*row) for row in _here(matter).union(_written(matter, me), all=True)]
    own = {row.box: row for row in rows if row.account == me}
    others = [row for row in rows if row.account != me]
    return Beside(
        present=sorted(row.label for row in others if row.box == HERE),
        writing=[row for row in others if row.box == Box.ANSWER],
        waiting=[row for row in rows if row.box == Box.WAITING],
        answer=own.get(Box.ANSWER),
        note=own.get(Box.NOTE),
        planned=own.get(Box.WAITING),
    )


def draft(id: UUID) -> Draft:
    """What somebody has written, with its matter. Raises NotFound outside reach."""
    found: Draft | None = Draft.objects.filter(pk=id).select_related("matter", "account").first()
    if found is None:
        raise NotFound
    return found


def due_to_go() -> list[UUID]:
    """Answers whose time has come, the first first."""
    rows = Draft.objects.filter(goes_out_at__lte=now()).order_by("goes_out_at")
    return list(rows.values_list("pk", flat=True)[:DUE_AT_ONCE])


Rows = QuerySet[Any, tuple[Any, ...]]
COLUMNS = (
    "kind", "by", "who", "said", "ends", "when", "goes", "back", "row",
)  # fmt: skip


def _here(matter: Matter) -> Rows:
    rows = Presence.objects.filter(matter=matter, seen_at__gte=now() - STILL_HERE).order_by()
    never = Cast(Value(None), DateTimeField())
    told: Rows = rows.annotate(
        kind=Value(HERE, CharField()),
        by=F("account_id"),
        who=F("label"),
        said=Value("", TextField()),
        ends=Value("", CharField()),
        when=F("seen_at"),
        goes=never,
        back=never,
        row=Cast(Value(None), UUIDField()),
    ).values_list(*COLUMNS)
    return told


def _written(matter: Matter, me: UUID | None) -> Rows:
    mine = When(Q(account=me) | Q(box=Box.WAITING), then=F("text"))
    told: Rows = (
        Draft.objects.filter(matter=matter)
        .order_by()
        .annotate(
            kind=F("box"),
            by=F("account_id"),
            who=F("label"),
            said=Case(mine, default=Value(""), output_field=TextField()),
            ends=F("outcome"),
            when=F("saved_at"),
            goes=F("goes_out_at"),
            back=F("came_back"),
            row=F("id"),
        )
        .values_list(*COLUMNS)
    )
    return told

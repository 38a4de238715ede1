"""Splitting one message into several matters, each with its words, its owner and its clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import action
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import UNKNOWN, area_for_matter
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.codes import tracking_code, tracking_digest
from zhitong.kernel.crypto.sealed import Sealed
from zhitong.kernel.errors import Invalid, Stale
from zhitong.kernel.reveal import handed_on
from zhitong.kernel.scope import current
from zhitong.loop import photos, queries
from zhitong.loop.actions.indexing import index_new
from zhitong.loop.actions.moving import advance, checked_words, record
from zhitong.loop.actions.opening import new_staff_code
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain import Verb
from zhitong.loop.domain.clock import Event, Kind
from zhitong.loop.domain.lives import TERMS
from zhitong.loop.domain.splitting import FEWEST, MOST, part_id
from zhitong.loop.events import MatterReceived, MatterSplit
from zhitong.loop.models import Matter, Photo

BEGINNING = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A new matter out of a message; ``area`` is a code, ``pictures`` are those of the message."""

    words: str
    category: str
    area: str
    pictures: tuple[UUID, ...] = ()


@action("loop.split", describe=_("Split a message into several matters"))
def split(*, id: UUID, stays: str, parts: Sequence[Part], nonce: str, version: int) -> list[str]:
    """Make a matter of each part; ``stays`` says what the message itself is about from now on.

    Each has an owner by routing and a clock that runs since the message came in. What the
    resident said stays as it was. Sent again with the same ``nonce``, nothing more is made.
    Returns the codes of the parts. Raises Invalid and Stale.
    """
    matter = queries.matter(id)
    before = queries.splits(matter)
    for made in before:
        if made.get("nonce") == nonce:
            return [str(one["code"]) for one in made["parts"]]
    if version != matter.version:
        raise Stale
    text = checked_words(stays, field="stays")
    known = sum(len(made["parts"]) for made in before)
    if not FEWEST <= 1 + known + len(parts) <= MOST or not parts:
        raise Invalid(_("A message is split into two to nine matters."))
    at, told = now(), []
    for number, part in enumerate(parts, known + 2):
        row = _made(matter, part, number, at)
        told.append({"number": number, "code": row.code, "words": row.words[:BEGINNING]})
    data: dict[str, object] = {"parts": told, "nonce": nonce}
    advance(matter, Verb.SPLIT, text=text, version=version, data=data)
    emit(MatterSplit(str(matter.pk), len(told)), path=matter.area_path)
    return [str(one["code"]) for one in told]


def _made(matter: Matter, part: Part, number: int, at: datetime) -> Matter:
    """One part as a matter of its own, opened when the message was."""
    words = checked_words(part.words, field=f"words-{number}")
    area, terms = _area(part.area, number), _terms(part.category, number)
    to = queries.routed(path=area.path, category=part.category, at=at)
    external_id = part_id(matter.pk, number)
    code = tracking_code(channel=matter.channel, external_id=external_id)
    events = [Event(matter.opened_at, Kind.OPENED, terms)]
    row: Matter = Matter.objects.create(
        code=new_staff_code(),
        area=area,
        area_path=area.path,
        category=part.category,
        words=words,
        owner=to.post,
        due_at=queries.next_due(matter.opened_at, events, at=at),
        channel=matter.channel,
        external_id=external_id,
        tracking_digest=tracking_digest(code),
        opened_at=matter.opened_at,
        **_resident(matter),
    )
    kept = _pictures(matter, row, part.pictures)
    data: dict[str, object] = {TERMS: terms, "why": to.why, "split_from": matter.code}
    record(row, Verb.OPEN, at=row.opened_at, data=data | ({"pictures": kept} if kept else {}))
    record(row, Verb.SPLIT, at=at, data={"of": matter.code, "named": matter.external_id})
    index_new(row)
    emit(MatterReceived(str(row.pk), row.channel, row.external_id), path=row.area_path)
    return row


def _area(code: str, number: int) -> Area:
    area = area_for_matter(code)
    if not current().reach.covers(path=area.path):
        raise Invalid(fields={f"area-{number}": UNKNOWN})
    return area


def _terms(category: str, number: int) -> str:
    if category not in CATEGORIES:
        sentence = _("Choose what it is about from the list.")
        raise Invalid(fields={f"category-{number}": sentence})
    return CATEGORIES[category].terms


@sensitive_variables()
def _resident(matter: Matter) -> dict[str, Any]:
    """Whose it is, sealed anew for another row; nobody is shown it."""
    sealed: dict[str, Sealed | None] = {
        "resident_name": matter.resident_name,
        "resident_phone": matter.resident_phone,
    }
    opened = {name: handed_on(value) for name, value in sealed.items() if value is not None}
    return {"resident_key": matter.resident_key, "phone_index": matter.phone_index} | opened


def _pictures(matter: Matter, row: Matter, wanted: Sequence[UUID]) -> int:
    """Copies of the message's pictures that belong to this part; returns how many."""
    rows = Photo.objects.filter(matter=matter, pk__in=wanted).order_by("id")
    for one in rows:
        copy = Photo(
            matter=row,
            sha256=one.sha256,
            width=one.width,
            height=one.height,
            size=one.size,
            at=one.at,
        )
        photos.store(copy.pk, photos.path_of(one.pk).read_bytes())
        Photo.objects.bulk_create([copy])
    return len(rows)

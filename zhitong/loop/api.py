"""The JSON door of the loop: partner systems open matters and follow their own."""

import base64
import binascii
import io
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema, Status

from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.media.photos import MOST_BYTES, MOST_PHOTOS, Photo, reencode_all
from zhitong.kernel.scope import current
from zhitong.loop import actions, queries
from zhitong.loop.domain import Channel
from zhitong.loop.models import Matter

router = Router(tags=["matters"])
ENCODED = MOST_BYTES * 4 // 3 + 4
Picture = Annotated[str, Field(max_length=ENCODED)]


class MatterIn(Schema):
    """A word that came in elsewhere. Sent again with the same external_id, it stays one matter.

    Something else under an external_id that was sent before is refused with 409 `differs`.
    """

    external_id: str = Field(
        min_length=1,
        max_length=120,
        pattern=r"^[\x21-\x7e]+$",
        description="Your own identifier, unique on your channel: 1 to 120 visible ASCII.",
        examples=["12345-2026-000871"],
    )
    area: str = Field(
        description="GB/T 2260 code: 9 digits for a township, 12 for a village.",
        examples=["371403001201"],
    )
    words: str = Field(
        description="What the resident said, up to 10,000 characters, kept exactly.",
        examples=["村口的路灯坏了三天了，晚上孩子放学看不清路。"],
    )
    category: str = Field("other", description="One of the category codes.", examples=["traffic"])
    name: str = Field("", description="The resident's name, if they gave it. Kept sealed.")
    phone: str = Field("", description="The resident's phone number, if they gave it. Kept sealed.")
    came_from: str = Field(
        "",
        description="110 or 12345 when they passed it on to us; kept on the timeline.",
        examples=["12345"],
    )
    pictures: list[Picture] = Field(
        default_factory=list,
        max_length=MOST_PHOTOS,
        description="Up to six JPEG, PNG or WebP files, base64; the whole body has at most 16 MB.",
    )


class MatterOut(Schema):
    """Where a matter stands."""

    id: UUID
    code: str = Field(description="The code staff use.", examples=["7Q4M-0ZKD"])
    tracking: str | None = Field(
        None, description="The resident's tracking code; told on opening only."
    )
    stage: str = Field(examples=["received"])
    owner: str = Field(description="The post that owns it.", examples=["安德街道派出所"])
    due_at: str | None = Field(None, description="When the next step is due (RFC 3339, UTC).")
    round: int = 1
    first: bool | None = Field(
        None, description="Whether this send opened it (true) or it was known (false)."
    )


@router.post("/matters", response={201: MatterOut, 200: MatterOut}, summary="Open a matter")
def open_matter(request: HttpRequest, body: MatterIn) -> Status[MatterOut]:
    """201 with the new matter, or 200 with the first one if the same was sent before.

    409 `differs` when something else was sent with this external_id before: the first stays as
    it is, and `fields` says what is not the same. A place out of the key's reach is answered
    like one that does not exist.
    """
    opened = actions.open_matter(
        area=body.area,
        words=body.words,
        category=body.category,
        channel=Channel.API,
        external_id=f"{_partner()}:{body.external_id}",
        name=body.name,
        phone=body.phone,
        pictures=_pictures(body.pictures),
        came_from=body.came_from,
    )
    shown = _shown(opened.matter)
    shown.tracking, shown.first = opened.tracking, opened.first
    return Status(201 if opened.first else 200, shown)


@router.get("/matters/{uuid:id}", response=MatterOut, summary="Follow a matter")
def follow(request: HttpRequest, id: UUID) -> MatterOut:
    """Where the matter stands. 404 when there is none within the key's reach."""
    partner = _partner()
    found = queries.matter(id)
    if found.channel != Channel.API or not found.external_id.startswith(f"{partner}:"):
        raise NotFound
    return _shown(found)


def _partner() -> str:
    """The id of the acting partner: each has external ids of its own. Raises Denied."""
    kind, _colon, key = current().actor.partition(":")
    if kind != "client":
        raise Denied(reason="an API key is needed")
    return key


def _pictures(encoded: list[str]) -> tuple[Photo, ...]:
    files = [io.BytesIO(_decoded(each)) for each in encoded]
    return reencode_all(files, field="pictures")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Invalid(fields={"pictures": _("Send each picture as base64.")}) from problem


def _shown(matter: Matter) -> MatterOut:
    return MatterOut(
        id=matter.pk,
        tracking=None,
        first=None,
        code=matter.code,
        stage=matter.stage,
        owner=matter.owner.name,
        due_at=matter.due_at.isoformat() if matter.due_at else None,
        round=matter.round,
    )

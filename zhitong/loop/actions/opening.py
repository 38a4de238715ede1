"""A word comes in, through whichever door, and becomes one matter with an owner and a due time."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import is_code, path_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import UNKNOWN, area_for_matter
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.codes import ALPHABET, grouped, tracking_code, tracking_digest
from zhitong.kernel.crypto.index import blind_index
from zhitong.kernel.errors import Invalid, Stale
from zhitong.kernel.media.photos import Photo as Picture
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.loop import photos, queries
from zhitong.loop.actions.indexing import index_new
from zhitong.loop.actions.looking import BEHALF
from zhitong.loop.actions.moving import checked_words, record
from zhitong.loop.actions.sameness import known
from zhitong.loop.categories import CATEGORIES, DEFAULT
from zhitong.loop.domain import Channel, Verb
from zhitong.loop.domain.clock import Event, Kind
from zhitong.loop.domain.handing import Partner
from zhitong.loop.domain.lives import TERMS
from zhitong.loop.emergency import in_danger
from zhitong.loop.events import MatterReceived
from zhitong.loop.models import Matter, Photo

PHOTO_LIMIT = 6
TRIES = 3
STAFF_CHANNELS = frozenset({Channel.COUNTER, Channel.PHONE})
PHONE = re.compile(r"(?:\+?86)?(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})")
EXTERNAL_ID = re.compile(r"[\x21-\x7e]{1,160}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the sender is told: the matter, its tracking code, and whether it is new."""

    matter: Matter
    tracking: str
    first: bool


@action("loop.open", describe=_("Open a matter: say, ask or report something"))
def open_matter(
    *,
    area: str,
    words: str,
    channel: str,
    external_id: str,
    category: str = DEFAULT,
    name: str = "",
    phone: str = "",
    resident: str = "",
    pictures: Sequence[Picture] = (),
    came_from: str = "",
) -> Opened:
    """Open a matter and return it; a second send of the same thing returns the first.

    The same thing has the same ``channel`` and ``external_id``; Differs is raised when anything
    else about it is not the same. The acting scope must reach the area, or hold the link that
    ``tracking_code`` derives for this pair; a place out of reach is one that does not exist.
    ``came_from`` is 110 or 12345 for what they passed on.
    Raises Invalid, with a sentence per field, when something sent makes no sense.
    """
    _check_source(channel, external_id, pictures)
    _check_origin(came_from)
    tracking = tracking_code(channel=channel, external_id=external_id)
    digest = tracking_digest(tracking)
    fields = _checked(
        area=lambda: _area(area, own=resident, link=digest),
        words=lambda: checked_words(words),
        category=lambda: _category(category),
        resident_name=lambda: clean_line(name, max_length=60),
        resident_phone=lambda: plain_number(phone),
    )
    fields |= {"resident_key": resident, "tracking_digest": digest}
    fields |= {"channel": channel, "external_id": external_id}
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                made = _create(fields, pictures, came_from)
            return Opened(made, tracking, first=True)
        except IntegrityError:  # it was sent before, or just now, or the staff code was taken
            if first := known(tracking, fields, pictures):
                acted_on(first.target, path=first.area_path, again=True)
                return Opened(first, tracking, first=False)
    raise Stale


def _create(fields: dict[str, Any], pictures: Sequence[Picture], came_from: str) -> Matter:
    at = now()
    terms = CATEGORIES[fields["category"]].terms
    to = queries.routed(path=fields["area"].path, category=fields["category"], at=at)
    matter: Matter = Matter.objects.create(
        code=new_staff_code(),
        owner=to.post,
        area_path=fields["area"].path,
        due_at=queries.next_due(at, [Event(at, Kind.OPENED, terms)], at=at),
        opened_at=at,
        **fields,
    )
    data: dict[str, object] = {TERMS: terms, "why": to.why}
    if numbers := in_danger(fields["words"]):
        data["danger"] = numbers
    if came_from:
        data["came_from"] = came_from
    if pictures:
        data["pictures"] = len(pictures)
    step = record(matter, Verb.OPEN, at=at, data=data)
    _keep(matter, pictures, at)
    index_new(matter)
    acted_on(matter.target, path=matter.area_path, channel=matter.channel, step=str(step.pk))
    emit(MatterReceived(str(matter.pk), matter.channel, matter.external_id), path=matter.area_path)
    return matter


def _keep(matter: Matter, pictures: Sequence[Picture], at: datetime) -> None:
    kept = [
        Photo(
            matter=matter,
            sha256=picture.sha256,
            width=picture.width,
            height=picture.height,
            size=len(picture.data),
            at=at,
        )
        for picture in pictures
    ]
    for row, picture in zip(kept, pictures, strict=True):
        photos.store(row.pk, picture.data)
    if kept:
        Photo.objects.bulk_create(kept)


def _checked(**checks: Callable[[], Any]) -> dict[str, Any]:
    """What the checks return, by column. Raises Invalid with the sentences of all that failed."""
    problems: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for field, check in checks.items():
        try:
            found[field] = check()
        except Invalid as problem:
            problems.update(problem.fields or {field: problem.message})
    if problems:
        raise Invalid(fields=problems)
    number = found["resident_phone"]
    found["phone_index"] = blind_index(number, purpose="loop.phone") if number else ""
    return found


def _area(code: str, *, own: str, link: str) -> Area:
    """The place, if the acting scope reaches it; else it is answered as one that is nowhere."""
    if is_code(code) and not current().reach.covers(path=path_of(code), own=own, link=link):
        raise Invalid(fields={"area": UNKNOWN})
    return area_for_matter(code)


def _category(code: str) -> str:
    if code not in CATEGORIES:
        raise Invalid(fields={"category": _("Choose what it is about from the list.")})
    return code


def plain_number(typed: str) -> str:
    """A phone number as it is kept, '' for nothing. Raises Invalid for what is none."""
    plain = re.sub(r"[\s()（）·-]+", "", typed.strip()) if len(typed) <= 40 else typed
    if not plain:
        return ""
    found = PHONE.fullmatch(plain)
    if found is None:
        sentence = _("This is not a phone number here: 11 digits for a mobile, area code first.")
        raise Invalid(fields={"phone": sentence})
    return found.group(1)


def _check_source(channel: str, external_id: str, pictures: Sequence[Picture]) -> None:
    if channel not in set(Channel):
        raise Invalid(fields={"channel": _("This door is not known.")})
    if channel in STAFF_CHANNELS:
        current().require(BEHALF)
    if not EXTERNAL_ID.fullmatch(external_id):
        sentence = _("The external id has 1 to 160 visible ASCII characters.")
        raise Invalid(fields={"external_id": sentence})
    if len(pictures) > PHOTO_LIMIT:
        raise Invalid(fields={"photos": _("Send at most six pictures.")})


def _check_origin(came_from: str) -> None:
    if came_from and came_from not in set(Partner):
        raise Invalid(fields={"came_from": _("Matters come from 110 or 12345, or from nobody.")})


def new_staff_code() -> str:
    """A code by which staff call a new matter."""
    return grouped("".join(secrets.choice(ALPHABET) for _place in range(8)))

"""One's own data as an archive: a page to read, JSON to take elsewhere, and the pictures."""

import io
import json
import zipfile
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from zhitong.kernel.actions import audited_read
from zhitong.kernel.audit.queries import Look
from zhitong.kernel.clock import now
from zhitong.kernel.reveal import EXPORT, own
from zhitong.kernel.rights.models import DataRequest
from zhitong.loop import photos
from zhitong.loop.categories import category_of
from zhitong.loop.models import Matter, Step
from zhitong.loop.queries.own_data import OwnData
from zhitong.loop.web import show
from zhitong.loop.words import CHANNELS, OUTCOMES, OWN_VERBS, STAGES, VERBS

FORM = "zhitong-my-data-1"
PURPOSE = "own matter"


def packed(data: OwnData) -> HttpResponse:
    """The archive, as a download that no cache keeps. Each matter in it is written down."""
    for matter in data.matters:
        path = matter.area_path
        audited_read(action=EXPORT, target=matter.target, path=path, purpose=PURPOSE)
    told = told_of(data)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", json.dumps(told, ensure_ascii=False, indent=1))
        archive.writestr("my-data.html", render_to_string("loop/takeaway.html", {"told": told}))
        for photo in (photo for rows in data.photos.values() for photo in rows):
            path_of = photos.path_of(photo.pk)
            if path_of.is_file():
                archive.write(path_of, f"photos/{photo.pk}.jpg", zipfile.ZIP_STORED)
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    day = timezone.localdate(now())
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{day}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def told_of(data: OwnData) -> dict[str, Any]:
    """Everything as plain values. Names of fields stay as they are; what they hold is in words."""
    return {
        "form": FORM,
        "made_at": now().isoformat(timespec="seconds"),
        "complete": not data.more,
        "matters": [_matter(matter, data) for matter in data.matters],
    }


def _matter(matter: Matter, data: OwnData) -> dict[str, Any]:
    looks = [look for look in data.looks if look.target == matter.target]
    return _head(matter, data) | {
        "words": matter.words,
        "steps": [_step(step) for step in data.steps.get(matter.pk, ())],
        "pictures": [f"photos/{photo.pk}.jpg" for photo in data.photos.get(matter.pk, ())],
        "mails": [
            {"at": _iso(mail.at), "what_for": mail.reason, "state": mail.state}
            for mail in data.mails[matter.target]
        ],
        "read_by": [_read(look) for look in looks],
        "requests": [_request(row) for row in data.requests[matter.target]],
    }


def _head(matter: Matter, data: OwnData) -> dict[str, Any]:
    return {
        "code": matter.code,
        "about": str(category_of(matter.category).label),
        "place": data.places[matter.pk],
        "came_by": str(CHANNELS[matter.channel]),
        "opened_at": _iso(matter.opened_at),
        "ended_at": _iso(matter.ended_at),
        "stage": str(STAGES[matter.stage]),
        "outcome": str(OUTCOMES[matter.outcome]) if matter.outcome else "",
        "stars": matter.stars,
        "responsible": matter.owner.name,
        "name": own(matter.resident_name) if matter.resident_name else "",
        "phone": own(matter.resident_phone) if matter.resident_phone else "",
    }


def _step(step: Step) -> dict[str, Any]:
    what = str((VERBS | OWN_VERBS)[step.verb])
    return {"at": _iso(step.at), "what": what, "by": step.label, "text": step.text}


def _request(row: DataRequest) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "state": row.state,
        "asked_at": _iso(row.asked_at),
        "due_at": _iso(row.due_at),
        "answer": row.answer,
    }


def _read(look: Look) -> dict[str, Any]:
    (reader,) = show.readers([look])
    return {
        "at": _iso(reader.at),
        "who": reader.label,
        "what": str(reader.what),
        "what_for": reader.purpose,
    }


def _iso(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None

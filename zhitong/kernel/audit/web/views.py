"""The log as auditors see it: acts and looks, never the content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zhitong.kernel.audit.queries import (
    PAGE,
    Look,
    acts_of,
    newest_checkpoint,
    readers_of,
    recent,
    within_reach,
)
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.pages import page
from zhitong.kernel.permits import PERMITS, permit
from zhitong.kernel.purposes import in_words
from zhitong.kernel.scope import current

READ = permit("audit.read", _("See who did and read what"))


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown."""

    seq: int | None
    at: datetime
    who: str
    actor: str
    what: object
    target: str
    purpose: str


@require_safe
@page(permit=READ)
def log(request: HttpRequest) -> HttpResponse:
    """The newest entries of the areas within reach, or those of one actor or one record."""
    actor, target = request.GET.get("actor", "")[:120], request.GET.get("target", "")[:120]
    looks = _looks(actor, target, _before(request.GET.get("before", "")))
    more = {"actor": actor, "target": target, "before": str(looks[-1].id) if looks else ""}
    context = {
        "lines": [_line(look) for look in looks],
        "checkpoint": newest_checkpoint(),
        "actor": actor,
        "target": target,
        "older": f"{reverse('audit:log')}?{urlencode(more)}" if len(looks) == PAGE else "",
    }
    return render(request, "audit/log.html", context)


@require_safe
@page(permit=READ)
def head(request: HttpRequest) -> HttpResponse:
    """The newest signed tree head, to keep somewhere else and compare later."""
    del request
    checkpoint = newest_checkpoint()
    if checkpoint is None:
        raise NotFound
    return HttpResponse(checkpoint.note, content_type="text/plain; charset=utf-8")


def _looks(actor: str, target: str, before: UUID | None) -> list[Look]:
    subtrees = current().reach.subtrees
    if target:
        return readers_of(target, within=within_reach(subtrees), before=before)
    if actor:
        return acts_of(actor, within=within_reach(subtrees), before=before)
    return recent(subtrees, before=before)


def _before(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as problem:
        raise Invalid(_("This page of the log is not known. Start from the newest.")) from problem


def _line(look: Look) -> Line:
    known = PERMITS.get(look.action)
    return Line(
        seq=look.seq,
        at=look.at,
        who=look.label or look.actor,
        actor=look.actor,
        what=known.describe if known else look.action,
        target=look.target,
        purpose=in_words(look.purpose),
    )

"""Looking at requests and deciding them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.pages import page
from zhitong.kernel.rights import queries
from zhitong.kernel.rights.actions import DECIDE
from zhitong.kernel.rights.actions import decide as decide_request
from zhitong.kernel.rights.domain import Kind, State
from zhitong.kernel.rights.models import DataRequest
from zhitong.kernel.rights.registry import named
from zhitong.kernel.rights.words import KINDS, STATES


@require_safe
@page(permit=DECIDE)
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the most urgent first; or everything."""
    undecided = request.GET.get("view") != "all"
    found = queries.to_decide(undecided=undecided, after=request.GET.get("after", ""))
    following = {"view": "waiting" if undecided else "all", "after": found.following}
    context = {
        "rows": _told(found.rows),
        "undecided": undecided,
        "now": now(),
        "older": found.following and f"{reverse('rights:requests')}?{urlencode(following)}",
    }
    return render(request, "rights/requests.html", context)


def _told(rows: list[DataRequest]) -> list[dict[str, Any]]:
    """Requests as the page shows them, each with the thing it is about."""
    names = named(row.target for row in rows)
    return [
        {
            "row": row,
            "kind": KINDS[Kind(row.kind)],
            "state": STATES[State(row.state)],
            "about": names.get(row.target),
        }
        for row in rows
    ]


@require_POST
@page(permit=DECIDE)
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Yes or no, with words that the resident reads."""
    granted, version = request.POST.get("granted") == "1", request.POST.get("version", "")
    try:
        decide_request(
            id=id,
            granted=granted,
            answer=request.POST.get("answer", ""),
            version=int(version) if version.isascii() and version.isdigit() else 0,
        )
    except Invalid as problem:
        raise Invalid(next(iter(problem.fields.values()), problem.message)) from problem
    messages.success(request, _("Decided. The resident reads it on their page."))
    return redirect("rights:requests")

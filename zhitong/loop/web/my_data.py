"""My data: see everything, who read it, correct, take away, have erased. By sign-in or by code."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity.queries import living_sign_ins
from zhitong.kernel.pages import page
from zhitong.kernel.rights import queries as rights
from zhitong.kernel.rights.actions import ask, take_back
from zhitong.kernel.rights.domain import OPEN, Kind
from zhitong.kernel.rights.words import KINDS, STATES
from zhitong.kernel.scope import current
from zhitong.loop import actions, holdings
from zhitong.loop.models import Matter
from zhitong.loop.queries.own_data import OwnData, own_data
from zhitong.loop.web import show
from zhitong.loop.web.takeaway import packed
from zhitong.loop.web.tracking import by_code

Ways = dict[str, str]


@require_safe
@page(resident=True)
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about a signed-in resident."""
    own = current().reach.own
    more = {"sign_ins": living_sign_ins(resident_key=own), "asked": _told(rights.own(own))}
    return _page(request, _ways(""), more)


@require_safe
@page(public=True)
@by_code
def by_its_code(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    """The same about one matter."""
    return _page(request, _ways(code), {"code": code})


@require_safe
@page(permit="rights.export")
def my_export(request: HttpRequest) -> HttpResponse:
    """One archive with everything: for people as a page, for programs as JSON, and the pictures."""
    return packed(own_data())


@require_safe
@page(public=True)
@by_code
def export_by_code(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    """The same about one matter."""
    return packed(own_data())


@require_POST
@page(permit="rights.ask")
def do(request: HttpRequest, verb: str) -> HttpResponse:
    """Ask for something, take it back, or correct a name or number."""
    return _do(request, verb, "loop:my_data")


@require_POST
@page(public=True)
@by_code
def do_by_code(request: HttpRequest, matter: Matter, code: str, verb: str) -> HttpResponse:
    """The same about one matter."""
    return _do(request, verb, "loop:code_data", code)


def _do(request: HttpRequest, verb: str, back: str, *args: str) -> HttpResponse:
    verbs: dict[str, Callable[[HttpRequest], str]] = {
        "ask": _ask,
        "take-back": _take_back,
        "correct": _correct,
    }
    try:
        messages.success(request, verbs[verb](request))
    except Invalid as problem:
        raise Invalid(next(iter(problem.fields.values()), problem.message)) from problem
    return redirect(back, *args)


def _ask(request: HttpRequest) -> str:
    sent = request.POST
    row = ask(target=sent.get("target", ""), kind=sent.get("kind", ""), words=sent.get("words", ""))
    if row.carry_at:
        return _("It will be erased after seven days. Until then you can take that back.")
    return _("We have your request. You read here what is decided, and by when.")


def _take_back(request: HttpRequest) -> str:
    take_back(id=_key(request, "request"))
    return _("Taken back. Everything stays as it was.")


def _correct(request: HttpRequest) -> str:
    sent = request.POST
    actions.correct_contact(
        id=_key(request, "matter"),
        name=sent.get("name", ""),
        phone=sent.get("phone", ""),
        remove=sent.get("remove") == "1",
    )
    return _("Corrected.")


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as problem:
        raise NotFound from problem


def _ways(code: str) -> Ways:
    """Where the forms and links of the page lead."""
    if not code:
        verbs = {verb: reverse("loop:do_data", args=[verb]) for verb in ("ask", "correct")}
        back = reverse("loop:do_data", args=["take-back"])
        return verbs | {"take_back": back, "export": reverse("loop:my_export")}
    verbs = {verb: reverse("loop:do_code_data", args=[code, verb]) for verb in ("ask", "correct")}
    back = reverse("loop:do_code_data", args=[code, "take-back"])
    return verbs | {"take_back": back, "export": reverse("loop:code_export", args=[code])}


def _page(request: HttpRequest, ways: Ways, more: dict[str, Any]) -> HttpResponse:
    data = own_data()
    context = {
        "things": [_thing(matter, data) for matter in data.matters],
        "more": data.more,
        "kept_days": settings.KEEP_MATTERS,
        "readers": show.readers(data.looks),
        "ways": ways,
        **more,
    }
    return render(request, "loop/my_data.html", context)


def _thing(matter: Matter, data: OwnData) -> dict[str, Any]:
    """One matter as the page shows it."""
    requests = data.requests[matter.target]
    asked = {row.kind for row in requests if row.state in OPEN}
    return {
        "matter": matter,
        "code": tracking_code(channel=matter.channel, external_id=matter.external_id),
        "place": data.places[matter.pk],
        "steps": len(data.steps.get(matter.pk, ())),
        "photos": len(data.photos.get(matter.pk, ())),
        "mails": len(data.mails[matter.target]),
        "held": holdings.held_of(matter),
        "requests": _told(requests),
        "may_ask": {kind.value for kind in Kind} - asked,
    }


def _told(rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "kind": KINDS[Kind(row.kind)],
            "state": STATES[row.state],
            "open": row.state in OPEN,
        }
        for row in rows
    ]

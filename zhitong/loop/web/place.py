"""Putting a matter where it belongs, with the area picker."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import label
from zhitong.kernel.errors import Refusal, Stale
from zhitong.kernel.pages import page
from zhitong.loop import actions, queries
from zhitong.loop.actions.moving import require_possible
from zhitong.loop.domain import Verb
from zhitong.loop.models import Matter
from zhitong.loop.web.forms import PlaceForm
from zhitong.loop.web.places import FOUND, on_the_way, picker_after


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.move_area")
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Choose another place for the matter. Nothing of what was said is shown here."""
    found = queries.by_code(code)
    require_possible(found, Verb.MOVE_AREA)
    if request.method != "POST":
        return _page(request, found, PlaceForm(initial={"version": found.version}))
    form = PlaceForm(request.POST)
    if on_the_way(request.POST):
        form.errors.clear()
        return _page(request, found, form)
    return _moved(request, found, form)


def _moved(request: HttpRequest, matter: Matter, form: PlaceForm) -> HttpResponse:
    try:
        if not form.is_valid():
            raise Stale(reason="no version was sent")
        version = form.cleaned_data["version"]
        post = actions.move_area(id=matter.pk, area=form.area(), version=version)
    except Refusal as problem:
        error = problem.fields.get("area", problem.message)
        form.data = request.POST.copy()
        form.data["version"] = str(matter.version)
        return _page(request, matter, form, error, status=problem.status)
    messages.success(request, _told(post))
    return redirect("loop:matter", matter.code)


def _told(post: str) -> str:
    if not post:
        return _("The place is corrected. The matter stays with its owner.")
    told = _("The place is corrected. %(post)s is responsible there and owns the matter now.")
    return told % {"post": post}


def _page(
    request: HttpRequest, matter: Matter, form: PlaceForm, error: object = "", status: int = 200
) -> HttpResponse:
    here = code_of(matter.area_path)
    sent = form.data if form.is_bound else {"step": f"{FOUND}{here}"}
    context = {
        "matter": matter,
        "form": form,
        "now": label(here),
        "place": picker_after(sent, error, finding=True),
        "here": request.path,
    }
    return render(request, "loop/place.html", context, status=status)

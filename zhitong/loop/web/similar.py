"""Whether somebody said it before: for staff beside a matter, for residents before they send."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.areas.codes import DIGITS, Level, code_of, is_code, path_of
from zhitong.kernel.areas.queries import label_of
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.identity.throttle import address_of, knock
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.domain.similarity import LONGEST, SAME_WORDS
from zhitong.loop.queries.similar import LATELY, Alike, Known, known, similar
from zhitong.loop.web.departures import title
from zhitong.loop.web.forms import SayForm
from zhitong.loop.web.places import picker_after


@require_safe
@page(permit="loop.read")
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """Matters that may be about the same thing as this one; the list alone for its page."""
    matter = queries.by_code(code)
    found = similar(matter.words, matter.area_path, but=matter.pk)
    fragment = request.headers.get("HX-Request")
    template = "loop/similar_list.html" if fragment else "loop/similar.html"
    may_merge = matter.is_open and "loop.merge" in current().permits
    context = {"matter": matter, "alike": [*map(_row, found)], "may_merge": may_merge}
    return render(request, template, context)


@require_POST
@page(public=True)
def before(request: HttpRequest) -> HttpResponse:
    """What is known about this already; without a script the form comes back with it.

    Words travel in the body, so that no address and no log has them.
    """
    knock({"known.address": address_of(request)})
    words = request.POST.get("words", "")[:LONGEST].strip()
    path = _path(request.POST.get("village", "") or request.POST.get("town", ""))
    context = _told(known(words, path) if words else Known())
    context |= {"asked": bool(words)}
    if request.headers.get("HX-Request"):
        return render(request, "loop/say_known.html", context)
    form = SayForm(request.POST)
    form.errors.clear()
    place = picker_after(request.POST)
    context |= {"form": form, "place": place, "again": bool(request.FILES)}
    return render(request, "loop/say.html", context)


def _row(one: Alike) -> dict[str, object]:
    found = one.matter
    return {
        "code": found.code,
        "title": title(found.words),
        "stage": found.stage,
        "at": one.opened_at,
        "open": found.due_at is not None,
        "place": label_of(code_of(found.area_path), found.area_name, found.area_above),
        "same": one.words >= SAME_WORDS,
    }


def _told(told: Known) -> dict[str, object]:
    own = [
        (one, tracking_code(channel=one.channel, external_id=one.external_id)) for one in told.own
    ]
    return {"reports": told.reports, "public": told.public, "own": own, "days": LATELY.days}


def _path(code: str) -> str:
    """The path of a township or village; '' for anything else."""
    return path_of(code) if is_code(code) and len(code) >= DIGITS[Level.TOWNSHIP] else ""

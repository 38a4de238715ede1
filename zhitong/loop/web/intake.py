"""The doors where a word comes in: the public form, and staff writing for somebody."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhitong.kernel.crypto.codes import tracking_code, tracking_digest
from zhitong.kernel.crypto.index import keyed_digest
from zhitong.kernel.errors import Invalid, Refusal
from zhitong.kernel.identity import roles
from zhitong.kernel.identity.throttle import address_of, knock
from zhitong.kernel.media.photos import Photo, reencode_all
from zhitong.kernel.pages import page
from zhitong.kernel.scope import acting, current
from zhitong.loop.actions import Opened, open_matter
from zhitong.loop.actions.moving import checked_words
from zhitong.loop.domain import Channel
from zhitong.loop.web.forms import BehalfForm, SayForm, new_nonce
from zhitong.loop.web.places import picker

FIELDS = {"area": "town"}


@require_http_methods(["GET", "HEAD", "POST"])
@page(public=True)
def say(request: HttpRequest) -> HttpResponse:
    """Say something, without an account and without a script."""
    if request.method != "POST":
        return _blank(request, SayForm(initial={"nonce": new_nonce()}), "loop/say.html")
    form = SayForm(request.POST, request.FILES)
    opened = _opened(request, form)
    if opened is None:
        return _again(request, form, "loop/say.html")
    return redirect("loop:said", opened.tracking)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.behalf")
def say_for(request: HttpRequest) -> HttpResponse:
    """Write down what somebody says at the counter or on the phone."""
    if request.method != "POST":
        return _blank(request, BehalfForm(initial={"nonce": new_nonce()}), "loop/say_for.html")
    form = BehalfForm(request.POST, request.FILES)
    opened = _opened(request, form)
    if opened is None:
        return _again(request, form, "loop/say_for.html")
    return render(request, "loop/slip.html", {"opened": opened, "address": settings.ADDRESS})


@require_safe
@page(public=True)
def places(request: HttpRequest) -> HttpResponse:
    """The area picker with the villages of the chosen township."""
    return render(request, "loop/places.html", {"place": picker(request.GET.get("town", "")[:12])})


def _blank(request: HttpRequest, form: SayForm, template: str) -> HttpResponse:
    return render(request, template, {"form": form, "place": picker()})


def _again(request: HttpRequest, form: SayForm, template: str) -> HttpResponse:
    """The form as it was, with what to mend; 200 only for the step that asks for villages."""
    town = str(form.data.get("town", ""))[:12]
    place = picker(town, str(form.data.get("village", ""))[:12], form.errors.get("town", ""))
    status = 200 if _only_villages(request) else 400
    context = {"form": form, "place": place, "here": request.path, "again": bool(request.FILES)}
    return render(request, template, context, status=status)


def _only_villages(request: HttpRequest) -> bool:
    return request.POST.get("step") == "villages"


def _opened(request: HttpRequest, form: SayForm) -> Opened | None:
    """The matter that a filled-in form makes, or None with the form's errors set."""
    if _only_villages(request):
        form.errors.clear()
        return None
    if not form.is_valid():
        return None
    if form.cleaned_data["photos"]:
        # Drawing pictures again is work that one sender could make us do without end.
        knock({"say.pictures.address": address_of(request)})
    try:
        return _open(form)
    except Invalid as problem:
        _blame(form, problem)
        return None


def _open(form: SayForm) -> Opened:
    """Open what the form says: once when it is sent twice, anew when it was written anew.

    Whoever goes back and writes something else sends the same nonce with other words; those
    must not be taken for the first ones.
    """
    data = form.cleaned_data
    pictures = reencode_all(data["photos"])
    opened = _sent(form, data["nonce"], pictures)
    words = checked_words(data["words"])
    if opened.first or opened.matter.words == words:
        return opened
    other = keyed_digest("index", "loop.say", data["nonce"], words)
    return _sent(form, f"{data['nonce']}.{other[:32]}", pictures)


def _sent(form: SayForm, external_id: str, pictures: Sequence[Photo]) -> Opened:
    data = form.cleaned_data
    channel = Channel(data.get("channel", Channel.WEB))
    scope = current().lent(roles.PUBLIC)  # at this door everybody may do what anybody may
    digest = tracking_digest(tracking_code(channel=channel, external_id=external_id))
    resident = scope.actor.removeprefix("resident:") if scope.reach.own else ""
    with acting(replace(scope, reach=replace(scope.reach, link=digest))):
        return open_matter(
            area=form.words_about_area(),
            words=data["words"],
            category=data["category"] or "other",
            channel=channel,
            external_id=external_id,
            name=data["name"],
            phone=data["phone"],
            resident=resident,
            pictures=pictures,
        )


def _blame(form: SayForm, problem: Refusal) -> None:
    """Put the refusal's sentences at their fields, or at the top."""
    for name, sentence in problem.fields.items():
        field = FIELDS.get(name, name)
        form.add_error(field if field in form.fields else None, str(sentence))
    if not problem.fields:
        form.add_error(None, str(problem.message) or _("Please check what you entered."))

"""The doors where a word comes in: the public form, and staff writing for somebody."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from zhitong.kernel.crypto.codes import tracking_code, tracking_digest
from zhitong.kernel.crypto.index import keyed_digest
from zhitong.kernel.errors import Invalid, Refusal, TooMany
from zhitong.kernel.identity import roles
from zhitong.kernel.identity.scopes import link_scope
from zhitong.kernel.identity.throttle import address_of, knock
from zhitong.kernel.media.photos import Photo, reencode_all
from zhitong.kernel.pages import page
from zhitong.kernel.scope import acting, current
from zhitong.loop import queries
from zhitong.loop.actions import Opened, add, open_matter
from zhitong.loop.actions.moving import checked_words
from zhitong.loop.actions.sameness import Differs
from zhitong.loop.categories import category_of
from zhitong.loop.domain import Channel, Stage, Verb, possible
from zhitong.loop.emergency import in_danger, to_call
from zhitong.loop.web.forms import BehalfForm, SayForm, new_nonce
from zhitong.loop.web.places import on_the_way, picker, picker_after
from zhitong.shell.parts import Finder

FIELDS = {"area": "town", "text": "words"}
ADD, NEW = "add", "new"
ANYWAY = "anyway"
TOO_FAST = _(
    "Too many messages came from your network in a short time, so this was not sent. What you "
    "typed is still here: wait ten minutes and send it again. If it cannot wait, call or come by."
)


@require_http_methods(["GET", "HEAD", "POST"])
@page(public=True)
def say(request: HttpRequest) -> HttpResponse:
    """Say something, without an account and without a script."""
    if request.method != "POST":
        return _blank(request, SayForm(initial={"nonce": new_nonce()}), "loop/say.html")
    form = SayForm(request.POST, request.FILES)
    if _in_danger_now(request):
        form.errors.clear()
        return _again(request, form, "loop/say.html", status=200)
    came = _received(request, form, "loop/say.html", {"say.address": address_of(request)})
    return redirect("loop:said", came.tracking) if isinstance(came, Opened) else came


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.behalf")
def say_for(request: HttpRequest) -> HttpResponse:
    """Write down what somebody says at the counter or on the phone."""
    if request.method != "POST":
        return _blank(request, BehalfForm(initial={"nonce": new_nonce()}), "loop/say_for.html")
    form = BehalfForm(request.POST, request.FILES)
    came = _received(request, form, "loop/say_for.html", {"say_for.actor": current().actor})
    if not isinstance(came, Opened):
        return came
    context = {"opened": came, "address": settings.ADDRESS}
    context["category"] = category_of(came.matter.category)
    return render(request, "loop/slip.html", context)


@require_safe
@page(public=True)
def places(request: HttpRequest) -> HttpResponse:
    """The area picker with the villages of the chosen township."""
    return render(request, "loop/places.html", {"place": picker_after(request.GET)})


@require_safe
@page(permit="loop.behalf")
def staff_places(request: HttpRequest) -> HttpResponse:
    """The same with the search for places."""
    place = picker_after(request.GET, finding=True)
    return render(request, "loop/places.html", {"place": place})


def _in_danger_now(request: HttpRequest) -> bool:
    """Whether what was typed speaks of danger, and the person has not been told whom to call."""
    return ANYWAY not in request.POST and bool(in_danger(request.POST.get("words", "")))


def _blank(request: HttpRequest, form: SayForm, template: str) -> HttpResponse:
    finder = Finder() if isinstance(form, BehalfForm) else None
    return render(request, template, {"form": form, "place": picker(finder=finder)})


def _received(
    request: HttpRequest, form: SayForm, template: str, door: dict[str, str]
) -> Opened | HttpResponse:
    """The matter that came of a form, or the form again with everything that was typed."""
    try:
        knock(door)
        if opened := _opened(request, form):
            return opened
    except TooMany as problem:
        form.is_valid()
        form.add_error(None, str(TOO_FAST))
        return _again(request, form, template, status=problem.status)
    except Differs as problem:
        return _again(request, form, template, status=problem.status, **_choice(problem))
    return _again(request, form, template, status=200 if on_the_way(request.POST) else 400)


def _choice(problem: Differs) -> dict[str, object]:
    """The first matter, and whether the new words could be added to it without losing the rest."""
    can_add = Verb.ADD in possible(Stage(problem.first.stage)) and set(problem.fields) == {"words"}
    return {"first": problem.first, "code": problem.tracking, "can_add": can_add}


def _again(
    request: HttpRequest, form: SayForm, template: str, *, status: int, **more: object
) -> HttpResponse:
    """The form as it was, with what to mend; 200 only for a step of choosing the place."""
    error, staff = form.errors.get("town", ""), isinstance(form, BehalfForm)
    place = picker_after(request.POST, error, finding=staff)
    context: dict[str, object] = {"form": form, "place": place, "here": request.path}
    context["again"] = bool(request.FILES)
    if not staff:
        context["calls"] = to_call(request.POST.get("words", ""))
        context["sent_anyway"] = ANYWAY in request.POST
    return render(request, template, context | more, status=status)


def _opened(request: HttpRequest, form: SayForm) -> Opened | None:
    """The matter that a filled-in form makes, or None with the form's errors set."""
    if on_the_way(request.POST):
        form.errors.clear()
        return None
    if not form.is_valid():
        return None
    also = request.POST.get("also", "")
    try:
        if also == ADD and not isinstance(form, BehalfForm):
            return _added(request, form)
        return _open(form, anew=also == NEW)
    except Invalid as problem:
        _blame(form, problem)
        return None


def _open(form: SayForm, *, anew: bool) -> Opened:
    """Open what the form says: once when it is sent twice. Raises Differs.

    Whoever goes back, writes something else and sends again uses the same nonce for other
    words. Asked what that shall be, they may say a new matter: then what was written is part of
    its identifier, so that this too can be sent twice.
    """
    data = form.cleaned_data
    pictures = reencode_all(data["photos"])
    if not anew:
        return _sent(form, data["nonce"], pictures)
    parts = [form.words_about_area(), data["category"], data["words"], data["name"], data["phone"]]
    parts += [picture.sha256 for picture in pictures]
    other = keyed_digest("index", "loop.say", data["nonce"], *parts)
    return _sent(form, f"{data['nonce']}.{other[:32]}", pictures)


def _added(request: HttpRequest, form: SayForm) -> Opened:
    """Add the words to what was first sent with this form; sent twice, they are added once."""
    code = tracking_code(channel=Channel.WEB, external_id=form.cleaned_data["nonce"])
    with acting(link_scope(tracking_digest(code))):
        first = queries.by_link()
        words = checked_words(form.cleaned_data["words"])
        last = queries.timeline(first, public_only=True)[-1]
        if (last.verb, last.text) != (Verb.ADD, words):
            add(id=first.pk, text=words)
    messages.success(request, _("Added. Your officer reads it."))
    return Opened(first, code, first=False)


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
        form.add_error(None, str(problem.message) or str(_("Please check what you entered.")))

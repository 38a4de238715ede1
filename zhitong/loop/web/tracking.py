"""The resident's side of a matter, reached by its tracking code alone."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.audit.queries import BY_OTHERS, PAGE, readers_of
from zhitong.kernel.crypto.codes import read_code, tracking_code, tracking_digest
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity.scopes import link_scope
from zhitong.kernel.identity.throttle import address_of, knock
from zhitong.kernel.media.photos import CONTENT_TYPE
from zhitong.kernel.pages import page
from zhitong.kernel.scope import acting, current
from zhitong.loop import actions, photos, queries
from zhitong.loop.categories import category_of
from zhitong.loop.domain import Stage, Verb, possible
from zhitong.loop.domain.debts import State
from zhitong.loop.domain.merging import asks_for_verdict
from zhitong.loop.domain.splitting import part_id
from zhitong.loop.models import Matter, Step
from zhitong.loop.web import show, together
from zhitong.loop.web.forms import CodeForm

View = Callable[..., HttpResponseBase]
DOOR = "track.address"
READERS = 5


def by_code(view: View) -> View:
    """Run a view within the reach of the tracking code in its address; no cache keeps its answer.

    Wrong codes are counted by network address; a right one is never held back, so that the
    guesses of a neighbour behind the same address lock nobody out. With 80 random bits in a
    code the count keeps noise down; it is not what keeps codes secret.
    """

    @wraps(view)
    def run(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
        try:
            scope = link_scope(tracking_digest(code))
            with acting(scope):
                matter = queries.by_link()
        except (Invalid, NotFound) as problem:
            knock({DOOR: address_of(request)})
            raise NotFound from problem
        with acting(scope):
            response = view(request, matter, read_code(code), **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return run


@require_http_methods(["GET", "HEAD", "POST"])
@page(public=True)
def track(request: HttpRequest) -> HttpResponse:
    """Type a tracking code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect("loop:follow", _known(request, form.cleaned_data["code"]))
        except Invalid as problem:
            form.add_error("code", str(problem.message))
    return render(request, "loop/track.html", {"form": form}, status=400 if form.errors else 200)


def _known(request: HttpRequest, typed: str) -> str:
    """The code as it was printed. Raises Invalid when no matter has it; wrong ones are counted."""
    with acting(link_scope(tracking_digest(typed))):
        try:
            queries.by_link()
        except NotFound as problem:
            knock({DOOR: address_of(request)})
            sentence = _("No matter has this code. Check it letter by letter against your slip.")
            raise Invalid(sentence) from problem
    return read_code(typed)


@require_safe
@page(public=True)
@by_code
def said(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    """Thank you: it has arrived, here is the code, this is what happens next."""
    context = {"matter": matter, "code": code, "address": settings.ADDRESS}
    context["category"] = category_of(matter.category)
    return render(request, "loop/said.html", context)


@require_safe
@page(public=True)
@by_code
def follow(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    """The matter as stops on a line, what was said, and who opened the record."""
    return _page(request, matter, code)


@require_safe
@page(public=True)
@by_code
def readers(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    """Everybody who opened this matter, when and what for, page by page to the first."""
    looks = readers_of(matter.target, within=BY_OTHERS, before=_before(request))
    on = f"{request.path}?before={looks[-1].id}" if len(looks) == PAGE else ""
    context = {"matter": matter, "code": code, "readers": show.readers(looks), "older": on}
    return render(request, "loop/readers.html", context)


@require_POST
@page(public=True)
@by_code
def rate(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    """One tap on one of five faces."""
    stars = request.POST.get("stars", "")
    actions.rate(
        id=matter.pk,
        stars=int(stars) if stars in {"1", "2", "3", "4", "5"} else 0,
        text=request.POST.get("text", ""),
    )
    messages.success(request, _thanks(matter, queries.by_link()))
    return redirect("loop:follow", code)


@require_POST
@page(public=True)
@by_code
def say_more(request: HttpRequest, matter: Matter, code: str, verb: str) -> HttpResponse:
    """Add words, send it round again, or take it back."""
    verbs: dict[str, Callable[..., None]] = {
        "add": actions.add,
        "again": actions.reopen,
        "withdraw": actions.withdraw,
    }
    verbs[verb](id=matter.pk, text=request.POST.get("text", ""))
    messages.success(request, _done(matter, verb))
    return redirect("loop:follow", code)


def _thanks(before: Matter, after: Matter) -> str:
    """What the resident hears after a verdict."""
    if after.stage == Stage.RATED:
        return _("Thank you. Your verdict is recorded as you gave it.")
    if before.stage == Stage.MERGED:
        return _("Your verdict is recorded. Yours is dealt with by itself now.")
    return _("Your verdict is recorded. The matter goes round again, with a new due time.")


def _done(before: Matter, verb: str) -> str:
    """What the resident hears after more words."""
    if verb == "again" and before.stage == Stage.MERGED:
        return _("It is dealt with by itself now. Its time counts from when you first said it.")
    return {
        "add": _("Added. Your officer reads it."),
        "again": _("It goes round again. Whoever is responsible has a new due time."),
        "withdraw": _("Taken back. Nothing more happens here."),
    }[verb]


@require_safe
@page(public=True)
@by_code
def photo(request: HttpRequest, matter: Matter, code: str, id: UUID) -> FileResponse:
    """One picture of one's own matter."""
    del request, code
    return photo_response(id, of=matter)


@require_safe
@page(resident=True)
def mine(request: HttpRequest) -> HttpResponse:
    """A signed-in resident's own matters, page by page."""
    own = queries.mine(current().reach.own, before=request.GET.get("before", ""))
    context = {
        "matters": [
            (one, tracking_code(channel=one.channel, external_id=one.external_id))
            for one in own.matters
        ],
        "older": f"{request.path}?before={own.following}" if own.following else "",
    }
    return render(request, "loop/mine.html", context)


def photo_response(id: UUID, *, of: Matter) -> FileResponse:
    """A stored picture of a matter, which no browser will take for anything else.

    Raises NotFound, also for a picture of another matter.
    """
    found = queries.photo(id)
    path = photos.path_of(found.pk)
    if found.matter_id != of.pk or not path.is_file():
        raise NotFound
    response = FileResponse(path.open("rb"), content_type=CONTENT_TYPE)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, matter: Matter, code: str) -> HttpResponse:
    steps = queries.timeline(matter, public_only=True)
    pictures = show.pictures(queries.photos(matter, steps), "loop:own_photo", code, own=True)
    context = _whose(matter, steps) | {
        "asked": _asked(matter, steps),
        "matter": matter,
        "code": code,
        "way": show.way(matter, steps),
        "steps": show.steps_seen(matter, steps, pictures, own=True),
        "readers": show.readers(readers_of(matter.target, within=BY_OTHERS, limit=READERS)),
        "can": (can := _can(matter, steps)),
        "asks_rating": Verb.RATE in can,
    }
    return render(request, "loop/follow.html", context)


def _whose(matter: Matter, steps: Sequence[Step]) -> dict[str, object]:
    """Who deals with it, and what else the same message became."""
    post = together.responsible(steps, matter.owner.name)
    return {"responsible": post, "parts": _parts(matter, steps)}


def _parts(matter: Matter, steps: Sequence[Step]) -> list[tuple[str, str]]:
    """Code and beginning of every other matter that the same message became."""
    found = [(part_id(matter.pk, one["number"]), one["words"]) for one in together.parts(steps)]
    _code, external_id = together.whole(steps)
    if external_id:
        found.append((external_id, _("All that you told us at once")))
    return [(tracking_code(channel=matter.channel, external_id=id), words) for id, words in found]


def _can(matter: Matter, steps: Sequence[Step]) -> set[str]:
    """What the resident may do now; a merged matter is judged once its end was passed on."""
    can = {verb.value for verb in possible(Stage(matter.stage))}
    if matter.stage == Stage.MERGED and not asks_for_verdict([(s.verb, s.data) for s in steps]):
        can.remove(Verb.RATE)
    return can


def _asked(matter: Matter, steps: Sequence[Step]) -> str:
    """The question that we wait for an answer to, or ''."""
    if matter.stage == Stage.MERGED:
        return together.question(steps)
    questions = [step.text for step in steps if step.verb == Verb.ASK]
    clock = queries.reckoned(matter.opened_at, queries.life_of(steps))
    return questions[-1] if questions and clock.state is State.WAITING else ""


def _before(request: HttpRequest) -> UUID | None:
    """Where the page of readers goes on; whatever is no key is the first page."""
    try:
        return UUID(request.GET.get("before", ""))
    except ValueError:
        return None

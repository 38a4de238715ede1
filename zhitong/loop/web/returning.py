"""Sending back what does not belong here: asking, and deciding."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.identity.queries import posts_serving
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import queries
from zhitong.loop.actions.moving import WORDS_LIMIT, require_possible
from zhitong.loop.actions.returning import decide_return
from zhitong.loop.actions.returning import send_back as ask_to_send_back
from zhitong.loop.domain import Verb
from zhitong.loop.models import Matter, Return
from zhitong.loop.queries import returning
from zhitong.loop.web.attempts import attempt
from zhitong.loop.web.departures import title
from zhitong.loop.web.forms import ReassignForm

YES = "1"


class SendBackForm(ReassignForm):
    """Where it belongs, and why."""

    reason = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("Why does it belong there?"),
        help_text=gettext_lazy("Who decides reads this. The resident does not."),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One return as it is read by who decides."""

    row: Return
    title: str
    own: bool


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.send_back")
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to send one matter back."""
    matter = queries.by_code(code)
    require_possible(matter, Verb.SEND_BACK)
    if request.method != "POST":
        return _page(request, matter, SendBackForm(initial={"version": matter.version}))
    form = SendBackForm(request.POST)
    if status := attempt(form, matter, partial(ask_to_send_back, id=matter.pk)):
        return _page(request, matter, form, status)
    messages.success(request, _("Asked. Until it is decided, the matter stays with you."))
    return redirect("loop:matter", code)


@require_safe
@page(permit="loop.decide_return")
def returns(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the longest first."""
    found = returning.to_decide(after=request.GET.get("after", ""))
    me = current().actor
    context = {
        "rows": [Asked(row, title(row.matter.words), row.asked_by == me) for row in found.rows],
        "older": found.following
        and f"{reverse('loop:returns')}?{urlencode({'after': found.following})}",
    }
    return render(request, "loop/returns.html", context)


@require_POST
@page(permit="loop.decide_return")
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Yes or no, by somebody above."""
    accepted = request.POST.get("accepted") == YES
    decide_return(id=id, accepted=accepted, answer=request.POST.get("answer", ""))
    done = _("Sent on to the other post.") if accepted else _("It stays where it is.")
    messages.success(request, done)
    return redirect("loop:returns")


def _page(
    request: HttpRequest, matter: Matter, form: SendBackForm, status: int = 200
) -> HttpResponse:
    posts = posts_serving(matter.area_path).exclude(pk=matter.owner_id)
    context = {"matter": matter, "form": form, "posts": posts}
    return render(request, "loop/send_back.html", context, status=status)

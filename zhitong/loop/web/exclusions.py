"""Leaving matters out of the rates: what was proposed, deciding about it, proposing it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.errors import Refusal
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import queries
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.actions.rates import decide_exclusion, propose_exclusion
from zhitong.loop.queries import exclusions

DECIDE = "loop.decide_exclusion"


class ProposalForm(forms.Form):
    """Why a matter shall not count."""

    reason = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("Why shall it not count?"),
        help_text=gettext_lazy(
            "Somebody else decides, and reads this. The matter itself goes on as before."
        ),
    )


@require_safe
@page(permit="loop.rates")
def listed(request: HttpRequest) -> HttpResponse:
    """What is left out or was proposed, newest first."""
    undecided = request.GET.get("view") == "waiting"
    found = exclusions.proposed(undecided=undecided, after=request.GET.get("after", ""))
    following = {"view": "waiting" if undecided else "all", "after": found.following}
    context = {
        "rows": found.rows,
        "undecided": undecided,
        "may_decide": DECIDE in current().permits,
        "me": current().actor,
        "posts": current().posts,
        "older": found.following and f"{reverse('loop:exclusions')}?{urlencode(following)}",
    }
    return render(request, "loop/exclusions.html", context)


@require_POST
@page(permit=DECIDE)
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Yes or no, by somebody else than who proposed it or is responsible."""
    accepted = request.POST.get("accepted") == "1"
    decide_exclusion(id=id, accepted=accepted, answer=request.POST.get("answer", ""))
    messages.success(request, _("Decided. The rates follow within a minute."))
    return redirect("loop:exclusions")


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.propose_exclusion")
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose to leave one matter out, with the reason."""
    matter = queries.by_code(code)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            propose_exclusion(id=matter.pk, reason=form.cleaned_data["reason"])
        except Refusal as problem:
            form.add_error(None, str(problem.message))
        else:
            messages.success(request, _("Proposed. Somebody else decides."))
            return redirect("loop:matter", code)
    status = 400 if form.errors else 200
    return render(request, "loop/exclude.html", {"form": form, "code": code}, status=status)

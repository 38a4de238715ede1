"""Correcting what a matter is about."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.kernel.pages import page
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import queries
from zhitong.loop.actions.moving import WORDS_LIMIT, require_possible
from zhitong.loop.actions.reclassifying import CHOOSE
from zhitong.loop.actions.reclassifying import reclassify as correct
from zhitong.loop.categories import category_of, choices
from zhitong.loop.domain import Verb
from zhitong.loop.models import Matter
from zhitong.loop.web.attempts import attempt
from zhitong.loop.web.forms import ReasonForm


class CategoryForm(ReasonForm):
    """Another category, and why."""

    category = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Where other times are promised, the resident reads exactly this."),
    )
    field_order = ("category", "reason", "version")


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.reclassify")
def reclassify(request: HttpRequest, code: str) -> HttpResponse:
    """Choose another category. The owner stays."""
    matter = queries.by_code(code)
    require_possible(matter, Verb.RECLASSIFY)
    if request.method != "POST":
        start: dict[str, Any] = {"version": matter.version, "category": matter.category}
        return _page(request, matter, CategoryForm(initial=start))
    form = CategoryForm(request.POST)
    if status := attempt(form, matter, partial(correct, id=matter.pk)):
        return _page(request, matter, form, status)
    messages.success(request, _told(matter, form.cleaned_data["category"]))
    return redirect("loop:matter", code)


def _told(matter: Matter, category: str) -> str:
    """Whose it would be by the rules: passing it on is a step of its own."""
    post = queries.routed(path=matter.area_path, category=category).post
    if post.pk == matter.owner_id:
        return _("Corrected. The matter stays with its owner.")
    told = _(
        "Corrected. The owner stays. By the rules it would be %(post)s: pass it on if it fits."
    )
    return told % {"post": post.name}


def _page(
    request: HttpRequest, matter: Matter, form: CategoryForm, status: int = 200
) -> HttpResponse:
    context = {"matter": matter, "form": form, "now": category_of(matter.category)}
    return render(request, "loop/reclassify.html", context, status=status)

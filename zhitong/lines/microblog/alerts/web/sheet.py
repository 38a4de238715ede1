"""How a warning warns: filled in beside its words, looked at with them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.kernel.areas.queries import townships
from zhitong.kernel.errors import Refusal, Sentence
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.lines.microblog.alerts import actions, queries
from zhitong.lines.microblog.alerts.actions import EVENT, INSTRUCTION, MOST_HOURS, WRITING
from zhitong.lines.microblog.alerts.words import (
    CATEGORIES,
    CERTAINTIES,
    RESPONSES,
    SEVERITIES,
    URGENCIES,
)
from zhitong.lines.microblog.desk import queries as desk

FIELDS = (
    "event", "event_en", "category", "urgency", "severity", "certainty", "response",
    "instruction", "instruction_en", "hours", "places",
)  # fmt: skip


def _chosen(label: Any, values: Mapping[str, Sentence]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(values.items()))


def _towns() -> list[tuple[str, str]]:
    reach = current().reach
    rows = townships(str(settings.COUNTY))
    return [(one.code, one.name) for one in rows if reach.covers(path=one.path)]


class SheetForm(forms.Form):
    """What an alert says besides the words of the note."""

    event = WordsField(max_length=EVENT, multiline=False, label=gettext_lazy("What is happening"))
    event_en = WordsField(
        max_length=2 * EVENT, multiline=False, label=gettext_lazy("The same in English")
    )
    category = _chosen(gettext_lazy("Kind of danger"), CATEGORIES)
    severity = _chosen(gettext_lazy("How bad is it?"), SEVERITIES)
    urgency = _chosen(gettext_lazy("How soon?"), URGENCIES)
    certainty = _chosen(gettext_lazy("How sure is it?"), CERTAINTIES)
    response = _chosen(gettext_lazy("What should people do?"), RESPONSES)
    instruction = WordsField(
        max_length=INSTRUCTION, multiline=False, label=gettext_lazy("What to do, in a sentence")
    )
    instruction_en = WordsField(
        max_length=2 * INSTRUCTION,
        multiline=False,
        required=False,
        label=gettext_lazy("What to do, in English"),
    )
    hours = forms.IntegerField(
        min_value=1, max_value=MOST_HOURS, initial=24, label=gettext_lazy("For how many hours")
    )
    places = forms.MultipleChoiceField(
        required=False,
        choices=_towns,
        label=gettext_lazy("Where"),
        help_text=gettext_lazy("None ticked: wherever the note is about."),
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="alerts.describe", line="microblog")
def sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """Fill in the sheet of a warning; once handed in, it can only be read."""
    found = desk.note(id)
    kept = queries.sheet(id, found.latest)
    initial = {name: getattr(kept, name) for name in FIELDS} if kept else None
    form = SheetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(note=id, **form.cleaned_data)
        except Refusal as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("Kept."))
            return redirect("desk:note", id)
    context: dict[str, Any] = {"form": form, "note": found, "writing": found.stage in WRITING}
    return render(request, "alerts/sheet.html", context, status=400 if form.is_bound else 200)


def _tell(form: SheetForm, problem: Refusal) -> None:
    for name, sentence in (problem.fields or {"": problem.message}).items():
        form.add_error(name if name in form.fields else None, str(sentence))

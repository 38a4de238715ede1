"""Taking lists of matters out: what is asked for, how far it is, the file."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.pages import page
from zhitong.kernel.reveal import REVEAL
from zhitong.kernel.scope import current
from zhitong.kernel.sheets.writing import MEDIA_TYPES
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import files
from zhitong.loop.actions.exporting import FOLDER, KEPT, PERMIT, export_matters, take_up
from zhitong.loop.models import Export
from zhitong.loop.queries import exporting
from zhitong.loop.queries.exporting import Which
from zhitong.shell.routes import LINES

WHICH = {
    Which.NEXT: gettext_lazy("All open ones"),
    Which.LATE: gettext_lazy("Late"),
    Which.MINE: gettext_lazy("Mine"),
    Which.NEW: gettext_lazy("Not yet owned"),
    Which.ALL: gettext_lazy("All, ended ones too"),
}
AT_ONCE = 500
"""Lists up to this long are written while one waits."""


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], widget=widget)


class ExportForm(forms.Form):
    """Which matters, as what, and what for."""

    which = forms.ChoiceField(label=gettext_lazy("Which matters?"), choices=list(WHICH.items()))
    since = _day(gettext_lazy("Came in from"))
    until = _day(gettext_lazy("Came in until"))
    line = forms.ChoiceField(
        label=gettext_lazy("Line"),
        required=False,
        choices=[("", gettext_lazy("All lines")), *((one.key, one.name) for one in LINES)],
    )
    form = forms.ChoiceField(
        label=pgettext_lazy("file", "As"),
        choices=[("xlsx", gettext_lazy("Excel workbook")), ("csv", gettext_lazy("CSV table"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    personal = forms.BooleanField(
        label=gettext_lazy("With names, numbers and what was said"),
        required=False,
        help_text=gettext_lazy("Every resident in the list sees that you took it, and what for."),
    )
    purpose = WordsField(
        max_length=120,
        multiline=False,
        label=gettext_lazy("What is the list for?"),
        help_text=gettext_lazy("It is written down with your name."),
    )


def _offered(request: HttpRequest) -> ExportForm:
    """The form, without what this person may not ask for."""
    chosen = {"which": request.GET.get("view", ""), "form": "xlsx"}
    form = ExportForm(request.POST if request.method == "POST" else None, initial=chosen)
    if not {PERMIT, REVEAL} <= current().permits:
        del form.fields["personal"]
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.export")
def export(request: HttpRequest) -> HttpResponse:
    """Ask for a list; below stand those asked for before."""
    form = _offered(request)
    if form.is_valid():
        try:
            made = export_matters(**form.cleaned_data)
        except Invalid as refusal:
            _blame(form, refusal)
        else:
            if made.expected <= AT_ONCE:
                take_up(made)
            return redirect("loop:exported", made.pk)
    context = {"form": form, "lists": [_seen(one) for one in exporting.mine()]}
    return render(request, "loop/export.html", context, status=400 if form.errors else 200)


@require_safe
@page(permit="loop.export")
def exported(request: HttpRequest, id: UUID) -> HttpResponse:
    """How far one list is, and the way to its file."""
    return render(request, "loop/exported.html", {"list": _seen(exporting.export(id))})


@require_safe
@page(permit="loop.export")
def exported_file(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file itself, for a day."""
    row = exporting.export(id)
    if row.done_at is None or row.done_at + KEPT < now():
        raise NotFound(_("This file has gone. Ask for the list again."))
    try:
        body = b"".join(files.read(FOLDER, row.pk))
    except (FileNotFoundError, Unreadable) as problem:
        raise NotFound(_("This file has gone. Ask for the list again.")) from problem
    name = f"matters-{row.asked_at:%Y%m%d}-{row.pk.hex[-6:]}.{row.form}"
    response = HttpResponse(body, content_type=MEDIA_TYPES[row.form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _seen(row: Export) -> dict[str, object]:
    until = row.done_at + KEPT if row.done_at else None
    return {
        "row": row,
        "which": WHICH.get(row.wanted.get("which"), ""),
        "until": until,
        "there": until is not None and until > now(),
        "percent": min(100, row.written * 100 // max(1, row.expected)),
    }


def _blame(form: ExportForm, refusal: Invalid) -> None:
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))
    if not refusal.fields:
        form.add_error(None, str(refusal.message))

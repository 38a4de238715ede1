"""Monthly reports: the archive, asking for one, its page and its PDF."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.loop.actions.reporting import ask_report
from zhitong.loop.models import Report
from zhitong.loop.queries import rates, reporting
from zhitong.loop.web import papers
from zhitong.loop.web.reportwords import editions_of, told


class AskForm(forms.Form):
    """Which month, and as things stood at the end of which day."""

    month = forms.DateField(label=_("Month"), input_formats=["%Y-%m"])
    as_of = forms.DateField(
        label=_("As things stood at the end of"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The same day gives the same numbers, whenever the report is made."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.rates")
def reports(request: HttpRequest) -> HttpResponse:
    """The archive, and the form that asks for one more."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect("loop:report", ask_report(**form.cleaned_data))
        except Invalid as problem:
            for field, sentence in problem.fields.items():
                form.add_error(field, str(sentence))
    context = _archive(request.GET.get("after", "")) | {"form": form}
    return render(request, "loop/reports.html", context, status=400 if form.errors else 200)


def _archive(after: str) -> dict[str, Any]:
    found = reporting.archive(after=after)
    yesterday = timezone.localdate(now()) - reporting.DAY
    return {
        "rows": found.rows,
        "older": f"?after={found.following}" if found.following else "",
        "months": [f"{month:%Y-%m}" for month in rates.months_back(rates.KEPT_MONTHS)],
        "yesterday": f"{yesterday:%Y-%m-%d}",
        "may_ask": reporting.ASK in current().permits,
    }


@require_safe
@page(permit="loop.rates")
def report(request: HttpRequest, id: UUID) -> HttpResponse:
    """One report; while it is made, how far it is."""
    row = reporting.report(id)
    context: dict[str, Any] = {"report": row, "editions": editions_of(row)}
    if row.made_at:
        context |= told(row, _edition(request, row))
    return render(request, "loop/report.html", context)


@require_safe
@page(permit="loop.rates")
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The report as PDF."""
    row = _made(id)
    edition = _edition(request, row)
    context = told(row, edition) | {
        "report": row,
        "style": papers.style(),
        "language": get_language(),
    }
    response = HttpResponse(
        papers.pdf(render_to_string("loop/report_paper.html", context)),
        content_type="application/pdf",
    )
    name = f"report-{row.month:%Y-%m}-{row.last_day:%Y%m%d}-{edition}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@page(permit="loop.rates")
def numbers(request: HttpRequest, id: UUID) -> HttpResponse:
    """The very text that the signature signs."""
    del request
    response = HttpResponse(_made(id).numbers, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="numbers.json"'
    return response


def _made(id: UUID) -> Report:
    row = reporting.report(id)
    if not row.made_at:
        raise NotFound
    return row


def _edition(request: HttpRequest, row: Report) -> str:
    wanted = request.GET.get("edition", "")
    return wanted if wanted in editions_of(row) else "internal"

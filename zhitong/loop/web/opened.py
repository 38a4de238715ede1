"""The three rates for everybody: whole months by township, small numbers hidden."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import labels
from zhitong.kernel.pages import page
from zhitong.loop.domain.hiding import LEAST
from zhitong.loop.queries import rates
from zhitong.loop.schemes import counting


@require_safe
@page(public=True)
def month(request: HttpRequest) -> HttpResponse:
    """One published month; the newest one unless another one is asked for."""
    months = {f"{each:%Y-%m}": each for each in rates.open_months()[: rates.KEPT_MONTHS]}
    wanted = request.GET.get("month", "")
    chosen = wanted if wanted in months else next(iter(months), "")
    lines = rates.open_lines(months[chosen]) if chosen else []
    names = labels(code_of(line.town) for line in lines if line.town)
    context = {
        "months": list(months),
        "chosen": chosen,
        "rows": [(names.get(code_of(line.town), ""), line) for line in lines],
        "published_at": lines[0].published_at if lines else None,
        "least": LEAST,
        "rules": counting(),
    }
    return render(request, "loop/open_rates.html", context)

"""What would go tonight, and what went in the last nights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zhitong.kernel.clock import now
from zhitong.kernel.pages import page
from zhitong.kernel.permits import permit
from zhitong.kernel.retention.models import RetentionRun
from zhitong.kernel.retention.planning import plan

WATCH = permit("retention.watch", _("See what is over and goes"))
NIGHTS = 14


@require_safe
@page(permit=WATCH)
def over(request: HttpRequest) -> HttpResponse:
    """The last nights; and what is over now, for who asks: that looks through every table."""
    asked = request.GET.get("plan") == "now"
    lines = [line for line in plan(now(), counted=False) if line.over] if asked else []
    context = {
        "asked": asked,
        "lines": sorted(lines, key=lambda line: -line.over),
        "nights": [
            {"run": run, "gone_by": sorted(run.gone.items())}
            for run in RetentionRun.objects.order_by("-night")[:NIGHTS]
        ],
    }
    return render(request, "retention/over.html", context)

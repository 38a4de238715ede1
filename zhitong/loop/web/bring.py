"""What to bring: by category, for who comes to the counter or is visited."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhitong.kernel.pages import page
from zhitong.loop.categories import GROUPS, members


@require_safe
@page(public=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Every category for which something should be brought, in groups."""
    kept = [
        (group, [one for one in members(group.code) if one.evidence]) for group in GROUPS.values()
    ]
    return render(
        request, "loop/bring.html", {"groups": [(g, below) for g, below in kept if below]}
    )

"""Looking at stuck deliveries, and deciding about them."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.bus.models import Delivery
from zhitong.kernel.pages import page
from zhitong.kernel.worker import queries
from zhitong.kernel.worker.actions import LONGEST, retry, skip


class ReasonForm(forms.Form):
    """Why somebody decides as they do."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST,
        help_text=gettext_lazy("Goes into the audit log."),
    )


class Card:
    """A stuck delivery with its two forms, each with ids of its own."""

    def __init__(self, row: Delivery) -> None:
        self.row = row
        self.retry = ReasonForm(auto_id=f"retry-{row.pk}-%s")
        self.skip = ReasonForm(auto_id=f"skip-{row.pk}-%s")


@require_safe
@page(permit="bus.watch")
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits and what is stuck, a page at a time by key."""
    after = request.GET.get("after", "")
    rows = queries.stuck_page(int(after) if after.isdecimal() and len(after) < 19 else 0)
    cards = [Card(row) for row in rows[: queries.PAGE]]
    last = cards[-1].row.pk if len(rows) > queries.PAGE else None
    found = {"state": queries.state(), "cards": cards, "last": last}
    return render(request, "worker/outbox.html", found)


@page(permit="bus.retry")
@require_POST
def try_again(request: HttpRequest, delivery: int) -> HttpResponse:
    """Make a delivery due now."""
    retry(delivery=delivery, reason=_reason(request))
    messages.success(request, _("It will be tried again within a second."))
    return redirect("worker:outbox")


@page(permit="bus.skip")
@require_POST
def pass_over(request: HttpRequest, delivery: int) -> HttpResponse:
    """Give a delivery up."""
    skip(delivery=delivery, reason=_reason(request))
    messages.success(request, _("It was passed over; what waited behind it goes on."))
    return redirect("worker:outbox")


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:LONGEST]

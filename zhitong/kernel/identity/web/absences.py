"""My absence, and that of somebody who is ill."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zhitong.kernel.identity import deputies, queries
from zhitong.kernel.identity.actions.absences import (
    FROM_LIST,
    end_absence,
    record_absence,
    take_leave,
)
from zhitong.kernel.identity.models import Account
from zhitong.kernel.identity.web.answers import my_account, show
from zhitong.kernel.identity.web.forms import Door
from zhitong.kernel.pages import page


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, widget=widget, input_formats=["%Y-%m-%d"], initial=timezone.localdate
    )


class AbsenceForm(Door):
    """From when until when, and who stands in."""

    starts_on = _day(gettext_lazy("First day"))
    ends_on = _day(gettext_lazy("Last day"))
    deputy = forms.TypedChoiceField(
        label=gettext_lazy("Who stands in?"),
        coerce=UUID,
        error_messages={"invalid_choice": FROM_LIST},
    )

    def offer(self, people: Sequence[Account]) -> None:
        """Whom to choose from."""
        field = self.fields["deputy"]
        if isinstance(field, forms.ChoiceField):
            named = [(str(one.pk), one.name) for one in people]
            field.choices = [("", _("Please choose")), *named]


@page(permit="identity.take_leave")
def mine(request: HttpRequest) -> HttpResponse:
    """My leaves, for whom I stand in, and a new one."""
    account = my_account(request)
    form = _form(request, account)
    if request.method == "POST" and form.does(take_leave) is not None:
        messages.success(request, _("Recorded. Your deputy holds your posts in these days."))
        return redirect("identity:my_absence")
    return _page(request, form, account, own=True)


@page(permit="identity.record_absence")
def of_person(request: HttpRequest, account: UUID) -> HttpResponse:
    """The same for somebody else."""
    person = queries.account(account)
    form = _form(request, person)
    if request.method == "POST" and form.does(partial(record_absence, account=account)) is not None:
        messages.success(request, _("Recorded. The deputy holds their posts in these days."))
        return redirect("identity:absence", account=account)
    return _page(request, form, person, own=False)


@page(permit="identity.end_absence")
@require_POST
def end(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Back again, or not going."""
    whose = deputies.lasting(absence).account_id
    end_absence(absence=absence)
    messages.success(request, _("Ended. What the deputy held ended with it."))
    if whose == my_account(request).pk:
        return redirect("identity:my_absence")
    return redirect("identity:absence", account=whose)


def _form(request: HttpRequest, account: Account) -> AbsenceForm:
    form = AbsenceForm(request.POST or None)
    form.offer(deputies.candidates(account.pk))
    return form


def _page(request: HttpRequest, form: AbsenceForm, account: Account, *, own: bool) -> HttpResponse:
    context = {
        "account": account,
        "own": own,
        "absences": deputies.absences_of(account.pk),
        "others": deputies.stood_in_for(account.pk),
        "frame": "shell/base.html" if own else "shell/desk.html",
    }
    return show(request, "identity/absence.html", form, **context)

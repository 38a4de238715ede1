"""Who gets what: the rules in force, what they would say of a case, and a new one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.kernel.areas.codes import is_code, path_of
from zhitong.kernel.areas.queries import label
from zhitong.kernel.errors import NotFound, Refusal
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import actions, queries
from zhitong.loop.actions.routing import REASON
from zhitong.loop.categories import GROUPS, Choices, Words, label_of, members
from zhitong.loop.queries.routing import posts_above, routes
from zhitong.loop.web.places import on_the_way, picker_after
from zhitong.loop.web.why import why_told

SET = "set"
FIELDS = {"area": "town"}


def _about() -> Choices:
    """Anything, a whole group, or one category."""
    listed: Choices = [("", label_of(""))]
    for group in GROUPS.values():
        whole = gettext_lazy("All of: %(group)s") % {"group": group.label}
        below: list[tuple[str, Words]] = [(group.code, whole)]
        below += [(one.code, one.label) for one in members(group.code)]
        listed.append((group.label, below))
    return listed


class RouteForm(forms.Form):
    """A case, and the post that it shall go to from now on."""

    category = forms.ChoiceField(
        label=gettext_lazy("Group or category"), choices=_about, required=False
    )
    town = forms.CharField(required=False, max_length=12)
    village = forms.CharField(required=False, max_length=12)
    post = forms.UUIDField(label=gettext_lazy("Goes to"), widget=forms.Select)
    reason = WordsField(max_length=REASON, multiline=False, label=gettext_lazy("Reason"))
    starts_on = forms.DateField(
        label=gettext_lazy("From the day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Empty: from now on. What came in before stays where it is."),
    )

    def area(self) -> str:
        """The code of the chosen place; the whole county when none was chosen."""
        chosen = str(self.data.get("village") or self.data.get("town") or "")
        return chosen if is_code(chosen) else str(settings.COUNTY)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.set_route")
def rules(request: HttpRequest) -> HttpResponse:
    """The rules; a case is tried with one button, and decided anew with the other."""
    if request.method != "POST":
        return _page(request, RouteForm())
    form = RouteForm(request.POST)
    if request.POST.get("do") == SET and not on_the_way(request.POST):
        return _set(request, form)
    form.errors.clear()
    return _page(request, form, tried=not on_the_way(request.POST))


@require_POST
@page(permit="loop.end_route")
def end(request: HttpRequest) -> HttpResponse:
    """End one rule."""
    try:
        id = forms.UUIDField().clean(request.POST.get("route"))
    except forms.ValidationError as problem:
        raise NotFound from problem
    actions.end_route(id=id)
    messages.success(request, _("Ended. What came in by it stays where it is."))
    return redirect("loop:routes")


def _set(request: HttpRequest, form: RouteForm) -> HttpResponse:
    if form.is_valid():
        names = ("category", "post", "reason", "starts_on")
        try:
            actions.set_route(area=form.area(), **{name: form.cleaned_data[name] for name in names})
        except Refusal as problem:
            for name, sentence in (problem.fields or {"": problem.message}).items():
                form.add_error(FIELDS.get(name, name) or None, str(sentence))
        else:
            messages.success(request, _("Kept. New matters follow it within half a minute."))
            return redirect("loop:routes")
    return _page(request, form, tried=True, status=400)


def _page(
    request: HttpRequest, form: RouteForm, *, tried: bool = False, status: int = 200
) -> HttpResponse:
    path = path_of(form.area())
    error = form.errors.get("town", "") if form.is_bound else ""
    context: dict[str, Any] = {
        "form": form,
        "place": picker_after(form.data, error, finding=True),
        "rules": [(one, label_of(one.category)) for one in routes(within=current().reach.subtrees)],
        "posts": posts_above(path),
        "here": request.path,
    }
    if tried:
        context |= _tried(form)
    return render(request, "loop/routes.html", context, status=status)


def _tried(form: RouteForm) -> dict[str, Any]:
    """Who would get the case that the form describes, and why."""
    found = queries.routed(path=path_of(form.area()), category=form.data.get("category", ""))
    return {"found": found, "why": why_told(found.why), "tried": label(form.area())}

"""Keeping prepared answers: the list, a new one, a new version, the end."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Refusal, Sentence
from zhitong.kernel.pages import page
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import actions
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.actions.replying import TITLE
from zhitong.loop.categories import GROUPS, Choices, label_of, members
from zhitong.loop.domain.replies import GAPS
from zhitong.loop.models import Reply
from zhitong.loop.queries.replies import keepers, newest, replies

GAP_WORDS: dict[str, Sentence] = {
    "code": gettext_lazy("the matter's code"),
    "category": gettext_lazy("what it is about"),
    "place": gettext_lazy("the place"),
    "post": gettext_lazy("the post that owns it"),
    "office_phone": gettext_lazy("the office's telephone: typed by whoever answers"),
    "opened_day": gettext_lazy("the day it came in"),
    "due_day": gettext_lazy("the day something is due next"),
    "today": gettext_lazy("the day of the answer"),
    "officer": gettext_lazy("who answers"),
}


def _kinds() -> Choices:
    listed: Choices = []
    for group in GROUPS.values():
        whole = gettext_lazy("All of: %(group)s") % {"group": group.label}
        below: list[tuple[str, Sentence]] = [(group.code, whole)]
        below += [(one.code, one.label) for one in members(group.code)]
        listed.append((group.label, below))
    return listed


def _day(**told: Any) -> forms.DateField:
    written = "%Y-%m-%d"
    widget = forms.DateInput(format=written, attrs={"type": "date"})
    return forms.DateField(input_formats=[written], widget=widget, **told)


class ReplyForm(forms.Form):
    """A prepared answer."""

    title_zh = WordsField(max_length=TITLE, multiline=False, label=gettext_lazy("Title, Chinese"))
    title_en = WordsField(max_length=TITLE, multiline=False, label=gettext_lazy("Title, English"))
    body = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("Words to the resident"),
        help_text=gettext_lazy("Gaps are written like {{code}}; the list stands beside."),
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("For matters about"),
        choices=_kinds,
        required=False,
        help_text=gettext_lazy("Choose none for any."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    post = forms.ChoiceField(
        label=gettext_lazy("Belongs to"),
        help_text=gettext_lazy("It is offered for matters in the area of this post."),
    )
    starts_on = _day(label=gettext_lazy("From the day"))
    ends_on = _day(
        label=gettext_lazy("Until the day"),
        help_text=gettext_lazy("Empty: until it is ended."),
        required=False,
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["post"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(str(key), name) for key, name in keepers()]


@require_safe
@page(permit="loop.write_reply")
def listed(request: HttpRequest) -> HttpResponse:
    """The prepared answers of posts within reach, those that hold or those that are over."""
    over = request.GET.get("view") == "over"
    rows = [(row, [label_of(code) for code in row.categories]) for row in replies(over=over)]
    context = {"rows": rows, "over": over, "today": timezone.localdate(now())}
    return render(request, "loop/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.write_reply")
def new(request: HttpRequest) -> HttpResponse:
    """Write one."""
    if request.method == "POST":
        return _write(request, None)
    return _page(request, ReplyForm(initial={"starts_on": timezone.localdate(now())}), None)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.write_reply")
def edit(request: HttpRequest, family: UUID) -> HttpResponse:
    """Write a new version of one; the old one stays as it was used."""
    last = newest(family)
    if request.method == "POST":
        return _write(request, last)
    names = ("title_zh", "title_en", "body", "categories", "ends_on", "version")
    start: dict[str, Any] = {name: getattr(last, name) for name in names}
    today = timezone.localdate(now())
    start |= {"post": str(last.post_id), "starts_on": max(today, last.starts_on)}
    if last.ends_on and last.ends_on < today:
        start["ends_on"] = None
    return _page(request, ReplyForm(initial=start), last)


@require_POST
@page(permit="loop.end_reply")
def end(request: HttpRequest, family: UUID) -> HttpResponse:
    """Offer it no more."""
    actions.end_reply(family=family)
    messages.success(request, _("Ended. It is not offered any more."))
    return redirect("loop:replies")


def _write(request: HttpRequest, last: Reply | None) -> HttpResponse:
    form = ReplyForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        data["post"] = UUID(data["post"])
        try:
            actions.write_reply(**data, family=last.family if last else None)
        except Refusal as problem:
            for name, sentence in (problem.fields or {"": problem.message}).items():
                form.add_error(name or None, str(sentence))
        else:
            messages.success(request, _("Kept. It is offered from its first day on."))
            return redirect("loop:replies")
    return _page(request, form, last, status=400)


def _page(
    request: HttpRequest, form: ReplyForm, last: Reply | None, *, status: int = 200
) -> HttpResponse:
    gaps = [(name, GAP_WORDS[name]) for name in GAPS]
    context = {"form": form, "last": last, "gaps": gaps, "here": request.path}
    return render(request, "loop/reply.html", context, status=status)

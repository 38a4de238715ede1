"""Work among colleagues: what is asked of me, and what the lead of a matter asks of others."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.identity.queries import posts_serving
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import queries
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.actions.tasks import cancel_task, end_task, set_task
from zhitong.loop.domain import Stage, Verb, possible
from zhitong.loop.domain.tasks import TaskState
from zhitong.loop.models import Matter, Task
from zhitong.loop.queries import tasks
from zhitong.loop.web.attempts import attempt
from zhitong.loop.web.departures import title
from zhitong.loop.web.forms import VersionField
from zhitong.loop.web.taskwords import MOOT, STATES
from zhitong.shell import timewords

DONE = "done"


class TaskForm(forms.Form):
    """What is asked of which post, by when."""

    post = forms.UUIDField(label=gettext_lazy("Which post?"), widget=forms.Select)
    text = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("What shall they do?"),
        help_text=gettext_lazy("Only staff see this. The resident never does."),
    )
    due_on = forms.DateField(
        label=gettext_lazy("By which day?"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("No later than the matter itself is due."),
    )
    version = VersionField()


@dataclass(frozen=True, slots=True)
class Asked:
    """One task as it is read."""

    row: Task
    title: str
    due: str
    late: bool
    state: Promise

    @property
    def open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.row.state == TaskState.OPEN and self.row.matter.is_open


@require_safe
@page(permit="loop.end_task")
def mine(request: HttpRequest) -> HttpResponse:
    """What other posts ask of mine, soonest due first, and what has ended of it lately."""
    posts = current().posts
    context = {
        "open": [_asked(row) for row in tasks.asked_of(posts)],
        "ended": [_asked(row) for row in tasks.ended_lately(posts)],
    }
    return render(request, "loop/tasks.html", context)


@require_POST
@page(permit="loop.end_task")
def end(request: HttpRequest, id: UUID) -> HttpResponse:
    """Done, or declined with a reason."""
    done = request.POST.get("do") == DONE
    end_task(id=id, done=done, answer=request.POST.get("answer", ""))
    messages.success(request, _("Written down. The lead sees it on the timeline."))
    return redirect("loop:tasks")


@require_POST
@page(permit="loop.cancel_task")
def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    """The lead does not need it any more."""
    code = tasks.task(id).matter.code
    cancel_task(id=id, reason=request.POST.get("reason", ""))
    messages.success(request, _("Cancelled. The other post sees it."))
    return redirect("loop:matter_tasks", code)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.set_task")
def of_matter(request: HttpRequest, code: str) -> HttpResponse:
    """Everything asked about one matter; its lead can ask for more."""
    matter = queries.by_code(code)
    if request.method != "POST":
        return _page(request, matter, TaskForm(initial={"version": matter.version}))
    form = TaskForm(request.POST)
    if status := attempt(form, matter, partial(set_task, id=matter.pk)):
        return _page(request, matter, form, status)
    messages.success(request, _("Asked. You go on answering for the whole."))
    return redirect("loop:matter_tasks", code)


def _page(request: HttpRequest, matter: Matter, form: TaskForm, status: int = 200) -> HttpResponse:
    leads = matter.owner_id in current().posts
    asks = leads and Verb.SET_TASK in possible(Stage(matter.stage))
    context = {
        "matter": matter,
        "tasks": [_asked(row) for row in tasks.tasks_of(matter)],
        "leads": leads,
        "asks": asks,
        "form": form,
        "posts": posts_serving(matter.area_path).exclude(pk=matter.owner_id) if asks else (),
    }
    return render(request, "loop/matter_tasks.html", context, status=status)


def _asked(row: Task) -> Asked:
    today: date = timezone.localdate()
    late = row.state == TaskState.OPEN and row.due_on < today
    due = timewords.day_of(row.due_on, today)
    moot = row.state == TaskState.OPEN and not row.matter.is_open
    return Asked(
        row, title(row.matter.words), due, late and not moot, MOOT if moot else STATES[row.state]
    )

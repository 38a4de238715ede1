"""Who is told of what, how telling them goes, and deciding about it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.areas.queries import labels
from zhitong.kernel.errors import Invalid, Sentence
from zhitong.kernel.outbound.trouble import KINDS
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.kernel.webhooks import actions, queries
from zhitong.kernel.webhooks.models import WebhookAttempt, WebhookMessage
from zhitong.kernel.webhooks.offers import OFFERS
from zhitong.kernel.webhooks.words import PING_LABEL


class WebhookForm(forms.Form):
    """Whom to tell, where, and of what."""

    name = WordsField(max_length=80, multiline=False, label=gettext_lazy("Name of the system"))
    url = forms.CharField(
        max_length=500,
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("https://…, reachable from the internet."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    facts = forms.MultipleChoiceField(
        label=gettext_lazy("What shall it be told?"), widget=forms.CheckboxSelectMultiple
    )
    path = forms.ChoiceField(label=gettext_lazy("Area"))

    def offer(self) -> None:
        """What there is to choose from."""
        facts, path = self.fields["facts"], self.fields["path"]
        if isinstance(facts, forms.MultipleChoiceField) and isinstance(path, forms.ChoiceField):
            facts.choices = [(name, str(one.label)) for name, one in OFFERS.items()]
            paths = current().reach.subtrees
            names = labels([one.replace("/", "") for one in paths])
            path.choices = [(one, names[one.replace("/", "")]) for one in paths]


@require_safe
@page(permit=actions.WATCH)
def webhooks(request: HttpRequest) -> HttpResponse:
    """All webhooks within reach."""
    return render(request, "webhooks/webhooks.html", {"webhooks": queries.webhooks()})


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="webhooks.subscribe")
def new(request: HttpRequest) -> HttpResponse:
    """A new webhook; its secret is shown once."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    form.offer()
    if form.is_valid():
        try:
            id, secret = actions.subscribe(**form.cleaned_data)
        except Invalid as refusal:
            for name, sentence in refusal.fields.items():
                form.add_error(name, str(sentence))
        else:
            return _told(request, id, secret)
    status = 400 if form.errors else 200
    return render(request, "webhooks/new.html", {"form": form}, status=status)


@require_safe
@page(permit=actions.WATCH)
def webhook(request: HttpRequest, id: UUID) -> HttpResponse:
    """One webhook: what it is told, and every message with its tries."""
    hook, area = queries.webhook(id)
    sent = queries.sent(hook, before=request.GET.get("before", ""))
    context = {
        "hook": hook,
        "area": area,
        "facts": [OFFERS[name].label for name in hook.facts if name in OFFERS],
        "messages_": [_seen(message) for message in sent.messages],
        "older": sent.following
        and f"{reverse('webhooks:webhook', args=[id])}?before={sent.following}",
    }
    return render(request, "webhooks/webhook.html", context)


@require_POST
@page(permit="webhooks.rotate")
def rotated(request: HttpRequest, id: UUID) -> HttpResponse:
    """A new secret, shown once."""
    return _told(request, id, actions.rotate(webhook=id))


@require_POST
@page(permit="webhooks.end")
def ended(request: HttpRequest, id: UUID) -> HttpResponse:
    """Tell it nothing more."""
    actions.end(webhook=id)
    messages.success(request, _("Ended. It is told nothing more."))
    return redirect("webhooks:webhooks")


@require_POST
@page(permit="webhooks.resume")
def resumed(request: HttpRequest, id: UUID) -> HttpResponse:
    """Go on after a pause."""
    actions.resume(webhook=id)
    messages.success(request, _("It is told again from now on."))
    return redirect("webhooks:webhook", id)


@require_POST
@page(permit="webhooks.ping")
def pinged(request: HttpRequest, id: UUID) -> HttpResponse:
    """A test message."""
    actions.ping(webhook=id)
    messages.success(request, _("Sent. What came back is shown below in a moment."))
    return redirect("webhooks:webhook", id)


@require_POST
@page(permit="webhooks.replay")
def replayed(request: HttpRequest, id: UUID) -> HttpResponse:
    """A message once more."""
    hook = actions.replay(message=id)
    messages.success(request, _("Sent. What came back is shown below in a moment."))
    return redirect("webhooks:webhook", hook)


def _told(request: HttpRequest, id: UUID, secret: str) -> HttpResponse:
    return render(request, "webhooks/secret.html", {"id": id, "secret": secret})


def _seen(message: WebhookMessage) -> dict[str, object]:
    offered = OFFERS.get(message.fact)
    tries = sorted(message.tries.all(), key=lambda one: one.pk)
    return {
        "row": message,
        "label": offered.label if offered else PING_LABEL,
        "tries": [(one, _result(one)) for one in tries],
    }


def _result(attempt: WebhookAttempt) -> Sentence:
    """What came of a try: the status, or the trouble."""
    if attempt.status is not None:
        return f"HTTP {attempt.status}"
    return KINDS.get(attempt.trouble, _("The secret cannot be opened. Change it."))

"""Programs and their keys."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.identity import queries
from zhitong.kernel.identity.actions.clients import end_api_key, issue_api_key
from zhitong.kernel.identity.roles import PROGRAM
from zhitong.kernel.identity.web.answers import show
from zhitong.kernel.identity.web.forms import ClientForm
from zhitong.kernel.pages import page
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.scope import current


@require_safe
@page(permit="identity.issue_api_key")
def clients(request: HttpRequest) -> HttpResponse:
    """All programs that have or had a key."""
    return render(request, "identity/clients.html", {"clients": queries.api_clients()})


@page(permit="identity.issue_api_key")
def new(request: HttpRequest) -> HttpResponse:
    """A key for a program, shown once."""
    form = ClientForm(request.POST or None)
    offered = {name: PERMITS[name] for name in PROGRAM}
    form.offer(offered, paths=current().reach.subtrees)
    if request.method == "POST" and (made := form.does(issue_api_key)):
        return render(request, "identity/client_key.html", {"key": made[1]})
    return show(request, "identity/new_client.html", form)


@page(permit="identity.end_api_key")
@require_POST
def end(request: HttpRequest, client: UUID) -> HttpResponse:
    """End a key."""
    end_api_key(client=client)
    return redirect("identity:clients")

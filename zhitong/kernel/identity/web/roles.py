"""Roles: sets of permits."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhitong.kernel.identity import queries
from zhitong.kernel.identity.actions.posts import set_role
from zhitong.kernel.identity.web.answers import show
from zhitong.kernel.identity.web.forms import RoleForm
from zhitong.kernel.pages import page
from zhitong.kernel.permits import PERMITS


@require_safe
@page(permit="identity.people")
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do."""
    named = [
        (row, [PERMITS[one] for one in row.permits if one in PERMITS]) for row in queries.roles()
    ]
    return render(request, "identity/roles.html", {"roles": named})


@page(permit="identity.set_role")
def role(request: HttpRequest, role: str) -> HttpResponse:
    """Change a role's permits."""
    row = queries.role(role)
    form = RoleForm(request.POST or None, initial={"permits": row.permits})
    form.offer(PERMITS)
    if request.method == "POST":
        form.does(partial(set_role, role=row.name))
        if form.is_valid():
            return redirect("identity:roles")
    return show(request, "identity/role.html", form, role=row)

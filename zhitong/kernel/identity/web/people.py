"""Who serves where: accounts, posts and appointments, and changing them."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.identity import queries
from zhitong.kernel.identity.actions import people as accounts
from zhitong.kernel.identity.actions.posts import (
    appoint,
    break_glass,
    create_post,
    end_appointment,
)
from zhitong.kernel.identity.web.answers import show
from zhitong.kernel.identity.web.forms import (
    AccountForm,
    AppointForm,
    BreakGlassForm,
    PostForm,
    ReasonForm,
)
from zhitong.kernel.pages import page


@require_safe
@page(permit="identity.people")
def people(request: HttpRequest) -> HttpResponse:
    """Accounts in order of name, with what they hold today."""
    words = request.GET.get("q", "").strip()[:60]
    rows = queries.people(after=request.GET.get("after", "")[:120], words=words)
    seen = rows[: queries.PEOPLE_PER_PAGE]
    held = queries.appointments_of(seen)
    older = ""
    if len(rows) > len(seen):
        older = f"?{urlencode({'q': words, 'after': queries.page_key(seen[-1])})}"
    listed = [(one, held[one.pk]) for one in seen]
    context = {"people": listed, "words": words, "older": older}
    return render(request, "identity/people.html", context)


@require_safe
@page(permit="identity.people")
def person(request: HttpRequest, account: UUID) -> HttpResponse:
    """One account, all its appointments, and what can be done with it."""
    context = {
        "account": queries.account(account),
        "appointments": [(one, queries.over(one)) for one in queries.all_appointments(account)],
        "reason_form": ReasonForm(),
    }
    return render(request, "identity/person.html", context)


@page(permit="identity.create_account")
def new(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and (made := form.does(accounts.create_account)):
        return _first_password(request, *made)
    return show(request, "identity/new_account.html", form)


@page(permit="identity.appoint")
def appoint_person(request: HttpRequest, account: UUID) -> HttpResponse:
    """Appoint somebody."""
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.does(partial(appoint, account=account)) is not None:
        return redirect("identity:person", account=account)
    return show(request, "identity/appoint.html", form, account=queries.account(account))


@page(permit="identity.end_appointment")
@require_POST
def end(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """End an appointment now."""
    end_appointment(appointment=appointment)
    return redirect("identity:people")


@page(permit="identity.set_account_active")
@require_POST
def active(request: HttpRequest, account: UUID) -> HttpResponse:
    """Close an account or open it again."""
    accounts.set_account_active(account=account, active=request.POST.get("active") == "1")
    return redirect("identity:person", account=account)


@page(permit="identity.reset_password")
@require_POST
def password(request: HttpRequest, account: UUID) -> HttpResponse:
    """A new first password, shown once."""
    return _first_password(request, account, accounts.reset_password(account=account))


@page(permit="identity.reset_second_factor")
@require_POST
def second_factor(request: HttpRequest, account: UUID) -> HttpResponse:
    """Forget a lost second factor."""
    reason = request.POST.get("reason", "")
    accounts.reset_second_factor(account=account, reason=reason)
    return redirect("identity:person", account=account)


@require_safe
@page(permit="identity.people")
def posts(request: HttpRequest) -> HttpResponse:
    """All posts of the county."""
    rows = queries.posts_page(after=request.GET.get("after", "")[:160])
    seen = rows[: queries.PEOPLE_PER_PAGE]
    last = seen[-1] if len(rows) > len(seen) else None
    older = f"?{urlencode({'after': f'{last.path}|{last.name}'})}" if last else ""
    return render(request, "identity/posts.html", {"posts": seen, "older": older})


@page(permit="identity.create_post")
def new_post(request: HttpRequest) -> HttpResponse:
    """A new post."""
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.does(create_post) is not None:
        return redirect("identity:posts")
    return show(request, "identity/new_post.html", form)


@page(permit="identity.break_glass")
def break_the_glass(request: HttpRequest) -> HttpResponse:
    """Take a further role for some hours."""
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.does(break_glass) is not None:
        return redirect("identity:me")
    return show(request, "identity/break_glass.html", form)


def _first_password(request: HttpRequest, account: UUID, first: str) -> HttpResponse:
    context = {"account": queries.account(account), "first": first}
    return render(request, "identity/first_password.html", context)

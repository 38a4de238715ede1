"""The staff door: password, second factor, first password, and out again."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from zhitong.kernel.identity import sign_ins, staff_door
from zhitong.kernel.identity.actions import doors
from zhitong.kernel.identity.domain import Stage
from zhitong.kernel.identity.middleware import sign_in_of
from zhitong.kernel.identity.models import Account, SignIn
from zhitong.kernel.identity.scopes import leaving_scope
from zhitong.kernel.identity.web import enrolling
from zhitong.kernel.identity.web.answers import (
    at_stage,
    let_in,
    show,
    way_on,
    who,
    with_token,
)
from zhitong.kernel.identity.web.forms import CodeForm, EnrolForm, NewPasswordForm, SignInForm
from zhitong.kernel.pages import page
from zhitong.kernel.scope import acting


@sensitive_post_parameters()
@page(public=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password."""
    form = SignInForm(request.POST or None)
    if request.method == "POST":
        before = sign_in_of(request)
        enter = partial(staff_door.enter, replaces=before.pk if before else None, **who(request))
        if opened := form.does(enter):
            return let_in(request, opened)
    return show(request, "identity/sign_in.html", form)


@sensitive_post_parameters()
@page(public=True)
def second(request: HttpRequest) -> HttpResponse:
    """The second factor; for the first time, setting one up."""
    waiting = at_stage(request, Stage.SECOND)
    if waiting is None or waiting.account_id is None:
        return redirect("identity:sign_in")
    account = Account.objects.get(pk=waiting.account_id)
    if not staff_door.has_factor(account):
        return _enrol(request, waiting, account)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (opened := form.does(staff_door.prove_code, sign_in=waiting)):
        return let_in(request, opened)
    return show(request, "identity/second.html", form, passkeys=staff_door.has_passkey(account))


def _enrol(request: HttpRequest, waiting: SignIn, account: Account) -> HttpResponse:
    form = EnrolForm(request.POST or None, initial={"secret": enrolling.fresh(account)})
    if request.method == "POST" and (
        done := form.does(partial(enrolling.enrol, account=account), sign_in=waiting)
    ):
        opened, codes = done
        context = {"codes": codes, "onward": way_on(request, opened)}
        return with_token(request, render(request, "identity/codes.html", context), opened)
    picture = enrolling.picture(form, account)
    return show(request, "identity/enrol.html", form, **picture)


@sensitive_post_parameters()
@page(public=True)
def first_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own instead of the one that was handed out."""
    waiting = at_stage(request, Stage.RENEW)
    if waiting is None:
        return redirect("identity:sign_in")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and (
        opened := form.does(staff_door.renew_password, sign_in=waiting)
    ):
        return let_in(request, opened)
    return show(request, "identity/password.html", form, first=True)


@page(public=True)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this sign-in, whoever's and however far it has come."""
    leaving = sign_in_of(request)
    if leaving is not None:
        with acting(leaving_scope(leaving)):
            doors.sign_out(sign_in=leaving.pk)
    response = redirect("shell:home")
    sign_ins.take_cookie(response)
    return response

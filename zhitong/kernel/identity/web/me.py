"""My account: where I am signed in, and what proves that I am I."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.identity import own_door, queries, sign_ins, staff_door
from zhitong.kernel.identity.actions.own import end_sign_ins
from zhitong.kernel.identity.actions.residents import forget_me
from zhitong.kernel.identity.models import Account
from zhitong.kernel.identity.scopes import appointments_now
from zhitong.kernel.identity.web import enrolling
from zhitong.kernel.identity.web.answers import my_account, my_sign_in, show, with_token
from zhitong.kernel.identity.web.forms import (
    AuthenticatorForm,
    NewPasswordForm,
    PasswordAgainForm,
)
from zhitong.kernel.pages import page


@require_safe
@page(signed_in=True)
def me(request: HttpRequest) -> HttpResponse:
    """Sign-ins of mine, and for staff posts, password, authenticator and passkeys."""
    mine = my_sign_in(request)
    living = queries.living_sign_ins(account_id=mine.account_id, resident_key=mine.resident_key)
    context = {"mine": mine, "sign_ins": living}
    if mine.account_id:
        account = Account.objects.get(pk=mine.account_id)
        context |= {"account": account, "appointments": appointments_now(account.pk)}
    return render(request, "identity/me.html", context)


@page(permit="identity.end_sign_ins")
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    end_sign_ins()
    response = redirect("shell:home")
    sign_ins.take_cookie(response)
    return response


@page(permit="identity.forget_me")
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Remove a resident's number and sign-ins."""
    forget_me()
    response = redirect("shell:home")
    sign_ins.take_cookie(response)
    return response


@sensitive_post_parameters()
@page(permit="identity.change_password")
def password(request: HttpRequest) -> HttpResponse:
    """Another password; other sign-ins end."""
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST":
        renew = partial(staff_door.renew_password, sign_in=my_sign_in(request))
        if opened := form.does(renew):
            return with_token(request, redirect("identity:me"), opened)
    return show(request, "identity/password.html", form)


@sensitive_post_parameters()
@page(permit="identity.confirm_authenticator")
def authenticator(request: HttpRequest) -> HttpResponse:
    """Another authenticator."""
    here, account = my_sign_in(request), my_account(request)
    form = AuthenticatorForm(request.POST or None, initial={"secret": enrolling.fresh(account)})
    if request.method == "POST" and (
        codes := form.does(partial(enrolling.replace, sign_in=here, account=account))
    ):
        return render(request, "identity/codes.html", {"codes": codes})
    picture = enrolling.picture(form, account)
    present = bool(account.totp_secret)
    return show(request, "identity/authenticator.html", form, present=present, **picture)


@sensitive_post_parameters()
@page(permit="identity.renew_recovery_codes")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes."""
    form = PasswordAgainForm(request.POST or None)
    if request.method == "POST" and (
        codes := form.does(own_door.new_recovery_codes, sign_in=my_sign_in(request))
    ):
        return render(request, "identity/codes.html", {"codes": codes})
    return show(request, "identity/recovery.html", form)

"""Changing what proves oneself: always with the password once more, counted like a sign-in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.errors import Denied, Invalid
from zhitong.kernel.identity import passkeys, passwords, throttle, totp
from zhitong.kernel.identity.actions.own import (
    add_passkey,
    confirm_authenticator,
    renew_recovery_codes,
)
from zhitong.kernel.identity.models import Account, SignIn
from zhitong.kernel.identity.staff_door import (
    PASSWORD_DOOR,
    WRONG_CODE,
    WRONG_KEY,
    refused,
)


@sensitive_variables()
def set_up_authenticator(*, sign_in: SignIn, secret: str, code: str, password: str) -> list[str]:
    """Keep a new authenticator instead of the present one; returns new recovery codes."""
    _confirm(sign_in, password)
    step = totp.fitting_step(secret, code, after=0)
    if step is None:
        raise Invalid(fields={"code": WRONG_CODE})
    return confirm_authenticator(secret=secret, step=step)


@sensitive_variables()
def new_recovery_codes(*, sign_in: SignIn, password: str) -> list[str]:
    """New recovery codes instead of all present ones."""
    _confirm(sign_in, password)
    return renew_recovery_codes()


@sensitive_variables()
def ask_passkey(*, sign_in: SignIn, password: str, host: str) -> dict[str, Any]:
    """The options with which the browser makes a passkey."""
    account = _confirm(sign_in, password)
    return passkeys.ask_to_register(sign_in, account, host=host)


@sensitive_variables()
def keep_passkey(*, sign_in: SignIn, host: str, label: str, answer: Mapping[str, Any]) -> None:
    """Keep the passkey that the browser made for the question asked before."""
    try:
        credential = passkeys.check_registration(sign_in, host=host, answer=answer)
    except Invalid as problem:
        raise Invalid(fields={"passkey": WRONG_KEY}) from problem
    add_passkey(label=label, credential=credential)


def _confirm(sign_in: SignIn, password: str) -> Account:
    if sign_in.account_id is None:
        raise Denied
    account = Account.objects.get(pk=sign_in.account_id)
    left = throttle.knock({PASSWORD_DOOR: str(account.pk)})[PASSWORD_DOOR]
    if not passwords.fits(account, password):
        refusal = Invalid(fields={"password": _("This is not your present password.")})
        raise refused(account, "change", refusal, locked=left == 0)
    throttle.forget(PASSWORD_DOOR, str(account.pk))
    return account

"""A new authenticator's secret travels signed in its form; nothing is kept before a code fits."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity import own_door, staff_door, totp
from zhitong.kernel.identity.actions.doors import Opened
from zhitong.kernel.identity.models import Account, SignIn
from zhitong.kernel.identity.web.forms import Door

SECONDS = 600
TOO_OLD = _("This picture is too old. Scan the new one.")


@sensitive_variables()
def fresh(account: Account) -> str:
    """A new secret, signed for this account."""
    return signing.dumps(totp.new_secret(), salt=_salt(account))


@sensitive_variables()
def enrol(
    *, sign_in: SignIn, account: Account, secret: str, typed: str
) -> tuple[Opened, list[str]]:
    """Set the first authenticator up in the middle of signing in."""
    return staff_door.enrol(sign_in=sign_in, secret=_plain(secret, account), typed=typed)


@sensitive_variables()
def replace(
    *, sign_in: SignIn, account: Account, secret: str, code: str, password: str
) -> list[str]:
    """Set another authenticator up."""
    return own_door.set_up_authenticator(
        sign_in=sign_in, secret=_plain(secret, account), code=code, password=password
    )


@sensitive_variables()
def picture(form: Door, account: Account) -> dict[str, Any]:
    """The QR code and the secret in groups of four; a fresh one when the form's is too old."""
    try:
        secret = _plain(str(form["secret"].value()), account)
    except Invalid:
        signed = fresh(account)
        form.data = {**form.data, "secret": signed}
        secret = _plain(signed, account)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"qr": totp.picture(secret, account.username), "secret": groups}


def _plain(signed: str, account: Account) -> str:
    try:
        return str(signing.loads(signed, salt=_salt(account), max_age=SECONDS))
    except signing.BadSignature:
        raise Invalid(TOO_OLD) from None


def _salt(account: Account) -> str:
    return f"identity.authenticator:{account.pk}"

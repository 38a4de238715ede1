"""The staff door, step by step: count the try, judge it in even time, then act.

Judging happens outside any transaction: a password takes a tenth of a second to check, and
nobody else's write should wait for that.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Denied, Invalid, Refusal
from zhitong.kernel.identity import passkeys, passwords, roles, throttle, totp
from zhitong.kernel.identity.actions.doors import (
    Opened,
    Proof,
    open_sign_in,
    prove,
    refuse_sign_in,
)
from zhitong.kernel.identity.actions.own import change_password, confirm_authenticator
from zhitong.kernel.identity.domain import Factor, Stage, plain_recovery_code, plain_username
from zhitong.kernel.identity.models import Account, Passkey, RecoveryCode, SignIn
from zhitong.kernel.identity.recovery import recovery_digest
from zhitong.kernel.identity.scopes import door_scope, public_scope
from zhitong.kernel.scope import Scope, acting

PASSWORD_DOOR = "password.account"  # noqa: S105
WRONG = _("User name or password is wrong. After five wrong tries the door stays shut for a while.")
WRONG_CODE = _("This code does not fit. Look at the newest one and type all six digits.")
WRONG_KEY = _("This passkey was not accepted. Try again, or use your authenticator.")


@sensitive_variables()
def enter(
    *, username: str, password: str, address: str, agent: str, replaces: UUID | None = None
) -> Opened:
    """Sign in with user name and password.

    Raises TooMany after too many tries for this name or from this address, and Invalid, in the
    same words and the same time, for an unknown name, a wrong password and a closed account.
    """
    name = plain_username(username)
    left = throttle.knock({"sign_in.address": address, "sign_in.account": name or username[:40]})
    account = Account.objects.filter(username=name).first() if name else None
    if not passwords.fits(account, password) or account is None or not account.active:
        raise refused(account, "password", Invalid(WRONG), locked=left["sign_in.account"] == 0)
    throttle.forget("sign_in.account", name)
    throttle.forgive("sign_in.address", address)
    with acting(door_scope(account, {"identity.sign_in"})):
        return open_sign_in(account=account.pk, agent=agent, replaces=replaces)


@sensitive_variables()
def prove_code(*, sign_in: SignIn, typed: str) -> Opened:
    """Bring a sign-in further with six digits of the authenticator, or with a recovery code."""
    account, left = _knock(sign_in)
    proof = _totp_proof(account, typed) or _recovery_proof(account, typed)
    if proof is None:
        raise refused(account, "code", Invalid(fields={"code": WRONG_CODE}), locked=left == 0)
    return _prove(sign_in, account, proof)


@sensitive_variables()
def prove_passkey(*, sign_in: SignIn, host: str, answer: Mapping[str, Any]) -> Opened:
    """Bring a sign-in further with the answer of a passkey to the challenge it was given."""
    account, left = _knock(sign_in)
    try:
        key, count = passkeys.check_answer(sign_in, host=host, answer=answer)
    except Invalid:
        refusal = Invalid(fields={"passkey": WRONG_KEY})
        raise refused(account, "passkey", refusal, locked=left == 0) from None
    return _prove(sign_in, account, Proof(Factor.PASSKEY, str(key.pk), count))


@sensitive_variables()
def enrol(*, sign_in: SignIn, secret: str, typed: str) -> tuple[Opened, list[str]]:
    """Set the first authenticator up while signing in; returns recovery codes to print, too.

    Refused once the account has a factor: knowing the password must not be enough to add one.
    """
    account, left = _knock(sign_in)
    if has_factor(account):
        raise Denied(reason="identity.confirm_authenticator")
    step = totp.fitting_step(secret, typed, after=0)
    if step is None:
        raise refused(account, "code", Invalid(fields={"code": WRONG_CODE}), locked=left == 0)
    with acting(_at_the_door(account)):
        codes = confirm_authenticator(secret=secret, step=step - 1)
    return _prove(sign_in, account, Proof(Factor.TOTP, str(step))), codes


@sensitive_variables()
def renew_password(*, sign_in: SignIn, old: str, new: str) -> Opened:
    """Change the password, in the middle of signing in or later; ends all other sign-ins."""
    if sign_in.account_id is None or sign_in.stage == Stage.SECOND:
        raise Denied(reason="identity.change_password")
    account = Account.objects.get(pk=sign_in.account_id)
    left = throttle.knock({PASSWORD_DOOR: str(account.pk)})[PASSWORD_DOOR]
    if not passwords.fits(account, old):
        sentence = _("This is not your present password.")
        raise refused(account, "change", Invalid(fields={"old": sentence}), locked=left == 0)
    throttle.forget(PASSWORD_DOOR, str(account.pk))
    passwords.check_new(new, account)
    with acting(_at_the_door(account)):
        return change_password(password=new, sign_in=sign_in.pk)


def has_factor(account: Account) -> bool:
    """Whether a second factor is set up."""
    return bool(account.totp_secret) or has_passkey(account)


def has_passkey(account: Account) -> bool:
    """Whether a passkey can answer."""
    return Passkey.objects.filter(account=account).exists()


def refused(account: Account | None, door: str, refusal: Refusal, *, locked: bool) -> Refusal:
    """Write the refusal down, in a transaction of its own, and hand it back to be raised."""
    scope = public_scope()
    allowed = Scope(scope.actor, scope.reach, roles.DOOR, "sign-in")
    with acting(allowed):
        refuse_sign_in(account=account.pk if account else None, door=door, locked=locked)
    return refusal


def _knock(sign_in: SignIn) -> tuple[Account, int]:
    if sign_in.account_id is None or sign_in.stage != Stage.SECOND:
        raise Denied(reason="identity.prove")
    left = throttle.knock({"second.account": str(sign_in.account_id)})
    return Account.objects.get(pk=sign_in.account_id), left["second.account"]


def _prove(sign_in: SignIn, account: Account, proof: Proof) -> Opened:
    with acting(door_scope(account, {"identity.prove"})):
        opened = prove(sign_in=sign_in.pk, proof=proof)
    throttle.forget("second.account", str(account.pk))
    return opened


def _at_the_door(account: Account) -> Scope:
    return door_scope(account, roles.STAFF)


def _totp_proof(account: Account, typed: str) -> Proof | None:
    if not account.totp_secret:
        return None
    secret = unsealed(account.totp_secret)
    step = totp.fitting_step(secret, typed, after=account.totp_last_step)
    return None if step is None else Proof(Factor.TOTP, str(step))


def _recovery_proof(account: Account, typed: str) -> Proof | None:
    digest = recovery_digest(account.pk, plain_recovery_code(typed))
    unused = RecoveryCode.objects.filter(account=account, digest=digest, used_at=None)
    return Proof(Factor.RECOVERY, digest) if unused.exists() else None

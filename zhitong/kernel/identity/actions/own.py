"""What people do with their own account. Nobody can do any of it for somebody else."""

import base64
import binascii
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from fido2.webauthn import AttestedCredentialData

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity.actions.doors import Opened, further
from zhitong.kernel.identity.models import Account, Passkey, SignIn
from zhitong.kernel.identity.passkeys import PASSKEYS_AT_MOST
from zhitong.kernel.identity.passwords import check_new, hashed
from zhitong.kernel.identity.queries import acting_account
from zhitong.kernel.identity.recovery import replace_codes
from zhitong.kernel.identity.totp import SECRET_BYTES
from zhitong.kernel.scope import current


@sensitive_variables()
@action("identity.change_password", describe=_("Change one's own password"))
def change_password(*, password: str, sign_in: UUID) -> Opened:
    """Set a new password, go on under a new token and end all other sign-ins.

    Whoever calls has checked the present password. Raises Invalid for a poor new one.
    """
    account = _myself()
    check_new(password, account)
    account.password, account.must_change_password = hashed(password), False
    account.save(update_fields=["password", "must_change_password"])
    row = SignIn.objects.select_for_update().get(pk=sign_in, account=account)
    ended = _end_others(account, keep=sign_in)
    acted_on(f"identity.Account:{account.pk}", path="", ended=ended)
    return further(row, account)


@sensitive_variables()
@action("identity.confirm_authenticator", describe=_("Set up one's own authenticator"))
def confirm_authenticator(*, secret: str, step: int) -> list[str]:
    """Keep an authenticator whose code for time step ``step`` was just shown.

    Returns new recovery codes; all earlier ones end. Raises Invalid for a malformed secret.
    """
    try:
        sound = len(base64.b32decode(secret)) == SECRET_BYTES
    except (binascii.Error, ValueError):
        sound = False
    if not sound:
        raise Invalid
    account = _myself()
    account.totp_secret, account.totp_last_step = secret, step
    account.save(update_fields=["totp_secret", "totp_last_step"])
    acted_on(f"identity.Account:{account.pk}", path="")
    return replace_codes(account)


@action("identity.renew_recovery_codes", describe=_("Print new recovery codes for oneself"))
def renew_recovery_codes() -> list[str]:
    """New recovery codes instead of all earlier ones."""
    account = _myself()
    acted_on(f"identity.Account:{account.pk}", path="")
    return replace_codes(account)


@action("identity.add_passkey", describe=_("Add a passkey to one's own account"))
def add_passkey(*, label: str, credential: bytes) -> Passkey:
    """Keep a credential that was just registered. Raises Invalid for a second time or too many."""
    account = _myself()
    held = Passkey.objects.filter(account=account)
    identifier = AttestedCredentialData(credential).credential_id
    if Passkey.objects.filter(credential_id=identifier).exists():
        raise Invalid(fields={"passkey": _("This passkey is known already.")})
    if held.count() >= PASSKEYS_AT_MOST:
        raise Invalid(fields={"passkey": _("You have ten passkeys. Remove one first.")})
    key = Passkey.objects.create(
        account=account,
        label=label[:60] or "1",
        credential_id=identifier,
        credential=credential,
        made_at=now(),
    )
    acted_on(f"identity.Account:{account.pk}", path="", passkey=str(key.pk))
    return key


@action("identity.remove_passkey", describe=_("Remove a passkey from one's own account"))
def remove_passkey(*, passkey: UUID) -> None:
    """Forget one of the acting person's passkeys. Raises NotFound for anybody else's."""
    account = _myself()
    gone, _rows = Passkey.objects.filter(pk=passkey, account=account).delete()
    if not gone:
        raise NotFound
    acted_on(f"identity.Account:{account.pk}", path="", passkey=str(passkey))


@action("identity.end_sign_ins", describe=_("Sign oneself out everywhere"))
def end_sign_ins(*, keep: UUID | None = None) -> int:
    """End every sign-in of the acting person but ``keep``; returns how many."""
    kind, _colon, identifier = current().actor.partition(":")
    rows = SignIn.objects.filter(ended_at=None)
    if keep is not None:
        rows = rows.exclude(pk=keep)
    if kind == "staff":
        rows = rows.filter(account_id=identifier)
    else:
        rows = rows.filter(resident_key=identifier, account=None)
    ended = rows.update(ended_at=now(), challenge=None)
    acted_on(current().actor, path="", ended=ended)
    return ended


def _myself() -> Account:
    myself = acting_account()
    if myself is None:
        raise NotFound
    found = Account.objects.select_for_update().filter(pk=myself, active=True).first()
    if found is None:
        raise NotFound
    return found


def _end_others(account: Account, *, keep: UUID) -> int:
    others = SignIn.objects.filter(account=account, ended_at=None).exclude(pk=keep)
    return others.update(ended_at=now(), challenge=None)

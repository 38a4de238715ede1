"""What administrators do with accounts."""

import secrets
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity.domain import plain_username
from zhitong.kernel.identity.models import Account, Passkey, RecoveryCode, SignIn
from zhitong.kernel.identity.passwords import hashed
from zhitong.kernel.identity.queries import acting_account, paths_served
from zhitong.kernel.identity.words import line
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import current

PEOPLE = permit("identity.people", _("See who serves where, and in which role"))


@sensitive_variables()
@action("identity.create_account", describe=_("Create an account for somebody who serves"))
def create_account(
    *, username: str, name: str, password: str | None = "", must_change_password: bool = True
) -> tuple[UUID, str]:
    """Make an account and return its id and the first password, which is drawn if it is ''.

    With None it has no password, and nobody signs in before the password is reset. The account
    can do nothing before somebody appoints it to a post. Raises Invalid for a user
    name that is taken or malformed.
    """
    plain = plain_username(username)
    if not plain:
        sentence = _("Use 3 to 40 letters a-z, digits, dots, dashes or underscores.")
        raise Invalid(fields={"username": sentence})
    if Account.objects.filter(username=plain).exists():
        raise Invalid(fields={"username": _("This user name is taken.")})
    first = None if password is None else password or secrets.token_urlsafe(12)
    account = Account.objects.create(
        username=plain,
        name=line(name, field="name", longest=60),
        password=hashed(first),
        must_change_password=must_change_password,
        made_at=now(),
    )
    acted_on(f"identity.Account:{account.pk}", path="", username=plain)
    return account.pk, first or ""


@action("identity.set_account_active", describe=_("Close an account or open it again"))
def set_account_active(*, account: UUID, active: bool) -> None:
    """Close an account at once, with all its sign-ins, or open it again."""
    row = _other(account)
    row.active = active
    row.save(update_fields=["active"])
    _end_sign_ins(row)
    acted_on(f"identity.Account:{row.pk}", path="", active=active)


@sensitive_variables()
@action("identity.reset_password", describe=_("Give somebody a new first password"))
def reset_password(*, account: UUID) -> str:
    """Draw a first password that has to be changed at once; ends all sign-ins. Returns it."""
    row = _other(account)
    first = secrets.token_urlsafe(12)
    row.password, row.must_change_password = hashed(first), True
    row.save(update_fields=["password", "must_change_password"])
    _end_sign_ins(row)
    acted_on(f"identity.Account:{row.pk}", path="")
    return first


@action("identity.reset_second_factor", describe=_("Remove somebody's lost second factor"))
def reset_second_factor(*, account: UUID, reason: str) -> None:
    """Forget authenticator, passkeys and recovery codes of somebody who lost them.

    The next sign-in sets an authenticator up anew. Ends all sign-ins. Needs a reason.
    """
    row = _other(account)
    why = line(reason, field="reason", longest=200)
    row.totp_secret, row.totp_last_step = None, 0
    row.save(update_fields=["totp_secret", "totp_last_step"])
    Passkey.objects.filter(account=row).delete()
    RecoveryCode.objects.filter(account=row).delete()
    _end_sign_ins(row)
    acted_on(f"identity.Account:{row.pk}", path="", reason=why)


def _other(identifier: UUID) -> Account:
    """Somebody else's account: nobody resets or closes their own. Raises NotFound, Denied.

    Whoever also serves beyond one's reach is not there: a township's administrator would
    otherwise take over the bureau's accounts by giving them new passwords.
    """
    if identifier == acting_account():
        raise Denied(_("Somebody else has to do this for your account."))
    found = Account.objects.select_for_update().filter(pk=identifier).first()
    if found is None or not all(map(_covered, paths_served(identifier))):
        raise NotFound
    return found


def _covered(path: str) -> bool:
    return current().reach.covers(path=path)


def _end_sign_ins(account: Account) -> None:
    SignIn.objects.filter(account=account, ended_at=None).update(ended_at=now(), challenge=None)

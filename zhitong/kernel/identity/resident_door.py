"""The resident's door, step by step: count the try, judge it, then act."""

from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.index import blind_index, same_secret
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity import throttle
from zhitong.kernel.identity.actions.doors import Opened, refuse_sign_in
from zhitong.kernel.identity.actions.residents import (
    WRONG,
    ask_code,
    code_digest,
    open_resident_sign_in,
)
from zhitong.kernel.identity.domain import CODE_TRIES, plain_digits, plain_phone
from zhitong.kernel.identity.models import OneTimeCode
from zhitong.kernel.identity.roles import DOOR
from zhitong.kernel.scope import Reach, Scope, acting

PHONE_PURPOSE = "identity.phone"
NO_PHONE = _("This is not a mobile number. It has 11 digits and begins with 1.")


@sensitive_variables()
def ask(*, phone: str, address: str) -> UUID:
    """Send a code. The answer is the same whether the phone was here before or not.

    Raises Invalid for what is no mobile number, TooMany for too many codes.
    """
    plain = plain_phone(phone)
    if not plain:
        raise Invalid(fields={"phone": NO_PHONE})
    index = blind_index(plain, purpose=PHONE_PURPOSE)
    throttle.knock({"code.ask.address": address, "code.ask.phone": index})
    with acting(_somebody("identity.ask_code")):
        return ask_code(phone=plain, phone_index=index)


@sensitive_variables()
def enter(*, code: UUID, typed: str, address: str, agent: str) -> Opened:
    """Sign in with the digits that were sent as ``code``, a number this browser alone was told.

    Raises Invalid, in the same words, for wrong, old, used and unknown codes; TooMany.
    """
    throttle.knock({"code.try.address": address})
    living = OneTimeCode.objects.filter(
        pk=code, used_at=None, expires_at__gt=now(), tries__lt=CODE_TRIES
    )
    counted = living.update(tries=F("tries") + 1)
    row = OneTimeCode.objects.filter(pk=code).first() if counted else None
    digits = plain_digits(typed, length=6)
    fits = row is not None and same_secret(row.digest, code_digest(row.pk, digits))
    if row is None or not fits:
        with acting(_somebody(*DOOR)):
            refuse_sign_in(
                account=None, door="phone", locked=row is not None and row.tries >= CODE_TRIES
            )
        raise Invalid(fields={"code": WRONG})
    throttle.forgive("code.try.address", address)
    throttle.forget("code.ask.phone", row.phone_index)
    with acting(_somebody("identity.sign_in_resident", link=row.phone_index)):
        return open_resident_sign_in(code=row.pk, agent=agent)


def _somebody(*permits: str, link: str = "") -> Scope:
    """Nobody known yet; with ``link``, whoever just proved to hold the phone of that index."""
    return Scope("public", Reach(link=link), frozenset(permits), "sign-in")

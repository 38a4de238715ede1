"""Residents sign in with their phone and a code that is sent to it."""

from datetime import timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.index import keyed_digest
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.actions.doors import Opened, make_room
from zhitong.kernel.identity.domain import (
    CODE_LIFE,
    Factor,
    Stage,
    masked_phone,
    new_digits,
    short_agent,
)
from zhitong.kernel.identity.models import OneTimeCode, Resident, SignIn
from zhitong.kernel.ids import uuid7
from zhitong.kernel.scope import current
from zhitong.kernel.sms.outbox import send

CODE_TEXT = _("[Zhitong] Your code is %(code)s. It is good for 5 minutes. Tell it to nobody.")
KEEP_CODES = timedelta(hours=1)
WRONG = _("This code does not fit, or it is too old. Ask for a new one if in doubt.")


@sensitive_variables()
def code_digest(identifier: UUID, digits: str) -> str:
    """What is kept of a one-time code."""
    return keyed_digest("index", "identity.one_time_code", str(identifier), digits)


@sensitive_variables()
@action("identity.ask_code", describe=_("Ask for a one-time code on one's phone"))
def ask_code(*, phone: str, phone_index: str) -> UUID:
    """Send a code to a phone and return which one it is. Earlier codes of that phone end."""
    OneTimeCode.objects.filter(phone_index=phone_index, used_at=None).update(used_at=now())
    identifier, digits = uuid7(), new_digits()
    OneTimeCode.objects.create(
        id=identifier,
        phone=phone,
        phone_index=phone_index,
        digest=code_digest(identifier, digits),
        made_at=now(),
        expires_at=now() + CODE_LIFE,
    )
    text = str(CODE_TEXT) % {"code": digits}
    send(to=phone, text=text, reason="sign-in code", not_after=now() + CODE_LIFE)
    acted_on(f"identity.OneTimeCode:{identifier}", path="", language=translation.get_language())
    return identifier


@action("identity.sign_in_resident", describe=_("Sign in with a one-time code"))
def open_resident_sign_in(*, code: UUID, agent: str = "") -> Opened:
    """Use a code up that fitted and open a sign-in for its phone. Raises Invalid if used."""
    row = OneTimeCode.objects.select_for_update().get(pk=code)
    if row.used_at is not None:
        raise Invalid(fields={"code": WRONG})
    row.used_at = now()
    row.save(update_fields=["used_at"])
    phone = unsealed(row.phone)
    resident = Resident.objects.filter(phone_index=row.phone_index).first()
    if resident is None:
        resident = Resident(phone=phone, phone_index=row.phone_index, made_at=now())
        resident.save(force_insert=True)
    make_room(SignIn.objects.filter(resident_key=resident.key, account=None))
    token = sign_ins.new_token()
    SignIn.objects.create(
        digest=sign_ins.digest_of(token),
        resident_key=resident.key,
        label=masked_phone(phone),
        stage=Stage.OPEN,
        second_factor=Factor.PHONE,
        agent=short_agent(agent),
        started_at=now(),
        last_seen_at=now(),
    )
    acted_on(f"resident:{resident.key}", path="")
    return Opened(token, Stage.OPEN)


@action("identity.forget_me", describe=_("Remove one's own phone number and sign-ins"))
def forget_me() -> None:
    """Remove the acting resident's number and end every sign-in. What was said stays as it is,
    under its tracking codes. Raises NotFound when there is no resident."""
    resident = Resident.objects.filter(key=current().reach.own).first()
    if resident is None:
        raise NotFound
    SignIn.objects.filter(resident_key=resident.key, account=None).delete()
    OneTimeCode.objects.filter(phone_index=resident.phone_index).delete()
    acted_on(f"resident:{resident.key}", path="")
    resident.delete()


def sweep_codes() -> int:
    """Remove codes an hour after they ended; returns how many."""
    gone, _rows = OneTimeCode.objects.filter(expires_at__lt=now() - KEEP_CODES).delete()
    return gone

"""Passkeys (W3C Web Authentication Level 2) as the second factor, by way of fido2.

The challenge of a ceremony is kept with the sign-in and taken away by the first answer, so an
answer works once and only where the question was asked.
"""

import struct
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.models import Account, Passkey, SignIn

PASSKEYS_AT_MOST = 10
MOST_NUMBER = 65_535  # the names of algorithms are the only numbers in an answer
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError, struct.error)


def ask_to_register(sign_in: SignIn, account: Account, *, host: str) -> dict[str, Any]:
    """The options with which a browser makes a new passkey for this account."""
    user = PublicKeyCredentialUserEntity(
        id=account.pk.bytes, name=account.username, display_name=account.name
    )
    options, state = _server(host).register_begin(
        user,
        _credentials(account),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    hold(sign_in, {"for": "register", **state})
    return dict(options)


def ask_to_prove(sign_in: SignIn, account: Account, *, host: str) -> dict[str, Any]:
    """The options with which a browser lets a passkey answer. Raises Invalid without passkeys."""
    credentials = _credentials(account)
    if not credentials:
        raise Invalid
    options, state = _server(host).authenticate_begin(
        credentials, UserVerificationRequirement.PREFERRED
    )
    hold(sign_in, {"for": "prove", **state})
    return dict(options)


@sensitive_variables()
def check_registration(sign_in: SignIn, *, host: str, answer: Mapping[str, Any]) -> bytes:
    """The new credential as bytes to keep. Raises Invalid when the answer does not fit."""
    state = _taken(sign_in, "register")
    try:
        data = _server(host).register_complete(state, _modest(answer)).credential_data
    except MALFORMED as problem:
        raise Invalid(reason="passkey") from problem
    if data is None:
        raise Invalid(reason="passkey")
    return bytes(data)


@sensitive_variables()
def check_answer(sign_in: SignIn, *, host: str, answer: Mapping[str, Any]) -> tuple[Passkey, int]:
    """Which passkey answered, and its signature counter. Raises Invalid."""
    state = _taken(sign_in, "prove")
    keys = {bytes(key.credential_id): key for key in _keys(sign_in.account_id)}
    known = [AttestedCredentialData(bytes(key.credential)) for key in keys.values()]
    try:
        response = AuthenticationResponse.from_dict(_modest(answer))
        used = _server(host).authenticate_complete(state, known, response)
    except MALFORMED as problem:
        raise Invalid(reason="passkey") from problem
    return keys[used.credential_id], response.response.authenticator_data.counter


def _modest(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer, if every number in it is small. Raises ValueError.

    Where bytes are due, the library would turn a number into that many of them.
    """
    waiting: list[Any] = [answer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, int | float) and not -MOST_NUMBER <= one <= MOST_NUMBER:
            raise ValueError("a number that no browser sends")
        waiting += one.values() if isinstance(one, Mapping) else one if type(one) is list else ()
    return dict(answer)


def hold(sign_in: SignIn, state: Mapping[str, Any]) -> None:
    """Keep the challenge of a ceremony. The door's own bookkeeping, not an action."""
    SignIn.objects.filter(pk=sign_in.pk).update(challenge=dict(state))


def _taken(sign_in: SignIn, purpose: str) -> dict[str, Any]:
    """The challenge that is waiting, and from now on no more. Raises Invalid when there is none."""
    with transaction.atomic():
        row = SignIn.objects.select_for_update().get(pk=sign_in.pk)
        state, row.challenge = row.challenge, None
        row.save(update_fields=["challenge"])
    if not state or state.get("for") != purpose:
        raise Invalid(reason="passkey")
    return dict(state)


def _keys(account_id: UUID | None) -> list[Passkey]:
    return list(Passkey.objects.filter(account=account_id).order_by("made_at"))


def _credentials(account: Account) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.credential)) for key in _keys(account.pk)]


def _server(host: str) -> Fido2Server:
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    return Fido2Server(PublicKeyCredentialRpEntity(name="Zhitong", id=name))

"""Passwords: checked in the same time whoever asks, and good enough to be worth checking."""

import secrets
from functools import cache
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.errors import Invalid, Sentence
from zhitong.kernel.identity.models import Account

SHORTEST = 10
LONGEST = 256
VALIDATORS = (
    MinimumLengthValidator(SHORTEST),
    CommonPasswordValidator(),
    NumericPasswordValidator(),
    UserAttributeSimilarityValidator(("username", "name")),
)
SENTENCES: dict[str, Sentence] = {
    "password_too_short": _("Use at least ten characters."),
    "password_too_common": _("Too many people use this password. Think of another one."),
    "password_entirely_numeric": _("Use letters too, not digits alone."),
    "password_too_similar": _("This is too close to your name. Think of another one."),
}


@cache
def nobodys_hash() -> str:
    """A hash that no password fits, made with the same work as a real one."""
    return make_password(secrets.token_urlsafe(32))


@sensitive_variables()
def fits(account: Account | None, password: str) -> bool:
    """Whether the password is this account's. Does the same work when there is no account."""
    nobody = nobodys_hash()
    right = check_password(password[:LONGEST], account.password if account else nobody)
    return right and account is not None and len(password) <= LONGEST


@sensitive_variables()
def hashed(password: str | None) -> str:
    """The Argon2id hash to keep; for None, one that no password fits."""
    return make_password(password)


@sensitive_variables()
def check_new(password: str, account: Account) -> None:
    """Raise Invalid unless this is good enough to be the account's next password."""
    problems: list[Sentence] = []
    if len(password) > LONGEST:
        problems.append(_("Use at most 256 characters."))
    someone: Any = account  # the validators only read username and name
    try:
        validate_password(password[:LONGEST], someone, VALIDATORS)
    except ValidationError as error:
        problems += [SENTENCES[str(one.code)] for one in error.error_list]
    if problems:
        raise Invalid(fields={"password": problems[0]})

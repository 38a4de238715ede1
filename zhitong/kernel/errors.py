"""Refusals: errors that a person can read and act on.

A refusal carries the HTTP status it becomes, a stable code for programs, a translated
sentence for people, and, for forms, one sentence per field.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Refusal(Exception):
    """The request cannot be done as asked; nothing was written."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    sentence: ClassVar[Sentence] = _("This cannot be done as asked.")

    def __init__(
        self,
        message: Sentence | None = None,
        *,
        fields: Mapping[str, Sentence] | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(message or self.sentence)
        self.message: Sentence = message or self.sentence
        self.fields: dict[str, Sentence] = dict(fields or {})
        self.reason = reason or self.code

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refusal):
    """What was sent does not make sense; the sender can mend it."""

    code = "invalid"
    sentence = _("Please check what you entered and try again.")


class Denied(Refusal):
    """The acting person does not hold the permit."""

    status = 403
    code = "denied"
    sentence = _("Your post does not include this. Ask your supervisor if it should.")


class NotFound(Refusal):
    """No such thing, or not within reach: the two are never told apart."""

    status = 404
    code = "not_found"
    sentence = _("There is nothing here under this address.")


class Stale(Refusal):
    """Someone else changed it in the meantime."""

    status = 409
    code = "stale"
    sentence = _("Someone else changed this a moment ago. Look at the new state, then try again.")


class TooLarge(Refusal):
    """More bytes than the door accepts."""

    status = 413
    code = "too_large"
    sentence = _("This is too large. Send less, or smaller pictures.")


class TooMany(Refusal):
    """Too many tries in too short a time."""

    status = 429
    code = "too_many"
    sentence = _("Too many tries in a short time. Wait a few minutes, then try again.")

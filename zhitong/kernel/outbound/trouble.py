"""What can go wrong on the way out."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """Why nothing came back."""

    FORBIDDEN = "forbidden"
    UNKNOWN_NAME = "unknown_name"
    NO_ANSWER = "no_answer"
    UNTRUSTED = "untrusted"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


KINDS: dict[str, Promise] = {
    Kind.FORBIDDEN: _("This address may not be called from here."),
    Kind.UNKNOWN_NAME: _("The name of the server is not known."),
    Kind.NO_ANSWER: _("The server does not answer."),
    Kind.UNTRUSTED: _("The certificate of the server does not prove who it is."),
    Kind.TOO_SLOW: _("The server took too long."),
    Kind.TOO_LARGE: _("The answer was too large."),
    Kind.BROKEN: _("The answer was not HTTP."),
}


class OutboundTrouble(Exception):
    """Nothing came back that could be used. It says why, never with what."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.value)
        self.kind = kind

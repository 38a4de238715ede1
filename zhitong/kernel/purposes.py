"""What for: the purposes that scopes and looks name, and how people read them.

The audit log keeps the short code; pages show the words in the reader's language. What a person
wrote in their own words is shown as it is.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DUTY = "duty"

PURPOSES: dict[str, Promise] = {
    DUTY: _("in the course of duty"),
    "service": _("visiting the public pages"),
    "own matter": _("one's own matter"),
    "interface": _("partner system"),
    "sign-in": _("signing in"),
    "demo": _("demo county"),
    "text message": _("sending a text message"),
    "call_back": _("Call back about this matter"),
    "visit": _("Arrange a visit"),
    "danger": _("Avert a danger to somebody"),
}
FOR_CONTACT = ("call_back", "visit", "danger")


def in_words(purpose: str) -> str:
    """A purpose as people read it; what has no words is shown as it stands."""
    return str(PURPOSES.get(purpose, purpose))

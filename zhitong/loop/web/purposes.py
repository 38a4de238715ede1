"""What a sealed name or number may be shown for. The resident reads the chosen one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURPOSES: dict[str, Promise] = {
    "call_back": _("Call back about this matter"),
    "visit": _("Arrange a visit"),
    "danger": _("Avert a danger to somebody"),
}

"""The holidays of the yearly notice as people call them, and what other floors show of this one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLE = _("Working days")

OCCASIONS: dict[str, Promise] = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
    "National Day": _("National Day"),
    "Anti-Fascist 70th Day": _("70th anniversary of the victory over fascism"),
}
"""By the names that the calendar package gives them."""

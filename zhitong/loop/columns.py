"""The columns of tables of matters, as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.errors import Sentence

COLUMNS: dict[str, Sentence] = {
    "code": pgettext_lazy("column", "Code"),
    "opened_at": pgettext_lazy("column", "Came in"),
    "channel": pgettext_lazy("column", "Door"),
    "line": _("Line"),
    "category": _("Category"),
    "area": pgettext_lazy("column", "Area code"),
    "place": pgettext_lazy("column", "Place"),
    "stage": pgettext_lazy("column", "Stage"),
    "owner": pgettext_lazy("column", "Owner"),
    "due_at": pgettext_lazy("column", "Due"),
    "ended_at": pgettext_lazy("column", "Ended"),
    "outcome": pgettext_lazy("column", "Outcome"),
    "stars": pgettext_lazy("column", "Verdict, 1 to 5"),
    "round": pgettext_lazy("column", "Round"),
    "name": pgettext_lazy("column", "Name"),
    "phone": pgettext_lazy("column", "Phone"),
}
PERSONAL: dict[str, Sentence] = {"words": pgettext_lazy("column", "What was said")}
"""Columns that only a list with personal data has; in any other names and numbers are masked."""

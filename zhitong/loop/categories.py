"""What matters are about: a short list for residents to pick from, each on one of the lines."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of matter. ``line`` is the bus it rides on."""

    code: str
    line: str
    label: Promise


_ALL = (
    Category("hardship", "livelihood", _("Help for a family in hardship")),
    Category("children", "livelihood", _("Children whose parents are away")),
    Category("counselling", "livelihood", _("Someone to talk to")),
    Category("weather", "microblog", _("Weather and travel")),
    Category("fraud", "microblog", _("Fraud: warning or help")),
    Category("charity", "microblog", _("Charity appeal")),
    Category("household", "station", _("Household registration and identity cards")),
    Category("temporary", "station", _("Temporary residents and residence permits")),
    Category("legal", "station", _("Legal advice")),
    Category("quarrel", "station", _("A quarrel between neighbours or in the family")),
    Category("school", "station", _("School gate and pupils' safety")),
    Category("traffic", "station", _("Traffic and parking")),
    Category("noise", "station", _("Noise and public order")),
    Category("property", "station", _("Lost, found or stolen")),
    Category("praise", "livelihood", _("Thanks and suggestions")),
    Category("other", "station", _("Something else")),
)
CATEGORIES: dict[str, Category] = {category.code: category for category in _ALL}
DEFAULT = "other"

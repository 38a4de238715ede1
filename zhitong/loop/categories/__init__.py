"""What matters are about: the county's tree of categories, for residents to pick from."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.loop.categories.tree import Category, Group, Tree, Urgency, planted
from zhitong.loop.tables import table

__all__ = [
    "CATEGORIES",
    "DEFAULT",
    "GROUPS",
    "Category",
    "Choices",
    "Group",
    "Tree",
    "Urgency",
    "Words",
    "category_of",
    "chain",
    "choices",
    "label_of",
    "members",
]

_TREE = planted(table("categories"))
CATEGORIES = _TREE.categories
GROUPS = _TREE.groups
DEFAULT = "other"

Words = str | Promise
Choices = list[tuple[Words, Words | list[tuple[str, Words]]]]


def category_of(code: str) -> Category:
    """The category of a matter; what is no longer known is something else."""
    return CATEGORIES.get(code, CATEGORIES[DEFAULT])


def chain(code: str) -> tuple[str, ...]:
    """The codes from the group down to this group or category; () when it is not known."""
    return _TREE.chain(code)


def members(group: str) -> list[Category]:
    """The categories of a group, in order."""
    return _TREE.below(group)


def label_of(code: str) -> Words:
    """What people call a group or category; '' is whatever it is about."""
    if code in GROUPS:
        return GROUPS[code].label
    return CATEGORIES[code].label if code in CATEGORIES else _("Whatever it is about")


def choices() -> Choices:
    """For a list in groups. First comes what needs no choice: whoever is not sure is done."""
    grouped: Choices = [(DEFAULT, _("Not sure, or something else"))]
    for group in GROUPS.values():
        below: list[tuple[str, Words]] = [
            (one.code, one.label) for one in members(group.code) if one.code != DEFAULT
        ]
        grouped.append((group.label, below))
    return grouped

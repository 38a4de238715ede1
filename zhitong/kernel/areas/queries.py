"""Finding and naming places. Public data: no scope is needed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.codes import (
    DIGITS,
    Level,
    chain_of,
    is_code,
    parent_of,
    path_of,
    ranges_below,
    short_name,
)
from zhitong.kernel.areas.models import Area
from zhitong.kernel.errors import Invalid
from zhitong.kernel.guarded import after

SEPARATOR = " · "
BELOW = 1000
"""A township's villages have its number times this, and up to three digits more."""
PAGE = 100
UNKNOWN = _("There is no township or village with this code. Choose from the list.")


def area_in_use(code: str) -> Area:
    """The township or village with this code. Raises Invalid if there is none in use."""
    if not is_code(code) or len(code) < DIGITS[Level.TOWNSHIP]:
        raise Invalid(_("This is not the code of a township or village: 9 or 12 digits."))
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise Invalid(UNKNOWN)
    if area.retired_at is not None:
        raise Invalid(_("This place is no longer in use. Choose the one that took its place."))
    return area


def area_for_matter(code: str) -> Area:
    """The same as ``area_in_use``, refused under the form field ``area``."""
    try:
        return area_in_use(code)
    except Invalid as refusal:
        raise Invalid(refusal.message, fields={"area": refusal.message}) from refusal


def inside(code: str) -> QuerySet[Area]:
    """The area and everything below it, retired ones too."""
    path = path_of(code)
    return Area.objects.filter(path__gte=path, path__lt=after(path))


def children(code: str) -> QuerySet[Area]:
    """The areas in use directly below, by code; none below a village or an unknown code."""
    if not is_code(code) or len(code) == DIGITS[Level.VILLAGE]:
        return Area.objects.none()
    below = ranges_below(code)[1]
    return Area.objects.filter(number__range=below, retired_at=None).order_by("number")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the areas below another one, and the key of the following page."""

    areas: list[Area]
    following: str


def listed(code: str, *, after: str = "", size: int = PAGE) -> Listed:
    """The areas in use directly below ``code`` ('' = the provinces), by code.

    Raises Invalid for a key that is none.
    """
    rows = children(code) if code else Area.objects.filter(number__lt=100, retired_at=None)
    if after:
        if not is_code(after):
            raise Invalid(_("This page of the list is not known. Start again from the top."))
        rows = rows.filter(number__gt=int(after))
    found = list(rows.order_by("number")[: size + 1])
    return Listed(found[:size], found[size - 1].code if len(found) > size else "")


def chain(code: str) -> list[Area]:
    """The area and those above it, province first. Retired ones too: rows point to them."""
    return list(Area.objects.filter(code__in=chain_of(code)).order_by("number"))


def addresses(codes: Iterable[str]) -> dict[str, str]:
    """In what these places lie, from the province down (“山东省 · 德州市”), in one query."""
    wanted = set(codes)
    above = {part for code in wanted for part in chain_of(code)[:-1]}
    known = dict(Area.objects.filter(code__in=above).values_list("code", "name"))
    return {
        code: SEPARATOR.join(known[part] for part in chain_of(code)[:-1] if part in known)
        for code in wanted
    }


def labels(codes: Iterable[str]) -> dict[str, str]:
    """How people name these places, in one query: “安德街道 · 孙家洼村”, by code.

    A township or above stands alone; an unknown code is shown as it is.
    """
    wanted = set(codes)
    parents = {parent_of(code) for code in wanted if len(code) == DIGITS[Level.VILLAGE]}
    named = Area.objects.filter(code__in=wanted | parents).values_list("code", "name")
    known = {code: short_name(name) for code, name in named}
    return {code: _label(code, known) for code in wanted}


def name_above(area: str) -> Subquery:
    """For lists: the name of the area above the one that a row's foreign key points to."""
    numbered = Area.objects.filter(number=OuterRef(f"{area}_id") / BELOW).order_by()
    return Subquery(numbered.values("name")[:1])


def label_of(code: str, name: str, above: str) -> str:
    """How people name a place, of which the name and ``name_above`` were read with its row."""
    shown = (above, name) if len(code) == DIGITS[Level.VILLAGE] else (name,)
    return SEPARATOR.join(short_name(each) for each in shown if each) or code


def label(code: str) -> str:
    """How people name one place."""
    return labels([code])[code]


def _label(code: str, known: dict[str, str]) -> str:
    shown = (parent_of(code), code) if len(code) == DIGITS[Level.VILLAGE] else (code,)
    return SEPARATOR.join(known[part] for part in shown if part in known) or code


@dataclass(frozen=True, slots=True)
class Township:
    """A township and its villages in use, for a grouped list."""

    area: Area
    villages: tuple[Area, ...]


def townships(county: str) -> list[Area]:
    """The townships of a county in use: the first list of an area picker."""
    return list(children(county))


def villages(township: str) -> list[Area]:
    """The villages of a township in use: the second list."""
    return list(children(township))


def grouped(county: str) -> list[Township]:
    """All townships of a county with their villages, in one query: a list in groups."""
    below: dict[str, list[Area]] = {}
    for area in inside(county).filter(retired_at=None).order_by("number"):
        below.setdefault(parent_of(area.code), []).append(area)
    return [Township(area, tuple(below.get(area.code, ()))) for area in below.get(county, ())]

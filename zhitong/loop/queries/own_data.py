"""Everything that is kept about whoever asks: their matters, what was said, who read it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import labels
from zhitong.kernel.audit.queries import BY_OTHERS, Look, looks_at
from zhitong.kernel.mail.correspondence import Sent, sent
from zhitong.kernel.rights import queries as rights
from zhitong.kernel.rights.models import DataRequest
from zhitong.kernel.scope import current
from zhitong.loop.models import Matter, Photo, Step
from zhitong.loop.queries.matters import by_link, mine
from zhitong.loop.queries.merging import MARKS, TOGETHER, counting_steps

Row = TypeVar("Row", Step, Photo)
MOST = 200
"""Matters on one page and in one file; whoever has more is told so."""


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept about somebody, by matter where it belongs to one."""

    matters: list[Matter]
    more: bool
    places: dict[UUID, str]
    steps: dict[UUID, list[Step]]
    photos: dict[UUID, list[Photo]]
    mails: dict[str, list[Sent]]
    requests: dict[str, list[DataRequest]]
    looks: list[Look]


def own_data() -> OwnData:
    """Within the acting scope: a resident's matters, or the one of a tracking code."""
    matters, more = _matters()
    keys, targets = [one.pk for one in matters], [one.target for one in matters]
    places = labels(code_of(one.area_path) for one in matters)
    return OwnData(
        matters=matters,
        more=more,
        places={one.pk: places[code_of(one.area_path)] for one in matters},
        steps=_timelines(keys),
        photos=_by_matter(Photo.objects.filter(matter__in=keys).order_by("id")),
        mails=sent(targets),
        requests=rights.about(targets),
        looks=looks_at(targets, within=BY_OTHERS),
    )


def _matters() -> tuple[list[Matter], bool]:
    own = current().reach.own
    if not own:
        return [by_link()], False
    page = mine(own, size=MOST)
    return page.matters, bool(page.following)


def _timelines(keys: list[UUID]) -> dict[UUID, list[Step]]:
    """The public steps of these matters, as they count."""
    seen = Q(public=True) | Q(verb__in=(*MARKS, *TOGETHER))
    rows = _by_matter(Step.objects.filter(seen, matter__in=keys).order_by("at", "id"))
    return {
        key: [step for step in counting_steps(steps) if step.public] for key, steps in rows.items()
    }


def _by_matter(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.matter_id].append(row)
    return found

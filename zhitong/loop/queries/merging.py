"""Which matters are dealt with as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhitong.loop.domain import Stage, Verb
from zhitong.loop.domain.merging import (
    Merged,
    as_they_count,
    asks_for_verdict,
    joined,
    merged_into,
)
from zhitong.loop.models import Matter, Step

MARKS = (Verb.MERGE, Verb.UNMERGE)
TOGETHER = (Verb.JOIN, Verb.PART)


def counting_steps(steps: Iterable[Step]) -> list[Step]:
    """The steps as they count: a merge that was undone is left out, as if it had not happened."""
    return as_they_count(steps, lambda step: (step.verb, step.data))


def merged(matter: Matter) -> Merged | None:
    """Where a merged matter was merged into, and how it stood before. One query, or none."""
    if matter.stage != Stage.MERGED:
        return None
    steps = Step.objects.filter(matter=matter, verb__in=MARKS).order_by("at", "id")
    return merged_into(steps.values_list("verb", "at", "data"))


def merged_here(matter: Matter) -> dict[str, str]:
    """The codes of the matters that are merged into this one, by their ids. One query."""
    steps = Step.objects.filter(matter=matter, verb__in=TOGETHER).order_by("at", "id")
    return joined(steps.values_list("verb", "at", "data"))


def splits(matter: Matter) -> list[dict[str, Any]]:
    """How a message was split, each time: the number, code and beginning of every part."""
    steps = Step.objects.filter(matter=matter, verb=Verb.SPLIT).order_by("at", "id")
    found = steps.values_list("data", flat=True)
    return [data for data in found if "parts" in data]


def merged_matters(main: Matter) -> list[Matter]:
    """The matters within reach that are merged into this one now."""
    ids = [UUID(id) for id in merged_here(main)]
    rows = Matter.objects.filter(pk__in=ids, stage=Stage.MERGED)
    return list(rows.select_related("owner", "handler").order_by("id"))


def may_judge(matter: Matter) -> bool:
    """Whether the resident of a merged matter was told its end, and may say whether it is good."""
    steps = counting_steps(Step.objects.filter(matter=matter).order_by("at", "id"))
    return asks_for_verdict([(step.verb, step.data) for step in steps])


@dataclass(frozen=True, slots=True)
class Together:
    """A matter that was merged into another one, and what its resident said by now."""

    matter: Matter
    said: list[str]


def together(matter: Matter) -> tuple[list[Together], int]:
    """The matters merged into this one that are within reach, and how many more there are."""
    ids = [UUID(id) for id in merged_here(matter)]
    found = Matter.objects.filter(pk__in=ids).select_related("owner").order_by("opened_at", "id")
    rows = list(found)
    said: dict[UUID, list[str]] = {}
    words = Step.objects.filter(matter__in=rows, verb__in=(Verb.ADD, Verb.RATE)).exclude(text="")
    for id, text in words.order_by("at", "id").values_list("matter_id", "text"):
        said.setdefault(id, []).append(text)
    return [Together(row, said.get(row.pk, [])) for row in rows], len(ids) - len(rows)

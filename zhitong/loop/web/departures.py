"""Turning matters into the rows of lists that staff see."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import label_of
from zhitong.loop.categories import category_of
from zhitong.loop.queries import Departure
from zhitong.shell.parts import BoardRow

TITLE = 48
ANY_CODE = "0000-0000"


def rows(matters: Sequence[Departure], posts: Sequence[UUID]) -> list[BoardRow]:
    """Matters as departures; ``posts`` are the reader's own."""
    page = reverse("loop:matter", args=[ANY_CODE])
    return [
        BoardRow(
            code=matter.code,
            title=title(matter.words),
            url=page.replace(ANY_CODE, matter.code),
            stage=matter.stage,
            due_at=matter.due_at,
            place=label_of(code_of(matter.area_path), matter.area_name, matter.area_above),
            owner=matter.owner,
            line=category_of(matter.category).line,
            mine=matter.owner_id in posts,
        )
        for matter in matters
    ]


def title(words: str) -> str:
    """The beginning of the resident's words on one line."""
    line = " ".join(words.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1]}…"

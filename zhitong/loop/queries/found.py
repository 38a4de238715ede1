"""Finding matters by their words and codes, within reach."""

from typing import Any

from django.db.models import F, QuerySet

from zhitong.kernel.search.queries import matching
from zhitong.loop.models import Matter, MatterWords
from zhitong.loop.queries.board import shown

FOUND = 25


def found(query: str, *, before: int = 0, size: int = FOUND) -> tuple[list[Matter], int]:
    """Matters in which every part of the query occurs, newest first, and the key to go on with.

    Searched are the staff code, the resident's words and the public steps. The key is 0 on the
    last page.
    """
    rows = Matter.objects.filter(matching(MatterWords, query))
    if before:
        rows = rows.filter(found_by__id__lt=before)
    keyed: QuerySet[Any] = shown(rows).annotate(key=F("found_by__id")).order_by("-key")
    seen = list(keyed[: size + 1])
    on = seen[size - 1].key if len(seen) > size else 0
    return seen[:size], on

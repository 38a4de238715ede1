"""Finding matters by their words and codes, within reach."""

from zhitong.kernel.search.queries import matching
from zhitong.loop.models import Matter, MatterWords
from zhitong.loop.queries.board import SHOWN, Departure

FOUND = 25


def found(query: str, *, before: int = 0, size: int = FOUND) -> tuple[list[Departure], int]:
    """Matters in which every part of the query occurs, newest first, and the key to go on with.

    Searched are the staff code, the resident's words and the public steps. The key is 0 on the
    last page.
    """
    rows = Matter.objects.filter(matching(MatterWords, query))
    if before:
        rows = rows.filter(found_by__id__lt=before)
    wanted = rows.order_by("-found_by__id").values_list(*SHOWN, "found_by__id")
    seen = list(wanted[: size + 1])
    on = seen[size - 1][-1] if len(seen) > size else 0
    return [Departure(*row[:-1]) for row in seen[:size]], on

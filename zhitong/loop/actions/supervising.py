"""Keeping what stands open, for the supervisor's board and its lines."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.clock import now
from zhitong.loop.models import BoardDay
from zhitong.loop.queries.supervising import COUNT_BOARD, Stand, stands


@action(COUNT_BOARD, describe=_("Count what stands open in every township"), quiet=True)
def keep_board(*, at: datetime, counted: Mapping[str, Stand]) -> int:
    """Write the rows of the day anew. They say nothing that the matters do not, so no audit."""
    day = timezone.localdate(at)
    BoardDay.objects.filter(day=day).delete()
    rows = [
        BoardDay(day=day, town=town, open=stand.open, late=stand.late, risk=stand.risk, at=at)
        for town, stand in counted.items()
    ]
    BoardDay.objects.bulk_create(rows)
    return len(rows)


def count_board() -> int:
    """Count and keep. The counting is done before the action begins, so that it holds no lock."""
    at = now()
    return keep_board(at=at, counted=stands(at))

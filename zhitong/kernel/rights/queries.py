"""Reading requests, within the reach of whoever acts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.rights.domain import Kind, State
from zhitong.kernel.rights.models import DataRequest

PAGE = 25


@dataclass(frozen=True, slots=True)
class Requests:
    """One page of requests, and the key of the following one."""

    rows: list[DataRequest]
    following: str


def request(id: UUID) -> DataRequest:
    """One request. Raises NotFound outside reach."""
    found: DataRequest | None = DataRequest.objects.filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def about(targets: list[str]) -> dict[str, list[DataRequest]]:
    """The requests about these things, newest first."""
    found: dict[str, list[DataRequest]] = {target: [] for target in targets}
    for row in DataRequest.objects.filter(target__in=targets).order_by("-id")[:500]:
        found[row.target].append(row)
    return found


def own(resident: str) -> list[DataRequest]:
    """What a signed-in resident has asked for, newest first; also about what is gone."""
    rows = DataRequest.objects.filter(resident_key=resident).order_by("-id")
    return list(rows[:PAGE])


def to_decide(*, undecided: bool, after: str = "") -> Requests:
    """For staff: what waits, soonest due first, or everything, newest first. Raises Invalid."""
    rows = DataRequest.objects.all()
    rows = rows.filter(state=State.ASKED).order_by("id") if undecided else rows.order_by("-id")
    if after:
        key = _key(after)
        rows = rows.filter(id__gt=key) if undecided else rows.filter(id__lt=key)
    found = list(rows[: PAGE + 1])
    return Requests(found[:PAGE], found[PAGE - 1].pk.hex if len(found) > PAGE else "")


def due(at: datetime, size: int) -> list[UUID]:
    """Granted erasures whose time to think again is over."""
    rows = DataRequest.objects.filter(state=State.GRANTED, carry_at__lte=at, kind=Kind.ERASE)
    return list(rows.order_by("carry_at").values_list("pk", flat=True)[:size])


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid from problem

"""The list of what is handed over between us and the other lines, as it was agreed."""

from functools import cache

from django.utils import timezone
from django.utils.functional import Promise

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.clock import now
from zhitong.loop.domain.handing import Item, Partner, Way, agreed
from zhitong.loop.tables import in_both, table


def offered(way: Way, path: str) -> list[Item]:
    """What can be handed this way today for a matter at this place."""
    items, _labels = _list()
    return agreed(items, way=way, path=path, on=timezone.localdate(now()))


def item_label(code: str) -> Promise | str:
    """What people call a type of matter; one no longer known is shown by its code."""
    return _list()[1].get(code, code)


@cache
def _list() -> tuple[tuple[Item, ...], dict[str, Promise]]:
    entries = table("handing")["item"]
    items = tuple(
        Item(
            code=one["code"],
            partner=Partner(one["partner"]),
            way=Way(one["way"]),
            path=path_of(one["area"]) if one["area"] else "",
            starts_on=one["starts_on"],
            ends_on=one.get("ends_on"),
        )
        for one in entries
    )
    return items, {one["code"]: in_both(one["zh"], one["en"]) for one in entries}

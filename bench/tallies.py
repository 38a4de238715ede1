"""The sums that the timers of a county keep, for a county that was filled past them."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

YEAR, QUARTER = (12, 365), (3, 90)
FULL = 50_000  # matters from which on sums of a whole year are made up
BATCH = 5_000


def keep(total: int) -> None:
    """Sums of a year (of few matters: a quarter) by township and category, and its days.

    What stands open today is counted as the timer counts it; the past is made up.
    """
    scope = import_module("zhitong.kernel.scope")
    board = import_module("zhitong.loop.queries.supervising").board_scope
    rates = import_module("zhitong.loop.queries.counting").counting_scope
    months, days = YEAR if total >= FULL else QUARTER
    with scope.acting(board()):
        import_module("zhitong.loop.actions.supervising").count_board()
        _days(total, days)
    with scope.acting(rates()):
        _cells(total, months)


def _towns() -> dict[str, Any]:
    """The post of every township by its path."""
    posts = import_module("zhitong.kernel.identity.models").Post.objects.filter(kind="station")
    return dict(posts.values_list("path", "pk"))


def _days(total: int, days: int) -> None:
    model = import_module("zhitong.loop.models").BoardDay
    now = datetime.now(UTC)
    model.objects.filter(day__lt=now.date()).delete()
    towns = _towns()
    rows = [
        model(
            day=now.date() - timedelta(days=back),
            town=town,
            open=max(total // len(towns) - 7 * back % 50, 0),
            late=back % 40,
            risk=back % 60,
            at=now - timedelta(days=back),
        )
        for back in range(1, days)
        for town in towns
    ]
    model.objects.bulk_create(rows, batch_size=BATCH)


def _cells(total: int, length: int) -> None:
    model = import_module("zhitong.loop.models").RateCell
    categories = import_module("zhitong.loop.categories").CATEGORIES
    towns, months = _towns(), import_module("zhitong.loop.queries.rates").months_back(length)
    model.objects.all().delete()
    each = max(total // (len(towns) * len(months) * len(categories)), 1)
    rows = [
        _cell(model, month, town, category, post, each)
        for month in months
        for town, post in towns.items()
        for category in categories
    ]
    model.objects.bulk_create(rows, batch_size=BATCH)


def _cell(model: Any, month: date, town: str, category: str, post: Any, matters: int) -> Any:
    most = matters * 9 // 10
    return model(
        month=month, town=town, category=category, post_id=post, matters=matters,
        excluded=0, in_time=most, answers=matters, resolved=most, ended=matters,
        points=most * 100, rated=matters, hasty=0, returned=matters // 20, reopened=matters // 30,
    )  # fmt: skip

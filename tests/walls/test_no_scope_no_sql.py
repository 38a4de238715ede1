"""Without a scope there is no SQL on guarded tables: the whole public API, method by method.

A method that a new Django adds has no case here and fails the test until somebody decides.
"""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.db.models import Count, F, QuerySet

from zhitong.kernel.scope import NoScope
from zhitong.loop.models import Matter, Step

Run = Callable[[QuerySet[Any]], Any]
ID = uuid4()


def drain(rows: Any) -> list[Any]:
    """Run a lazy query."""
    return list(rows)


async def adrain(rows: Any) -> list[Any]:
    """Run a lazy query asynchronously."""
    return [row async for row in rows]


def a(run: Callable[[QuerySet[Any]], Any]) -> Run:
    """Run a coroutine method to its end."""

    def finish(rows: QuerySet[Any]) -> Any:
        async def go() -> Any:
            return await run(rows)

        return asyncio.run(go())

    return finish


# What runs SQL at once, and what gives another query that runs it later. Each must refuse.
CASES: dict[str, Run] = {
    "aggregate": lambda q: q.aggregate(Count("pk")),
    "aaggregate": a(lambda q: q.aaggregate(Count("pk"))),
    "count": lambda q: q.count(),
    "acount": a(lambda q: q.acount()),
    "get": lambda q: q.get(pk=ID),
    "aget": a(lambda q: q.aget(pk=ID)),
    "exists": lambda q: q.exists(),
    "aexists": a(lambda q: q.aexists()),
    "contains": lambda q: q.contains(Matter(pk=ID)),
    "acontains": a(lambda q: q.acontains(Matter(pk=ID))),
    "first": lambda q: q.first(),
    "afirst": a(lambda q: q.afirst()),
    "last": lambda q: q.last(),
    "alast": a(lambda q: q.alast()),
    "earliest": lambda q: q.earliest("pk"),
    "aearliest": a(lambda q: q.aearliest("pk")),
    "latest": lambda q: q.latest("pk"),
    "alatest": a(lambda q: q.alatest("pk")),
    "in_bulk": lambda q: q.in_bulk(),
    "ain_bulk": a(lambda q: q.ain_bulk()),
    "explain": lambda q: q.explain(),
    "aexplain": a(lambda q: q.aexplain()),
    "iterator": lambda q: drain(q.iterator()),
    "aiterator": a(lambda q: adrain(q.aiterator())),
    "create": lambda q: q.create(words="x"),
    "acreate": a(lambda q: q.acreate(words="x")),
    "bulk_create": lambda q: q.bulk_create([Matter(words="x")]),
    "abulk_create": a(lambda q: q.abulk_create([Matter(words="x")])),
    "bulk_update": lambda q: q.bulk_update([Matter(pk=ID)], ["words"]),
    "abulk_update": a(lambda q: q.abulk_update([Matter(pk=ID)], ["words"])),
    "get_or_create": lambda q: q.get_or_create(pk=ID),
    "aget_or_create": a(lambda q: q.aget_or_create(pk=ID)),
    "update_or_create": lambda q: q.update_or_create(pk=ID),
    "aupdate_or_create": a(lambda q: q.aupdate_or_create(pk=ID)),
    "update": lambda q: q.update(words="x"),
    "aupdate": a(lambda q: q.aupdate(words="x")),
    "delete": lambda q: q.delete(),
    "adelete": a(lambda q: q.adelete()),
    "all": lambda q: drain(q.all()),
    "filter": lambda q: drain(q.filter(pk=ID)),
    "exclude": lambda q: drain(q.exclude(pk=ID)),
    "complex_filter": lambda q: drain(q.complex_filter({"pk": ID})),
    "annotate": lambda q: drain(q.annotate(n=F("round"))),
    "alias": lambda q: drain(q.alias(n=F("round"))),
    "dates": lambda q: drain(q.dates("opened_at", "day")),
    "datetimes": lambda q: drain(q.datetimes("opened_at", "day")),
    "defer": lambda q: drain(q.defer("words")),
    "only": lambda q: drain(q.only("words")),
    "distinct": lambda q: drain(q.distinct()),
    "extra": lambda q: drain(q.extra(where=["1=1"])),
    "order_by": lambda q: drain(q.order_by("pk")),
    "reverse": lambda q: drain(q.reverse()),
    "prefetch_related": lambda q: drain(q.prefetch_related("steps")),
    "select_related": lambda q: drain(q.select_related("owner")),
    "select_for_update": lambda q: drain(q.select_for_update()),
    "using": lambda q: drain(q.using("default")),
    "values": lambda q: drain(q.values("pk")),
    "values_list": lambda q: drain(q.values_list("pk")),
    "union": lambda q: drain(q.union(q.all())),
    "intersection": lambda q: drain(q.intersection(q.all())),
    "difference": lambda q: drain(q.difference(q.all())),
}
# What never runs SQL of its own, each with the reason.
QUIET = {
    "none": "asks for nothing, so it sends nothing",
    "as_manager": "makes a manager class",
    "resolve_expression": "makes a subquery, tested below",
    "ordered": "a property of the query",
    "db": "the name of the database",
    "query": "the query itself",
    "as_query_set": "a copy",
}
MANAGER = {
    "auto_created", "check", "contribute_to_class", "creation_counter", "db", "db_manager",
    "deconstruct", "from_queryset", "get_queryset", "use_in_migrations", "name", "model",
}  # fmt: skip


def public(kind: type) -> set[str]:
    """The public names of a class."""
    return {name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}


def test_every_public_method_has_a_case() -> None:
    """A new Django method must be decided before it can be used."""
    undecided = public(QuerySet) - set(CASES) - set(QUIET) - {"raw"}
    assert not undecided, f"decide how these behave without a scope: {sorted(undecided)}"
    managers = public(models.Manager) - MANAGER - set(CASES) - set(QUIET) - {"raw"}
    assert not managers, f"decide how these behave without a scope: {sorted(managers)}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("start", ["manager", "query"])
def test_no_scope_no_sql(name: str, start: str, django_assert_num_queries: Any) -> None:
    """Each method refuses before any statement is sent."""
    rows: Any = Matter.objects.all() if start == "query" else Matter.objects
    if start == "manager" and not hasattr(Matter.objects, name):
        rows = Matter.objects.all()
    with django_assert_num_queries(0), pytest.raises(NoScope):
        CASES[name](rows)


@pytest.mark.django_db
def test_raw_sql_is_refused_with_or_without_a_scope() -> None:
    """Raw SQL would not ask who is acting."""
    for rows in (Matter.objects, Matter.objects.all()):
        with pytest.raises(NotImplementedError):
            rows.raw("SELECT 1")


@pytest.mark.django_db
def test_no_scope_no_row_by_instance(django_assert_num_queries: Any) -> None:
    """Saving, deleting and refreshing a row ask as well."""
    row = Matter(words="x", area_path="37/")
    with django_assert_num_queries(0):
        for run in (row.save, row.delete, row.refresh_from_db, row.steps.count):
            with pytest.raises(NoScope):
                run()
        with pytest.raises(NoScope):
            drain(Step.objects.filter(pk__in=Step.objects.values("pk")))

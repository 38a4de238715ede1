"""Reach: several subtrees, one's own, one link; and no way to read or write past it."""

from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import Exists, F, OuterRef

from zhitong.kernel.checks import guards_hold
from zhitong.kernel.errors import Denied, NotFound
from zhitong.kernel.guarded import Guarded, InReach, LeakyJoin, guarded_tables
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop.models import Matter, Photo, Step
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, County, by_link, path_of, said

ALL = frozenset({"loop.open", "loop.take", "loop.note"})


def reaching(*subtrees: str, own: str = "", link: str = "") -> Scope:
    """Somebody with this reach."""
    return Scope("staff:x", Reach(subtrees, own, link), ALL, "test")


def test_several_subtrees_own_and_link_are_united(county: County) -> None:
    """A scope sees what any of its parts covers, and nothing else."""
    here, there = said("甲", "n1"), said("乙", "n2", OTHER_TOWN)
    with acting(reaching(path_of(TOWN))):
        assert set(Matter.objects.all()) == {here}
    with acting(reaching(path_of(TOWN), path_of(OTHER_TOWN))):
        assert set(Matter.objects.all()) == {here, there}
    with acting(by_link("n2")):
        assert set(Matter.objects.all()) == {there}
        assert Step.objects.count() == 1
    with acting(reaching()):
        assert not Matter.objects.exists()
        assert Matter.objects.count() == 0
        assert Matter.objects.update(words="x") == 0


def test_a_path_is_not_a_prefix_of_its_neighbour() -> None:
    """371403001 does not cover 3714030010: every path ends in a stroke."""
    reach = Reach((path_of(TOWN),))
    assert reach.covers(path=path_of(TOWN) + "201/")
    assert not reach.covers(path="37/14/03/0010/")
    with pytest.raises(ValueError, match="ends in"):
        Reach(("37/14",))


def test_nobody_without_a_mark_matches_nobody_without_a_key() -> None:
    """An empty own key or link never equals the empty mark of a row."""
    assert not Reach().covers(path="37/", own="", link="")


def test_rows_cannot_be_moved_or_put_out_of_reach(county: County) -> None:
    """Neither by update, nor by save, nor in bulk, nor by taking over another's mark."""
    row = said("甲", "n1")
    away = path_of(OTHER_TOWN)
    with acting(reaching(path_of(TOWN))):
        for change in (
            lambda: Matter.objects.update(area_path=away),
            lambda: Matter.objects.update(area_path=F("code")),
            lambda: Matter.objects.update(resident_key="someone"),
            lambda: Matter.objects.update(tracking_digest="x" * 64),
            lambda: Step.objects.update(matter=row.pk),
            lambda: Step.objects.update(matter_id=row.pk),
            lambda: Matter.objects.bulk_update([_moved(row, away)], ["area_path"]),
            lambda: _moved(row, away).save(),
            lambda: Matter.objects.bulk_create([_moved(row, away)]),
        ):
            with pytest.raises(Denied):
                change()
        with pytest.raises(NotImplementedError):
            Matter.objects.bulk_create([row], update_conflicts=True)
        assert Matter.objects.get(pk=row.pk).area_path == row.area_path
        assert Matter.objects.update(area_path=row.area_path) == 1


def _moved(row: Matter, path: str) -> Matter:
    moved = copy(row)
    moved.area_path = path
    return moved


def test_a_row_out_of_reach_cannot_be_saved_or_deleted(county: County) -> None:
    """Even by somebody who holds the object in memory."""
    row = said("甲", "n1")
    with acting(reaching(path_of(OTHER_TOWN))):
        with pytest.raises(Denied):
            row.save()
        with pytest.raises(NotFound):
            row.delete()
    with acting(reaching(path_of(TOWN))):
        assert Matter.objects.filter(pk=row.pk).exists()


def test_joins_go_along_the_guard_or_not_at_all(county: County) -> None:
    """From step to matter and back is one wall; any other way to a guarded table is refused."""
    said("甲", "n1")
    with acting(reaching(path_of(TOWN))):
        assert Step.objects.filter(matter__words="甲").count() == 1
        assert Matter.objects.filter(steps__verb="open").count() == 1
        same = Step.objects.filter(matter=OuterRef("pk"))
        assert Matter.objects.filter(Exists(same)).count() == 1
        assert Photo.objects.filter(matter__steps__verb="open").count() == 0


def test_a_guarded_model_joined_past_its_guard_is_refused(county: County) -> None:
    """The compiler sees every join, also those that no check on fields would."""

    query: Any = Step.objects.filter(matter__words="x").query
    join = next(one for one in query.alias_map.values() if one.table_name == "loop_matter")
    join.join_field = models.ForeignKey(Matter, models.CASCADE)
    join.join_field.set_attributes_from_name("stray")
    join.join_field.model = Matter
    with acting(reaching(path_of(TOWN))), pytest.raises(LeakyJoin):
        str(query)


def test_the_range_on_the_path_uses_an_index(county: County) -> None:
    """Both databases can walk the index for a subtree."""
    with acting(reaching(path_of(TOWN))):
        sql, params = Matter.objects.filter(due_at__isnull=False).query.sql_with_params()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            assert any("USING" in str(row) and "INDEX" in str(row) for row in cursor.fetchall())
    assert ">=" in sql
    assert "LIKE" not in sql


def test_every_guard_is_sound() -> None:
    """The system check finds nothing, and it looks at every guarded model."""
    assert guards_hold(None) == []
    assert {model.__name__ for model in guarded_tables().values()} >= {"Matter", "Step", "Photo"}


@pytest.mark.parametrize("model", guarded_tables().values())
def test_every_guarded_model_asks(model: type[Guarded]) -> None:
    """The where clause of the default and of the base manager holds the question."""
    for manager in (model._default_manager, model._base_manager):
        children = manager.get_queryset().query.where.children
        assert any(isinstance(getattr(child, "lhs", child), InReach) for child in children)


def test_a_lent_permit_ends_with_the_action(county: County) -> None:
    """Lending changes a copy."""
    scope = reaching(path_of(TOWN))
    assert scope.lent(frozenset({"x"})).permits == ALL | {"x"}
    assert scope.permits == ALL
    assert replace(scope) == scope

"""Whoever is handed a matter can see it."""

from datetime import date

import pytest

from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.models import Appointment, Post, Role
from zhitong.kernel.identity.queries import posts_serving
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.moving import account_of
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County

AWAY = "临齐街道派出所"


def test_a_matter_is_not_passed_to_where_nobody_could_see_it(
    county: County, matter: Matter
) -> None:
    """Only posts that reach the matter are offered and taken."""
    away = Post.objects.get(name=AWAY)
    offered = [post.name for post in posts_serving(matter.area_path)]
    assert offered == ["陵城区公安分局", "安德街道派出所", "北街警务室"]
    with acting(county.officer):
        with pytest.raises(Invalid):
            actions.reassign(id=matter.pk, post=away.pk, reason="那边管")
        assert queries.matter(matter.pk).owner == county.office


def test_a_post_whose_people_reach_it_otherwise_may_take_it_over(
    county: County, matter: Matter
) -> None:
    """Somebody who also serves at the station sees the villages of all its offices."""
    stranger = account_of(county.stranger.actor)
    assert stranger is not None
    role = Role.objects.get(name="officer")
    Appointment.objects.create(
        account_id=stranger, post=county.station, role=role, starts_on=date(2024, 1, 1), deputy=True
    )
    with acting(county.officer):
        actions.reassign(id=matter.pk, post=Post.objects.get(name=AWAY).pk, reason="代管")
        assert queries.matter(matter.pk).owner.name == AWAY


def test_taking_over_lends_nobody_more_time(county: County, matter: Matter) -> None:
    """What was promised to the resident stays, whoever takes the matter in hand."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        promised = queries.matter(matter.pk).due_at
        actions.take(id=matter.pk)
        assert queries.matter(matter.pk).due_at == promised
    with acting(county.clerk):
        actions.take(id=matter.pk)
        assert queries.matter(matter.pk).due_at == promised

"""While somebody is away, what is theirs is on the deputy's board, and stays theirs."""

from dataclasses import replace

import pytest
from django.utils import timezone

from zhitong.kernel.identity.actions.absences import end_absence, take_leave
from zhitong.kernel.identity.models import Account
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions, queries
from zhitong.loop.models import Matter, Reminder
from zhitong.loop.queries import View
from zhitong.loop.tests.county import County

pytestmark = pytest.mark.usefixtures("county")


def scope_of(username: str) -> Scope:
    """As they act today."""
    return staff_scope(Account.objects.get(username=username))


def test_the_deputy_sees_and_does_what_is_theirs(county: County, matter: Matter) -> None:
    """Board, reminders and taking in hand; the owner stays the post of who is away."""
    officer, clerk = scope_of("wangjianguo"), scope_of("lixiulan")
    with acting(clerk):
        assert queries.board(View.MINE, owners=clerk.posts).matters == []
    deputy = Account.objects.get(username="lixiulan")
    today = timezone.localdate()
    with acting(officer):
        row = take_leave(deputy=deputy.pk, starts_on=today, ends_on=today)
    stands_in = scope_of("lixiulan")
    with acting(stands_in):
        found = queries.board(View.MINE, owners=stands_in.posts).matters
        assert [one.id for one in found] == [matter.pk]
        Reminder.objects.create(
            matter=matter,
            round=1,
            target="response",
            rung=1,
            post=county.office,
            at=matter.opened_at,
        )
        assert len(queries.reminders(stands_in.posts)) == 1
        actions.take(id=matter.pk)
        taken = queries.matter(matter.pk)
        assert taken.owner == county.office
        assert taken.handler == deputy
    with acting(officer):
        end_absence(absence=row)
    over = scope_of("lixiulan")
    with acting(over):
        assert queries.board(View.MINE, owners=over.posts).matters == []


def test_who_serves_elsewhere_too_takes_under_their_own_post(
    county: County, matter: Matter
) -> None:
    """As ever: somebody of the station who takes an office's matter makes it the station's."""
    with acting(replace(county.clerk)):
        actions.take(id=matter.pk)
        assert queries.matter(matter.pk).owner == county.station

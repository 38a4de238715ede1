"""Counting from what happened: the same numbers by whatever way, and never out of reach."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.actions.counting import catch_up, count, publish, publish_what_is_over
from zhitong.loop.actions.rates import (
    OwnMatter,
    ProposedAlready,
    decide_exclusion,
    propose_exclusion,
)
from zhitong.loop.domain.rates import COUNTS, Tally, total
from zhitong.loop.models import Counted, Exclusion, Matter, OpenRate, RateCell, RateProgress
from zhitong.loop.queries import exclusions, rates
from zhitong.loop.queries.counting import FIRST, counting_scope
from zhitong.loop.queries.rates import By, Of
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, VILLAGE, County, by_link, path_of, said

START = datetime(2026, 9, 14, 1, tzinfo=UTC)  # a Monday, 9 in the morning there
HOUR = timedelta(hours=1)
Cells = dict[tuple[object, ...], Tally]


@pytest.fixture
def scopes(county: County) -> County:
    """The county, its people allowed to propose and decide and to look at the rates."""
    more = frozenset({"loop.propose_exclusion", "loop.decide_exclusion", "loop.rates"})
    officer, clerk, stranger = (
        replace(each, permits=each.permits | more)
        for each in (county.officer, county.clerk, county.stranger)
    )
    return replace(county, officer=officer, clerk=clerk, stranger=stranger)


def through(county: County, nonce: str, *, stars: int = 0, answered: int = 3) -> Matter:
    """A matter that was answered some hours after it came in, closed a day later, perhaps rated."""
    opened = now()
    matter = said("村口的路灯坏了三天了", nonce)
    with acting(county.officer), clock_at(opened + answered * HOUR):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已报修")
    with acting(county.officer), clock_at(opened + answered * HOUR + 24 * HOUR):
        actions.close(id=matter.pk, outcome="solved")
    if stars:
        with acting(by_link(nonce)), clock_at(opened + answered * HOUR + 26 * HOUR):
            actions.rate(id=matter.pk, stars=stars)
    return matter


def counted() -> Cells:
    """Catch up, and read all sums."""
    with acting(counting_scope()):
        assert catch_up()
        return {
            (cell.month, cell.town, cell.category, cell.post_id): Tally(
                **{name: getattr(cell, name) for name in COUNTS}
            )
            for cell in RateCell.objects.all()
        }


def from_scratch() -> Cells:
    """Throw everything away that was counted, and count again."""
    with acting(counting_scope()):
        RateCell.objects.all().delete()
        Counted.objects.all().delete()
        RateProgress.objects.all().delete()
    return counted()


def test_rates_of_a_few(scopes: County) -> None:
    """Three matters by hand, in one cell; each number is followed to its matters."""
    with clock_at(START):
        happy = through(scopes, "a", stars=5)
        middling = through(scopes, "b", stars=3)
        waiting = said("还没人管", "c")
    with clock_at(START + 40 * 24 * HOUR):
        cells = counted()
        assert list(cells.values()) == [
            Tally(matters=3, in_time=2, answers=3, resolved=2, ended=3, points=160, rated=2)
        ]
        with acting(scopes.clerk):
            months = rates.months_back(3)
            found = rates.sums(By.TOWN, months)
            assert list(found) == [path_of(TOWN)]
            for of, wanted in (
                (Of.MATTERS, {happy, middling, waiting}),
                (Of.LATE, {waiting}),
                (Of.IN_TIME, {happy, middling}),
                (Of.UNRESOLVED, {waiting}),
                (Of.UNHAPPY, {middling}),
            ):
                listed = rates.behind(of, By.TOWN, path_of(TOWN), months)
                assert {row.code for row in listed.matters} == {each.code for each in wanted}


def test_pages_behind_a_number(scopes: County) -> None:
    """Every matter once, the newest month first, page by page; what is no page is refused."""
    for number in range(7):
        with clock_at(START + (number // 3) * 31 * 24 * HOUR):
            said("村口的路灯坏了三天了", f"n{number}")
    with clock_at(START + 90 * 24 * HOUR):
        counted()
        with acting(scopes.clerk):
            months, seen, after = rates.months_back(4), [], ""
            for _page in range(4):
                listed = rates.behind(
                    Of.MATTERS, By.LINE, rates.line_of("other"), months, after=after, size=2
                )
                seen += [row.code for row in listed.matters]
                after = listed.following
            assert not after
            newest = Matter.objects.order_by("-opened_at", "-id").values_list("code", flat=True)
            assert seen == list(newest)
            for nonsense in ("x", "202613.00", "202609.x"):
                with pytest.raises(Invalid):
                    rates.behind(Of.MATTERS, By.TOWN, "", months, after=nonsense)


def test_by_whatever_way_the_numbers_are_the_same(scopes: County) -> None:
    """Counted step by step or from scratch, by township, line, category or post."""
    chance = random.Random(7)
    for number in range(6):
        with clock_at(START + number * 9 * HOUR):
            through(
                scopes, f"n{number}", stars=chance.choice((0, 1, 3, 5)),
                answered=chance.choice((2, 200)),
            )  # fmt: skip
        with clock_at(START + (number * 9 + 8) * HOUR):
            counted()
    with clock_at(START + 90 * 24 * HOUR):
        step_by_step = counted()
        assert from_scratch() == step_by_step
        assert total(step_by_step.values()).matters == 6
        with acting(scopes.clerk):
            months = rates.months_back(12)
            wholes = {
                total(total(by_month.values()) for by_month in rates.sums(by, months).values())
                for by in By
            }
        assert wholes == {total(step_by_step.values())}


def test_one_more_matter_changes_its_own_cell_only(scopes: County) -> None:
    """And one that is moved to another township takes its numbers with it."""
    with clock_at(START):
        through(scopes, "a", stars=5)
        other = said("这边也一样", "b", OTHER_TOWN)
    with clock_at(START + 60 * HOUR):
        before = counted()
        with clock_at(START):
            said("又坏了", "c", category="noise")
        after = counted()
        assert {key for key in after if after[key] != before.get(key)} == {
            key for key in after if key[2] == "noise"
        }
        mover = replace(scopes.stranger, reach=scopes.clerk.reach)
        mover = replace(mover, reach=replace(mover.reach, subtrees=(path_of("371403"),)))
        with acting(mover):
            actions.move_area(id=other.pk, area=VILLAGE)
        moved = counted()
        assert path_of(OTHER_TOWN) not in {key[1] for key in moved}
        assert total(moved.values()) == total(after.values())


def test_time_alone_makes_a_matter_late(scopes: County) -> None:
    """Nobody touches it, and yet it counts otherwise once its time has run out."""
    with clock_at(START):
        said("没人管", "a")
        assert total(counted().values()) == Tally(matters=1)
    with clock_at(START + 30 * 24 * HOUR):
        assert total(counted().values()) == Tally(matters=1, answers=1, ended=1)


def test_counting_twice_changes_nothing(scopes: County) -> None:
    """The second time there is nothing to write."""
    with clock_at(START):
        matter = through(scopes, "a", stars=4)
        counted()
        with acting(counting_scope()):
            assert count(matters=[matter.pk], seen=FIRST) == 0
            assert count(matters=[UUID(int=1)], seen=FIRST) == 0


def test_left_out_by_two(scopes: County) -> None:
    """Proposed by the officer, decided at another post; it stays visible and counted."""
    with clock_at(START):
        matter = through(scopes, "a", stars=1)
    with clock_at(START + 40 * HOUR):
        before = total(counted().values())
        assert (before.rated, before.points) == (1, 0)
        with acting(scopes.officer):
            proposal = propose_exclusion(id=matter.pk, reason="同一件事，12345 已办结")
            with pytest.raises(ProposedAlready):
                propose_exclusion(id=matter.pk, reason="再来一次")
            with pytest.raises(OwnMatter):
                decide_exclusion(id=proposal, accepted=True)
        assert total(counted().values()) == before, "nothing changes before somebody else decides"
        with acting(scopes.stranger), pytest.raises(NotFound):
            decide_exclusion(id=proposal, accepted=True)
        with acting(scopes.clerk):
            decide_exclusion(id=proposal, accepted=True)
            with pytest.raises(Stale):
                decide_exclusion(id=proposal, accepted=False, answer="还是不行")
        assert total(counted().values()) == Tally(matters=1, excluded=1)
        assert total(from_scratch().values()) == Tally(matters=1, excluded=1)
        with acting(scopes.clerk):
            listed = rates.behind(Of.EXCLUDED, By.TOWN, "", rates.months_back(1))
            assert [row.code for row in listed.matters] == [matter.code]
            assert [row.matter_id for row in exclusions.proposed().rows] == [matter.pk]
            assert not exclusions.proposed(undecided=True).rows
            with pytest.raises(Invalid):
                exclusions.proposed(after="nonsense")
            with pytest.raises(Invalid):
                rates.behind(Of.MATTERS, By.TOWN, "", rates.months_back(1), after="nonsense")


def test_whoever_owns_the_matter_does_not_decide(scopes: County) -> None:
    """Not even about what somebody else proposed; and no takes a sentence."""
    with clock_at(START):
        matter = through(scopes, "a")
        with acting(scopes.clerk):
            proposal = propose_exclusion(id=matter.pk, reason="重复")
        with acting(scopes.officer), pytest.raises(OwnMatter):
            decide_exclusion(id=proposal, accepted=True)
        another = replace(scopes.clerk, actor="staff:00000000-0000-7000-8000-000000000009")
        with acting(another):
            with pytest.raises(Invalid):
                decide_exclusion(id=proposal, accepted=False)
            decide_exclusion(id=proposal, accepted=False, answer="不是同一件事")
        with acting(scopes.officer):
            again = propose_exclusion(id=matter.pk, reason="真的重复，见另一件")
            assert again != proposal


@pytest.mark.django_db(transaction=True)
def test_the_database_wants_two_as_well(scopes: County) -> None:
    """Whatever the code does: nobody decides on their own proposal."""
    matter = said("坏了", "a")
    with acting(scopes.officer):
        propose_exclusion(id=matter.pk, reason="重复")
        row = Exclusion.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Exclusion.objects.filter(pk=row.pk).update(
                accepted=True, decided_by=row.proposed_by, decided_at=now()
            )


@pytest.mark.parametrize(
    "do", [propose_exclusion, decide_exclusion, publish, count], ids=lambda do: do.__name__
)
def test_each_takes_its_permit(county: County, do: Callable[..., object]) -> None:
    """Without it nothing happens."""
    with acting(county.stranger), pytest.raises(Denied):
        do()


def test_a_month_is_published_once_with_small_numbers_hidden(scopes: County) -> None:
    """Not before it is over for long enough; what happens later does not change it."""
    for number in range(8):
        with clock_at(START + number * HOUR):
            through(scopes, f"n{number}", stars=5 if number < 3 else 0)
    with clock_at(START):
        said("那边一件", "o", OTHER_TOWN)
    with acting(counting_scope()):
        with clock_at(datetime(2026, 10, 9, 4, tzinfo=UTC)):
            assert catch_up()
            assert publish_what_is_over() == 0
        with clock_at(datetime(2026, 10, 12, 4, tzinfo=UTC)):
            assert catch_up()
            assert publish_what_is_over() == 1
            assert publish_what_is_over() == 0
    (month,) = rates.open_months()
    lines = {line.town: line for line in rates.open_lines(month)}
    here, there, whole = (lines[town] for town in (path_of(TOWN), path_of(OTHER_TOWN), ""))
    assert whole.matters == 9
    assert here.matters is there.matters is None, "one alone could be worked out from the total"
    assert here.response is there.response is None
    assert (whole.rated, here.rated) == (None, None), "three verdicts are too few for a number"
    assert OpenRate.objects.count() == 3

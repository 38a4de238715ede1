"""Two matters dealt with as one: who is answered, what is refused, and how it is undone."""

from datetime import timedelta

import pytest

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale
from zhitong.kernel.scope import acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.loop import actions, queries
from zhitong.loop.actions.counting import catch_up
from zhitong.loop.actions.merging import CannotMerge
from zhitong.loop.actions.moving import NotNow
from zhitong.loop.domain import Stage
from zhitong.loop.models import Counted, Matter
from zhitong.loop.queries import View
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, County, by_link, lacking, said

WHY = "说的是同一盏灯"


@pytest.fixture
def two(county: County) -> tuple[Matter, Matter]:
    """The main matter, which came first, and a later one about the same thing."""
    main = said("村口的路灯坏了三天了", "first", name="周小兰", phone="16900000001")
    return main, said("村口路灯不亮", "second", TOWN, name="孙大海", phone="16900000002")


def merged(county: County, main: Matter, matter: Matter, *, by: str = "clerk") -> None:
    """The station's clerk merges the later one into the earlier one."""
    with acting(getattr(county, by)):
        main, matter = queries.matter(main.pk), queries.matter(matter.pk)
        actions.merge(
            id=matter.pk,
            into=main.pk,
            reason=WHY,
            version=matter.version,
            main_version=main.version,
        )


def follow(nonce: str) -> tuple[Matter, list[tuple[str, str, str]]]:
    """What the resident with this code sees: the matter, and (verb, meant, words) of each step."""
    with acting(by_link(nonce)):
        matter = queries.by_link()
        steps = queries.timeline(matter, public_only=True)
    return matter, [(s.verb, str(s.data.get("verb", "")), s.text) for s in steps]


def messages(phone: str) -> list[str]:
    """The texts sent to a number."""
    rows = SmsMessage.objects.order_by("made_at")
    return [unsealed(row.text) for row in rows if unsealed(row.phone) == phone]


def test_a_merged_matter_owes_nothing_and_is_on_no_board(
    county: County, two: tuple[Matter, Matter]
) -> None:
    """No due time, no reminder, not late however long it takes."""
    main, matter = two
    merged(county, main, matter)
    with acting(county.clerk), clock_at(now() + timedelta(days=60)):
        after = queries.matter(matter.pk)
        assert (after.stage, after.due_at, after.remind_at) == (Stage.MERGED, None, None)
        listed = [one.code for view in View for one in queries.board(view).matters]
        assert matter.code not in listed
        assert matter.pk not in queries.to_look_at()
        assert queries.standing(after) == ([], None)


def test_every_resident_is_answered(county: County, two: tuple[Matter, Matter]) -> None:
    """By their own door, without the name of anybody else."""
    main, matter = two
    merged(county, main, matter)
    relay()
    assert "一并" in messages("16900000002")[-1]
    with acting(county.officer):
        actions.take(id=main.pk)
        actions.answer(id=main.pk, text="周女士您好，周小兰反映的路灯今天修好，电话16900000001")
    relay()
    _matter, steps = follow("second")
    verb, meant, words = steps[-1]
    assert (verb, meant) == ("told", "answer")
    assert "路灯今天修好" in words
    assert "周" not in words
    assert "16900000001" not in words
    assert len(messages("16900000002")) == 2
    assert len(messages("16900000001")) == 1
    with acting(county.officer):
        actions.close(id=main.pk, outcome="solved")
    relay()
    assert "是否满意" in messages("16900000002")[-1]
    assert follow("second")[1][-1][:2] == ("told", "close")


def test_nobody_reads_what_the_other_said(county: County, two: tuple[Matter, Matter]) -> None:
    """Neither the first words nor what was added travels."""
    main, matter = two
    merged(county, main, matter)
    with acting(by_link("first")):
        actions.add(id=main.pk, text="我家在第三排")
    with acting(by_link("second")):
        actions.add(id=matter.pk, text="我是孙大海，灯杆也歪了")
    relay()
    for nonce, other in (("first", "孙大海"), ("second", "第三排")):
        assert not any(other in words for _verb, _meant, words in follow(nonce)[1])
    with acting(county.officer):
        steps = queries.timeline(queries.matter(main.pk), public_only=False)
        told = [s for s in steps if s.verb == "told"]
    assert [(s.public, s.text, s.data["code"]) for s in told] == [(False, "", matter.code)]
    with acting(county.clerk):
        here, more = queries.together(queries.matter(main.pk))
    assert [(one.matter.code, one.said) for one in here] == [
        (matter.code, ["我是孙大海，灯杆也歪了"])
    ]
    assert more == 0


def test_undone_it_is_as_it_was(county: County, two: tuple[Matter, Matter]) -> None:
    """Stage, owner, round, due time and timelines; the audit log keeps both."""
    main, matter = two
    before = _told(county, main, matter)
    merged(county, main, matter)
    relay()
    with acting(county.clerk):
        actions.unmerge(id=matter.pk, version=2)
        with pytest.raises(NotNow):
            actions.unmerge(id=matter.pk)
    assert _told(county, main, matter) == before
    done = AuditEntry.objects.filter(target=matter.target).values_list("action", flat=True)
    assert {"loop.merge", "loop.unmerge"} <= set(done)


def _told(county: County, *matters: Matter) -> list[object]:
    with acting(county.clerk):
        rows = [queries.matter(one.pk) for one in matters]
        lines = [queries.timeline(row, public_only=False) for row in rows]
    return [
        [(row.stage, row.owner_id, row.round, row.due_at, row.remind_at) for row in rows],
        [[(s.verb, s.at, s.text, s.data) for s in line] for line in lines],
    ]


def test_what_cannot_be_merged(county: County, two: tuple[Matter, Matter]) -> None:
    """No chains, no circles, not into a later one, not once it has ended, not an old page."""
    main, matter = two
    third = said("路灯又坏了", "third", TOWN)
    with acting(county.clerk):
        for id, into in ((main.pk, main.pk), (main.pk, matter.pk)):
            with pytest.raises(CannotMerge):
                actions.merge(id=id, into=into, reason=WHY, version=1, main_version=1)
        for stale in ({"version": 7, "main_version": 1}, {"version": 1, "main_version": 7}):
            with pytest.raises(Stale):
                actions.merge(id=matter.pk, into=main.pk, reason=WHY, **stale)
        with pytest.raises(Invalid):
            actions.merge(id=matter.pk, into=main.pk, reason=" ", version=1, main_version=1)
    merged(county, main, matter)
    with pytest.raises(CannotMerge, match=main.code):
        merged(county, matter, third)
    with pytest.raises(CannotMerge):
        merged(county, main, matter)
    older = Matter(pk=third.pk)
    merged(county, main, older)
    with acting(county.officer):
        actions.take(id=main.pk)
        actions.answer(id=main.pk, text="已修好", outcome="solved")
    with pytest.raises(CannotMerge):
        merged(county, main, said("路灯", "fourth", TOWN))


def test_a_main_matter_stays_one(county: County, two: tuple[Matter, Matter]) -> None:
    """What others were merged into is not merged itself; the sentence names them."""
    main, matter = two
    third = said("路灯又坏了", "third", TOWN)
    merged(county, matter, third)
    with pytest.raises(CannotMerge, match=third.code):
        merged(county, main, matter)


def test_both_within_reach_and_only_who_may(county: County, two: tuple[Matter, Matter]) -> None:
    """Out of reach is not there; undoing takes its permit too."""
    main, matter = two
    away = said("路灯", "away", OTHER_TOWN)
    with pytest.raises(NotFound):
        merged(county, main, away)
    with pytest.raises(NotFound):
        merged(county, main, matter, by="stranger")
    with acting(lacking(county.clerk, "loop.merge")), pytest.raises(Denied):
        actions.merge(id=matter.pk, into=main.pk, reason=WHY, version=1, main_version=1)
    merged(county, main, matter)
    with acting(lacking(county.clerk, "loop.unmerge")), pytest.raises(Denied):
        actions.unmerge(id=matter.pk)


def test_who_is_not_satisfied_gets_their_own_matter_back(
    county: County, two: tuple[Matter, Matter]
) -> None:
    """With its whole clock, and with the verdict; the other resident hears nothing of it."""
    main, matter = two
    merged(county, main, matter)
    with acting(by_link("second")), pytest.raises(NotNow):
        actions.rate(id=matter.pk, stars=5)
    with acting(county.officer):
        actions.take(id=main.pk)
        actions.answer(id=main.pk, text="已修好", outcome="solved")
    relay()
    with acting(by_link("second")):
        actions.rate(id=matter.pk, stars=2, text="我说的是另一盏")
    relay()
    after, steps = follow("second")
    assert (after.stage, after.due_at, after.stars) == ("received", matter.due_at, 2)
    assert [verb for verb, _meant, _words in steps] == ["open", "add"]
    with acting(county.clerk):
        first = queries.matter(main.pk)
        assert first.stage == Stage.CLOSED
        assert not queries.merged_here(first)


def test_who_is_satisfied_has_the_last_word(county: County, two: tuple[Matter, Matter]) -> None:
    """Then the merge stays."""
    main, matter = two
    merged(county, main, matter)
    with acting(county.officer):
        actions.take(id=main.pk)
        actions.answer(id=main.pk, text="已修好", outcome="solved")
    relay()
    with acting(by_link("second")):
        actions.rate(id=matter.pk, stars=5)
    with acting(county.clerk), pytest.raises(NotNow):
        actions.unmerge(id=matter.pk)
    assert follow("second")[0].stage == Stage.RATED


def test_whoever_disagrees_with_the_merge_is_parted(
    county: County, two: tuple[Matter, Matter]
) -> None:
    """At any time, by the resident's own word."""
    main, matter = two
    merged(county, main, matter)
    with acting(by_link("second")):
        actions.reopen(id=matter.pk, text="不是同一盏灯")
    assert follow("second")[0].stage == Stage.RECEIVED


def test_one_taken_back_parts_the_others(county: County, two: tuple[Matter, Matter]) -> None:
    """A resident takes back their own matter only."""
    main, matter = two
    merged(county, main, matter)
    with acting(by_link("first")):
        actions.withdraw(id=main.pk)
    relay()
    after = follow("second")[0]
    assert (after.stage, after.due_at) == (Stage.RECEIVED, matter.due_at)


def test_the_rates_count_it_once(county: County, two: tuple[Matter, Matter]) -> None:
    """While merged only the main one counts; parted again, both do."""
    main, matter = two

    def counted() -> set[object]:
        with acting(counting_scope()):
            catch_up()
            return set(Counted.objects.values_list("matter_id", flat=True))

    assert counted() == {main.pk, matter.pk}
    merged(county, main, matter)
    assert counted() == {main.pk}
    with acting(county.clerk):
        actions.unmerge(id=matter.pk)
    assert counted() == {main.pk, matter.pk}

"""A note from a thought to the public: two people, a hold that wins, corrections, withdrawal."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from zhitong.kernel.bus.models import Event
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale
from zhitong.kernel.scope import Scope, acting
from zhitong.lines.microblog.desk import actions, queries
from zhitong.lines.microblog.desk.actions.moving import NotNow, OwnWords
from zhitong.lines.microblog.desk.domain import Stage
from zhitong.lines.microblog.desk.models import Note, Publication, Version
from zhitong.lines.microblog.desk.timers import publish_due
from zhitong.loop.tests.county import COUNTY, TOWN, County

PERMITS = frozenset(
    {
        "desk.write", "desk.submit", "desk.review", "desk.schedule", "desk.hold", "desk.confirm",
        "desk.withdraw",
    }
)  # fmt: skip
FRAUD: dict[str, Any] = {
    "category": "prevention",
    "title": "别信“安全账户”",
    "words": "公检法没有安全账户。\n\n接到这样的电话，挂掉，拨打96110核实。",
}


def able(scope: Scope) -> Scope:
    return replace(scope, permits=scope.permits | PERMITS)


@pytest.fixture
def editor(county: County) -> Scope:
    return able(county.clerk)


@pytest.fixture
def colleague(county: County) -> Scope:
    return replace(able(county.clerk), actor=f"staff:{uuid4()}", label="同事")


@pytest.fixture
def third(county: County) -> Scope:
    return replace(able(county.clerk), actor=f"staff:{uuid4()}", label="第三人")


def written(editor: Scope, **changes: Any) -> Note:
    with acting(editor):
        made = actions.write(area=TOWN, **{**FRAUD, **changes})
        return actions.submit(note=made.pk, version=made.version)


def out(editor: Scope, colleague: Scope, **changes: Any) -> Note:
    """A note that the public reads."""
    note = written(editor, **changes)
    with acting(colleague):
        note = actions.review(note=note.pk, version=note.version, approve=True)
        actions.schedule(note=note.pk, version=note.version)
    assert publish_due() == 1
    with acting(editor):
        return queries.note(note.pk)


def test_once_round_the_desk(editor: Scope, colleague: Scope) -> None:
    note = out(editor, colleague)
    assert (note.stage, note.out) == (Stage.PUBLISHED, 1)
    (row,) = queries.published()[0]
    assert (row.pk, row.title, row.number) == (note.pk, FRAUD["title"], 1)
    assert row.words == FRAUD["words"]
    event = Event.objects.get(name__endswith="NotePublished")
    assert event.body == {"note": str(note.pk), "number": 1}
    assert publish_due() == 0
    with acting(editor):
        assert [deed.verb for deed in queries.deeds(note)] == [
            "publish", "schedule", "approve", "submit",
        ]  # fmt: skip


def test_nobody_approves_their_own_words(editor: Scope) -> None:
    note = written(editor)
    with acting(editor), pytest.raises(OwnWords):
        actions.review(note=note.pk, version=note.version, approve=True)


def test_appeals_take_four_eyes_more(editor: Scope, colleague: Scope, third: Scope) -> None:
    note = written(editor, category="appeal")
    for scope, stage in ((colleague, Stage.IN_REVIEW), (third, Stage.APPROVED)):
        with acting(scope):
            note = actions.review(note=note.pk, version=note.version, approve=True)
        assert note.stage == stage


def test_the_same_person_twice_is_one_person(editor: Scope, colleague: Scope) -> None:
    note = written(editor, category="appeal")
    with acting(colleague):
        for _again in range(2):
            note = actions.review(note=note.pk, version=note.version, approve=True)
    assert note.stage == Stage.IN_REVIEW


def test_a_new_version_needs_a_new_look(editor: Scope, colleague: Scope) -> None:
    note = written(editor)
    with acting(colleague):
        note = actions.review(note=note.pk, version=note.version, approve=True)
    with acting(editor):
        note = actions.write(note=note.pk, version=note.version, **{**FRAUD, "title": "改过的"})
        assert (note.stage, note.latest) == (Stage.DRAFT, 2)
        with pytest.raises(NotNow):
            actions.schedule(note=note.pk, version=note.version)
        note = actions.submit(note=note.pk, version=note.version)
    with acting(colleague):
        assert queries.approvers(note) == set()


def test_sent_back_with_a_word(editor: Scope, colleague: Scope) -> None:
    note = written(editor)
    with acting(colleague):
        with pytest.raises(Invalid):
            actions.review(note=note.pk, version=note.version, approve=False)
        note = actions.review(note=note.pk, version=note.version, approve=False, words="太长")
        assert note.stage == Stage.CHANGES
        assert queries.deeds(note)[0].words == "太长"


def test_a_hold_wins_over_what_happens_at_the_same_moment(editor: Scope, colleague: Scope) -> None:
    note = written(editor)
    with acting(colleague):
        note = actions.review(note=note.pk, version=note.version, approve=True)
        note = actions.schedule(note=note.pk, version=note.version)
    with acting(editor):
        actions.hold(note=note.pk, words="等核实")
    assert publish_due() == 0
    assert not Publication.objects.exists()
    with acting(editor):
        held = queries.note(note.pk)
        assert held.stage == Stage.HELD
        resumed = actions.hold(note=note.pk, words="", on=False, version=held.version)
        assert resumed.stage == Stage.IN_REVIEW
        assert queries.approvers(resumed) == set()


def test_what_is_old_on_the_screen_is_refused(editor: Scope, colleague: Scope) -> None:
    note = written(editor)
    with acting(colleague):
        actions.review(note=note.pk, version=note.version, approve=False, words="改一下")
        with pytest.raises(Stale):
            actions.review(note=note.pk, version=note.version, approve=True)


def test_an_urgent_warning_goes_out_at_once_and_is_looked_at_again(
    editor: Scope, colleague: Scope, third: Scope
) -> None:
    with acting(editor):
        made = actions.write(area=TOWN, **{**FRAUD, "category": "weather"})
        note = actions.submit(note=made.pk, version=made.version, urgent=True)
    with acting(colleague):
        note = actions.review(note=note.pk, version=note.version, approve=True)
    assert publish_due() == 1
    for scope in (editor, colleague):
        with acting(scope):
            note = queries.note(note.pk)
            assert note.look_again_at is not None
            with pytest.raises(OwnWords):
                actions.confirm(note=note.pk, version=note.version)
    with acting(third):
        assert actions.confirm(note=note.pk, version=note.version).look_again_at is None


def test_only_some_may_go_the_short_way(editor: Scope) -> None:
    with acting(editor):
        made = actions.write(area=TOWN, **FRAUD)
        with pytest.raises(Invalid):
            actions.submit(note=made.pk, version=made.version, urgent=True)


def test_a_correction_says_what_and_the_old_words_stay_until_it_is_approved(
    editor: Scope, colleague: Scope
) -> None:
    note = out(editor, colleague)
    with acting(editor):
        with pytest.raises(Invalid):
            actions.write(note=note.pk, version=note.version, **{**FRAUD, "title": "新"})
        corrected = {**FRAUD, "title": "新", "why": "电话写错了"}
        note = actions.write(note=note.pk, version=note.version, **corrected)
        note = actions.submit(note=note.pk, version=note.version)
    assert queries.publication(note.pk).title == FRAUD["title"]
    with acting(colleague):
        note = actions.review(note=note.pk, version=note.version, approve=True)
        actions.schedule(note=note.pk, version=note.version)
    first = queries.publication(note.pk).published_at
    assert publish_due() == 1
    row = queries.publication(note.pk)
    assert (row.title, row.number, row.why) == ("新", 2, "电话写错了")
    assert row.published_at == first


def test_what_is_withdrawn_is_gone_but_for_the_reason(editor: Scope, colleague: Scope) -> None:
    note = out(editor, colleague)
    with acting(editor):
        actions.withdraw(note=note.pk, version=note.version, words="已经解除")
    assert queries.published() == ([], "")
    row = queries.publication(note.pk)
    assert (row.words, row.why) == ("", "已经解除")
    assert Event.objects.filter(name__endswith="NoteWithdrawn").count() == 1
    with acting(editor), pytest.raises(NotNow):
        actions.write(note=note.pk, version=None, **{**FRAUD, "why": "x"})


def test_it_goes_out_at_its_time(editor: Scope, colleague: Scope) -> None:
    note = written(editor)
    with acting(colleague):
        note = actions.review(note=note.pk, version=note.version, approve=True)
        with pytest.raises(Invalid):
            actions.schedule(note=note.pk, version=note.version, at=now() - timedelta(hours=1))
        actions.schedule(note=note.pk, version=note.version, at=now() + timedelta(hours=3))
    assert publish_due() == 0
    with clock_at(now() + timedelta(hours=4)):
        assert publish_due() == 1


def test_a_number_of_somebody_does_not_go_out(editor: Scope) -> None:
    with acting(editor):
        made = actions.write(area=TOWN, **{**FRAUD, "words": "骗子电话13812345678，别接。"})
        with pytest.raises(Invalid):
            actions.submit(note=made.pk, version=made.version)


def test_no_number_goes_out_in_a_reason_either(editor: Scope, colleague: Scope) -> None:
    note = out(editor, colleague)
    with acting(editor), pytest.raises(Invalid):
        actions.withdraw(note=note.pk, version=note.version, words="机主13812345678投诉")
    with acting(editor):
        told = {**FRAUD, "why": "原文写了13812345678"}
        found = actions.write(note=note.pk, version=note.version, **told)
        with pytest.raises(Invalid):
            actions.submit(note=found.pk, version=found.version)


def test_one_that_cannot_go_out_keeps_none_back(editor: Scope, colleague: Scope) -> None:
    broken, sound = (written(editor, title=title) for title in ("一", "二"))
    with acting(colleague):
        for note in (broken, sound):
            done = actions.review(note=note.pk, version=note.version, approve=True)
            actions.schedule(note=note.pk, version=done.version)
        Version.objects.filter(note=broken.pk).delete()
    assert publish_due() == 1
    assert [row.pk for row in queries.published()[0]] == [sound.pk]


def test_the_desk_ends_at_the_reach(county: County, editor: Scope) -> None:
    note = written(editor)
    with acting(able(county.stranger)):
        with pytest.raises(NotFound):
            queries.note(note.pk)
        assert queries.on_the_desk()[0] == []
        with pytest.raises(Invalid):
            actions.write(area=COUNTY, **FRAUD)
    with acting(county.clerk), pytest.raises(Denied):
        actions.write(area=TOWN, **FRAUD)


def test_lists_go_on_where_they_ended(editor: Scope, colleague: Scope) -> None:
    notes = [out(editor, colleague, title=f"第{number}条") for number in range(23)]
    first, key = queries.published()
    rest, end = queries.published(after=key)
    assert end == ""
    assert [row.pk for row in (*first, *rest)] == [note.pk for note in reversed(notes)]
    with acting(editor):
        page, key = queries.on_the_desk(everything=True)
        later, _end = queries.on_the_desk(everything=True, after=key)
        assert len(page) + len(later) == 23
        assert queries.on_the_desk()[0] == []
    with pytest.raises(Invalid):
        queries.published(after="zz")

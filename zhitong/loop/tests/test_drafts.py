"""What somebody is writing is kept for them alone until it is said."""

from datetime import timedelta

import pytest
import time_machine

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.retention.registry import RETENTION
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.domain.drafting import joined
from zhitong.loop.models import Draft, Matter
from zhitong.loop.tests.county import County, by_link, lacking


def kept(county: County, matter: Matter, who: str, text: str, box: str = "answer") -> None:
    with acting(getattr(county, who)):
        actions.keep_draft(id=matter.pk, box=box, text=text)


def test_two_clerks_never_overwrite_each_other(county: County, matter: Matter) -> None:
    kept(county, matter, "officer", "已派人去看")
    kept(county, matter, "clerk", "请问是哪一盏")
    kept(county, matter, "officer", "已派人去修")
    with acting(county.officer):
        seen = queries.beside(queries.matter(matter.pk))
        assert seen.answer and seen.answer.text == "已派人去修"
        assert [(one.label, one.text) for one in seen.writing] == [(county.clerk.label, "")]
    with acting(county.clerk):
        seen = queries.beside(queries.matter(matter.pk))
        assert seen.answer and seen.answer.text == "请问是哪一盏"


def test_boxes_are_never_mixed_up(county: County, matter: Matter) -> None:
    """A draft of a note is nowhere near the answer, and neither is said for the other."""
    kept(county, matter, "officer", "他上周已经来过三次", "note")
    kept(county, matter, "officer", "您好", "answer")
    with acting(county.officer):
        seen = queries.beside(queries.matter(matter.pk))
        assert seen.answer and seen.answer.text == "您好"
        assert seen.note and seen.note.text == "他上周已经来过三次"
        actions.take(id=matter.pk)
        actions.note(id=matter.pk, text="他上周已经来过三次")
        assert [row.box for row in Draft.objects.all()] == ["answer"]
        actions.answer(id=matter.pk, text="您好")
        assert not Draft.objects.exists()


def test_sending_removes_only_the_senders_draft(county: County, matter: Matter) -> None:
    kept(county, matter, "officer", "一")
    kept(county, matter, "clerk", "二")
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="一")
    with acting(county.clerk):
        assert [row.text for row in Draft.objects.all()] == ["二"]


def test_a_refused_answer_leaves_the_draft(county: County, matter: Matter) -> None:
    kept(county, matter, "officer", "写了一半")
    with acting(county.officer), pytest.raises(Invalid):
        actions.answer(id=matter.pk, text="{{code}}")
    with acting(county.officer):
        assert Draft.objects.count() == 1


def test_blank_words_forget_it(county: County, matter: Matter) -> None:
    kept(county, matter, "officer", "一")
    kept(county, matter, "officer", " \n")
    with acting(county.officer):
        assert not Draft.objects.exists()


@pytest.mark.parametrize(("box", "outcome"), [("waiting", ""), ("x", ""), ("answer", "x")])
def test_only_what_a_box_can_hold(county: County, matter: Matter, box: str, outcome: str) -> None:
    with acting(county.officer), pytest.raises(Invalid):
        actions.keep_draft(id=matter.pk, box=box, text="一", outcome=outcome)


def test_who_may_not_reaches_nothing(county: County, matter: Matter) -> None:
    with acting(county.stranger), pytest.raises(NotFound):
        actions.keep_draft(id=matter.pk, box="answer", text="一")
    with acting(lacking(county.officer, "loop.draft")), pytest.raises(Denied):
        actions.keep_draft(id=matter.pk, box="answer", text="一")
    kept(county, matter, "officer", "一")
    with acting(by_link("nonce-1")):
        assert not Draft.objects.exists()


def test_it_goes_after_a_month_unless_it_waits(county: County, matter: Matter) -> None:
    kept(county, matter, "officer", "一")
    expired = RETENTION["loop.Draft"].expired
    assert expired
    with acting(county.officer):
        assert not expired(now()).exists()
        with time_machine.travel(now() + timedelta(days=31)):
            assert expired(now()).count() == 1
            Draft.objects.update(box="waiting", goes_out_at=now() + timedelta(days=5), version=1)
            assert not expired(now()).exists()


@pytest.mark.parametrize(
    ("there", "back", "told"), [("", "a", "a"), ("a\n", "a", "a"), ("b ", "a", "b\n\na")]
)
def test_what_comes_back_hides_nothing(there: str, back: str, told: str) -> None:
    assert joined(there, back) == told

"""A resident's words and words for everybody: two people, nothing personal, every picture seen."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.permits.world import a_photo
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.summarising import NotADraft, SamePerson
from zhitong.loop.domain.publishing import Seen, SummaryState
from zhitong.loop.models import Matter, Photo, Summary
from zhitong.loop.tests.county import County, said

PERMITS = frozenset({"loop.draft_summary", "loop.review_summary", "loop.withdraw_summary"})
WORDS = "我叫王建国，电话13812345678，住政府街128号3号楼2单元301室，楼道灯坏了"


def able(scope: Scope) -> Scope:
    return replace(scope, permits=scope.permits | PERMITS)


@pytest.fixture
def drafter(county: County) -> Scope:
    return able(county.officer)


@pytest.fixture
def reviewer(county: County) -> Scope:
    return able(county.clerk)


@pytest.fixture
def told(county: County) -> Matter:
    return said(WORDS, "told")


def pictured(matter: Matter, scope: Scope) -> Photo:
    drawn = a_photo()
    with acting(scope):
        row: Photo = Photo.objects.create(
            matter=matter,
            sha256="0" * 64,
            width=drawn.width,
            height=drawn.height,
            size=len(drawn.data),
            at=now(),
        )
    return row


def test_drafted_by_one_and_released_by_another(told, drafter, reviewer) -> None:
    with acting(drafter):
        text = queries.proposal(told)
        assert "13812345678" not in text
        assert "王建国" not in text
        assert "政府街128号" not in text
        assert "楼道灯坏了" in text
        draft = actions.draft_summary(id=told.pk, text=text)
        assert draft.released() is None
        with pytest.raises(SamePerson):
            actions.review_summary(id=told.pk, version=draft.version)
    with acting(reviewer):
        released = actions.review_summary(id=told.pk, version=draft.version).released()
        assert released is not None
        assert released.words == text
        assert queries.matter(told.pk).words == WORDS  # the original stays as it was said
    assert not AuditEntry.objects.filter(details__contains="13812345678").exists()


def test_refused_while_something_personal_is_in_it(told, drafter) -> None:
    with acting(drafter):
        with pytest.raises(Invalid) as refused:
            actions.draft_summary(id=told.pk, text="灯修好了，问0534-8321110或13812345678")
        assert "13812345678" not in str(refused.value.fields["text"])
        with pytest.raises(Invalid):
            actions.draft_summary(id=told.pk, text="问13812345678", kept=["phone:0534-8321110"])
        draft = actions.draft_summary(
            id=told.pk, text="问0534-8321110", kept=["phone:0534-8321110", "mobile:13812345678"]
        )
        assert draft.kept == ["phone:0534-8321110"]


def test_every_picture_is_looked_at_twice(told, drafter, reviewer) -> None:
    shown, hidden = pictured(told, drafter), pictured(told, drafter)
    with acting(drafter):
        with pytest.raises(Invalid):
            actions.draft_summary(id=told.pk, text="灯坏了", pictures={shown.pk: Seen.SHOWN})
        seen = {shown.pk: Seen.SHOWN, hidden.pk: Seen.LEFT_OUT}
        draft = actions.draft_summary(id=told.pk, text="灯坏了", pictures=seen)
    with acting(reviewer):
        with pytest.raises(Invalid):
            actions.review_summary(id=told.pk, version=draft.version)
        done = actions.review_summary(id=told.pk, version=draft.version, pictures=[shown.pk])
    released = done.released()
    assert released is not None
    assert released.pictures == (shown.pk,)


def test_a_picture_that_came_later_is_looked_at_first(told, drafter, reviewer) -> None:
    with acting(drafter):
        draft = actions.draft_summary(id=told.pk, text="灯坏了")
    pictured(told, drafter)
    with acting(reviewer), pytest.raises(Invalid):
        actions.review_summary(id=told.pk, version=draft.version)


def test_withdrawn_and_written_anew(told, drafter, reviewer) -> None:
    with acting(drafter):
        draft = actions.draft_summary(id=told.pk, text="灯坏了")
    with acting(reviewer):
        out = actions.review_summary(id=told.pk, version=draft.version)
    with acting(drafter):
        with pytest.raises(NotADraft):
            actions.draft_summary(id=told.pk, text="灯修好了", version=out.version)
        with pytest.raises(Invalid):
            actions.withdraw_summary(id=told.pk, reason=" ", version=out.version)
        back = actions.withdraw_summary(id=told.pk, reason="地方写错了", version=out.version)
        assert back.released() is None
        with pytest.raises(NotADraft):
            actions.withdraw_summary(id=told.pk, reason="再来一次", version=back.version)
        anew = actions.draft_summary(id=told.pk, text="灯修好了", version=back.version)
    assert (anew.state, anew.reviewed_by, anew.reason) == (SummaryState.DRAFT, "", "")


def test_two_at_once_and_nobody_beyond_reach(told, county, drafter, reviewer) -> None:
    with acting(drafter):
        draft = actions.draft_summary(id=told.pk, text="灯坏了")
        with pytest.raises(Stale):
            actions.draft_summary(id=told.pk, text="灯又坏了")
    with acting(reviewer), pytest.raises(Stale):
        actions.review_summary(id=told.pk, version=draft.version + 1)
    with acting(able(county.stranger)), pytest.raises(NotFound):
        actions.draft_summary(id=told.pk, text="灯坏了", version=draft.version)
    with acting(replace(county.clerk, permits=frozenset({"loop.read"}))), pytest.raises(Denied):
        actions.review_summary(id=told.pk, version=draft.version)


def test_the_database_refuses_one_person_too(told, drafter) -> None:
    with acting(drafter):
        draft = actions.draft_summary(id=told.pk, text="灯坏了")
        rows = Summary.objects.filter(pk=draft.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="reviewed", reviewed_by=drafter.actor, reviewed_at=now())
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="reviewed")
    alone = Summary(state="reviewed", drafted_by="staff:1", reviewed_by="staff:1", text="x")
    assert alone.released() is None

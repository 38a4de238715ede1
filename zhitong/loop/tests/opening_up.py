"""Matters that lie open, for the tests of the public doors."""

from dataclasses import replace
from typing import Any

from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions
from zhitong.loop.domain.publishing import Seen
from zhitong.loop.models import Matter, Photo
from zhitong.loop.tests.county import County, said

PERMITS = frozenset({"loop.draft_summary", "loop.review_summary", "loop.withdraw_summary"})
SECRET = "我叫王建国，电话13812345678，北街第三盏路灯坏了"
TEXT = "北街一带路灯不亮。"
ANSWER = "已更换灯头，恢复照明。"


def able(scope: Scope) -> Scope:
    """Whoever may draft, review and withdraw as well."""
    return replace(scope, permits=scope.permits | PERMITS)


def answered(county: County, matter: Matter) -> None:
    """Taken, answered and closed as solved."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="王建国您好，已修好", outcome="solved")


def released(county: County, matter: Matter, text: str = TEXT, answer: str = ANSWER) -> Matter:
    """Drafted by one, released by another, every picture shown; returns the matter."""
    with acting(able(county.officer)):
        pictures = [photo.pk for photo in Photo.objects.filter(matter=matter)]
        draft = actions.draft_summary(
            id=matter.pk,
            text=text,
            answer=answer,
            pictures=dict.fromkeys(pictures, Seen.SHOWN),
        )
    with acting(able(county.clerk)):
        actions.review_summary(id=matter.pk, version=draft.version, pictures=pictures)
    return matter


def taken_back(county: County, matter: Matter) -> None:
    """The summary is withdrawn."""
    with acting(able(county.clerk)):
        actions.withdraw_summary(id=matter.pk, reason="地方写错了", version=2)


def lying_open(county: County, nonce: str, **more: Any) -> Matter:
    """Said, answered and released."""
    matter = said(SECRET, nonce, **({"category": "streetlight"} | more))
    answered(county, matter)
    return released(county, matter)

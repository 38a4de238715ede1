"""A small county: one township with two villages, a station, an office, three people."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from zhitong.kernel.areas.models import Area
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.codes import tracking_code, tracking_digest
from zhitong.kernel.identity.models import Account, Appointment, Post, Role
from zhitong.kernel.identity.roles import LINK, PUBLIC
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop import actions
from zhitong.loop.models import Matter

COUNTY = "371403"
TOWN = "371403001"
VILLAGE = "371403001201"
OTHER_TOWN = "371403002"


def path_of(code: str) -> str:
    """The reach path of a code."""
    cuts = [cut for cut in (2, 4, 6, 9, 12) if cut <= len(code)]
    return "".join(code[a:b] + "/" for a, b in zip([0, *cuts], cuts, strict=False))


@dataclass(frozen=True)
class County:
    """The scopes that the tests act in."""

    officer: Scope
    clerk: Scope
    stranger: Scope
    office: Post
    station: Post


@pytest.fixture
def county(db: None) -> County:
    """Areas, posts, people and their scopes."""
    _areas()
    bureau = _post("陵城区公安分局", Post.Kind.BUREAU, COUNTY)
    station = _post("安德街道派出所", Post.Kind.STATION, TOWN, bureau)
    office = _post("北街警务室", Post.Kind.COMMUNITY, VILLAGE, station)
    away = _post("临齐街道派出所", Post.Kind.STATION, OTHER_TOWN, bureau)
    return County(
        officer=_serving("wangjianguo", "王建国", office),
        clerk=_serving("lixiulan", "李秀兰", station),
        stranger=_serving("zhaodayong", "赵大勇", away),
        office=office,
        station=station,
    )


@pytest.fixture
def matter(county: County) -> Matter:
    """One matter that came in by the public form."""
    return said("村口的路灯坏了三天了", "nonce-1")


def said(words: str, nonce: str, area: str = VILLAGE, **more: Any) -> Matter:
    """Say something as anybody."""
    with acting(by_link(nonce, PUBLIC)):
        opened = actions.open_matter(
            area=area, words=words, channel="web", external_id=nonce, **more
        )
        return opened.matter


def by_link(nonce: str, permits: frozenset[str] = LINK) -> Scope:
    """Whoever holds the tracking code of what the form with this nonce made."""
    digest = tracking_digest(tracking_code(channel="web", external_id=nonce))
    return Scope("link", Reach(link=digest), permits, "own matter")


def lacking(scope: Scope, permit: str) -> Scope:
    """The same scope without one permit."""
    return replace(scope, permits=scope.permits - {permit})


def _areas() -> None:
    names = {"37": "山东省", "3714": "德州市", COUNTY: "陵城区", TOWN: "安德街道"}
    names |= {VILLAGE: "北街社区", OTHER_TOWN: "临齐街道"}
    for code, name in names.items():
        level = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}[len(code)]
        Area.objects.create(
            number=int(code),
            code=code,
            name=name,
            level=level,
            path=path_of(code),
        )


def _post(name: str, kind: Post.Kind, code: str, parent: Post | None = None) -> Post:
    area = Area.objects.get(code=code)
    return Post.objects.create(name=name, kind=kind, area=area, path=area.path, parent=parent)


def _serving(username: str, name: str, post: Post) -> Scope:
    permits = ["loop." + verb for verb in _STAFF]
    role, _ = Role.objects.get_or_create(
        name="officer", defaults={"label": "o", "permits": permits}
    )
    account = Account.objects.create(username=username, name=name, password="!", made_at=now())
    Appointment.objects.create(account=account, post=post, role=role, starts_on=date(2020, 1, 1))
    return staff_scope(account)


_STAFF = (
    "open", "behalf", "read", "look", "board", "search", "take", "reassign", "move_area",
    "hand_over", "take_back", "note", "ask", "answer", "close", "refuse", "merge", "unmerge",
    "split",
    "draft", "answer_later", "call_off", "write_reply", "end_reply",
)  # fmt: skip

"""``python -m bench.filling N``: fill the county up to N open matters, past the actions.

Rows are written in bulk as the actions would write them: a matter, its first step, its search
words. Also makes one officer with a sign-in, and prints the cookie's token as one JSON line.
"""

import json
import random
import secrets
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import django

BATCH = 5000
WORDS = (
    "村口的路灯坏了，晚上看不清路。",
    "邻居家排水排到我家门口，说了几次都没用，请帮忙调解一下。",
    "想问一下新生儿落户要带什么材料，周六能不能办。",
    "有人打电话说我涉嫌洗钱，让我把钱转到安全账户，是不是骗子？",
    "学校门口放学的时候车太多，孩子过马路很危险。",
    "租房住的，想办居住证，单位没有给开证明怎么办？",
)


def fill(total: int) -> dict[str, str]:
    """Bring the number of matters up to ``total``."""
    models = import_module("zhitong.loop.models")
    reach = import_module("zhitong.kernel.databases.reach")
    rng = random.Random(7)
    with reach.beyond_reach():
        places = _places()
        have = models.Matter.unguarded.count()
        for start in range(have, total, BATCH):
            _batch(models, rng, places, range(start, min(start + BATCH, total)))
    _analyse()
    return {"token": _sign_in(), "code": _code(0)}


def _places() -> list[tuple[int, str, Any]]:
    areas = import_module("zhitong.kernel.areas.models").Area
    posts = import_module("zhitong.kernel.identity.models").Post
    stations = {post.path: post.pk for post in posts.objects.filter(kind="station")}
    villages = areas.objects.filter(level="village").values_list("number", "path")
    return [(number, path, stations[path[:13]]) for number, path in villages]


def _batch(models: Any, rng: random.Random, places: list[Any], numbers: range) -> None:
    domain = import_module("zhitong.kernel.search.domain")
    at = datetime.now(UTC)
    matters, steps, words = [], [], []
    for number in numbers:
        area, path, post = rng.choice(places)
        text = f"{rng.choice(WORDS)}（第{number}件）"
        stage = rng.choice(("received", "owned", "owned", "answered"))
        matter = models.Matter(
            code=_code(number),
            area_id=area,
            area_path=path,
            category="other",
            words=text,
            stage=stage,
            owner_id=post,
            due_at=at + timedelta(minutes=rng.randrange(-2000, 40000)),
            channel="web",
            external_id=f"fill-{number}",
            tracking_digest=secrets.token_hex(32),
            opened_at=at,
        )
        matters.append(matter)
        steps.append(
            models.Step(
                matter=matter, verb="open", stage=stage, round=1, public=True, actor="public", at=at
            )
        )
        words.append(models.MatterWords(owner=matter, tokens=domain.tokens(text)))
    models.Matter.unguarded.bulk_create(matters, batch_size=1000)
    models.Step.unguarded.bulk_create(steps, batch_size=1000)
    models.MatterWords.rows.bulk_create(words, batch_size=1000)


def _analyse() -> None:
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _code(have: int) -> str:
    """The staff code of the matter with this number."""
    return f"{have:08d}"[:4] + "-" + f"{have % 10**4:04d}"


def _sign_in() -> str:
    """An officer of the whole county, signed in; the token of the cookie."""
    identity = import_module("zhitong.kernel.identity.models")
    sign_ins = import_module("zhitong.kernel.identity.sign_ins")
    at = datetime.now(UTC)
    account, made = identity.Account.objects.get_or_create(
        username="bench-officer", defaults={"name": "测", "password": "!", "made_at": at}
    )
    if made:
        identity.Appointment.objects.create(
            account=account,
            post=identity.Post.objects.get(kind="bureau"),
            role=identity.Role.objects.get(name="supervisor"),
            starts_on=at.date() - timedelta(days=1),
        )
    token = str(sign_ins.new_token())
    identity.SignIn.objects.create(
        digest=sign_ins.digest_of(token),
        account=account,
        stage="open",
        second_factor="totp",
        started_at=at,
        last_seen_at=at,
    )
    return token


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))) + "\n")

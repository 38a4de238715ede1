"""``python -m bench.filling N``: fill the county up to N open matters, past the actions.

Rows are written in bulk as the actions would write them: a matter, its first step, its search
words. Also makes one officer with a sign-in, and prints the cookie's token as one JSON line.
"""

import json
import random
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import django
from django.db import connection, transaction

from bench import tallies
from bench.texts import some_words
from zhitong.kernel.databases import bulk
from zhitong.kernel.search.engines import postgresql_create

BATCH = 10_000
HOUR_MS = 3_600_000
Say = Callable[[random.Random, int], str]


def fill(total: int, say: Say = some_words) -> dict[str, str]:
    """Bring the number of matters up to ``total``; ``say`` gives the words of each."""
    models = import_module("zhitong.loop.models")
    reach = import_module("zhitong.kernel.databases.reach")
    rng = random.Random(7)
    with reach.beyond_reach():
        places = _places()
        have = models.Matter.unguarded.count()
        with _indexed_afterwards():
            for start in range(have, total, BATCH):
                _batch(models, rng, places, range(start, min(start + BATCH, total)), say)
        _caught_up(models)
    tallies.keep(total)
    _settle()
    return {"token": _sign_in(), "code": code_of(0)}


def _places() -> list[tuple[int, str, Any]]:
    areas = import_module("zhitong.kernel.areas.models").Area
    posts = import_module("zhitong.kernel.identity.models").Post
    stations = {post.path: post.pk for post in posts.objects.filter(kind="station")}
    villages = areas.objects.filter(level="village").values_list("number", "path")
    return [(number, path, stations[path[:13]]) for number, path in villages]


def _batch(models: Any, rng: random.Random, places: list[Any], numbers: range, say: Say) -> None:
    tokens = import_module("zhitong.kernel.search.domain").tokens
    new_id = import_module("zhitong.kernel.ids").uuid7
    at = datetime.now(UTC)
    matters, steps, words = [], [], []
    for number in numbers:
        area, path, post = rng.choice(places)
        text = say(rng, number)
        stage = rng.choice(("received", "owned", "owned", "answered"))
        id = new_id()
        matters.append({
            "id": id, "code": code_of(number), "area_id": area, "area_path": path, "words": text,
            "stage": stage, "owner_id": post, "external_id": f"fill-{number}",
            "due_at": at + timedelta(minutes=rng.randrange(-2000, 40000)),
            "tracking_digest": secrets.token_hex(32),
        })  # fmt: skip
        steps.append({"id": an_hour_ago(new_id()), "matter_id": id, "stage": stage})
        words.append({"owner_id": id, "tokens": tokens(text)})
    with transaction.atomic():
        later = at + timedelta(days=3650)
        alike = models.Matter(category="other", channel="web", opened_at=at, remind_at=later)
        _insert(alike, matters)
        _insert(models.Step(verb="open", round=1, public=True, actor="public", at=at), steps)
        _insert(models.MatterWords(), words)


def an_hour_ago(id: UUID) -> UUID:
    """The id as if made earlier: steps of the last minutes are looked at again by the timers."""
    return UUID(int=id.int - (HOUR_MS << 80))


def _insert(alike: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows that say how they differ from ``alike``, an unsaved instance of their model."""
    fields = [field for field in alike._meta.concrete_fields if not field.generated]
    if alike.pk is None:
        fields.remove(alike._meta.pk)
    same = [field.get_db_prep_save(getattr(alike, field.attname), connection) for field in fields]
    varied = [(at, each) for at, each in enumerate(fields) if each.attname in rows[0]]
    values = []
    for row in rows:
        cells = same.copy()
        for at, field in varied:
            cells[at] = field.get_db_prep_save(row[field.attname], connection)
        values.append(cells)
    columns = [field.column for field in fields]
    bulk.insert(alike._meta.db_table, columns, values, conflict="")


@contextmanager
def _indexed_afterwards() -> Iterator[None]:
    """PostgreSQL builds the index of words at once in a fraction of the time for row by row."""
    models = import_module("zhitong.loop.models")
    table = import_module("zhitong.kernel.search.fields").table_of(models.MatterWords)
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX "{table.index}"')
        yield
        cursor.execute(postgresql_create(table)[-1])


def _caught_up(models: Any) -> None:
    """As if the timers had seen every matter as it came, instead of a million in one night."""
    seen = import_module("zhitong.kernel.ids").uuid7()
    models.RateProgress.objects.update_or_create(
        pk=1, defaults={"seen": seen, "at": datetime.now(UTC)}
    )


def _settle() -> None:
    """Do now what the database would do in its own time, in the midst of the measurement."""
    statement = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(statement)


def code_of(have: int) -> str:
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

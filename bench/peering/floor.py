"""Bare Django writing the rows that opening a matter writes, and nothing else.

One view without middleware: it reads the JSON, and in one transaction inserts a matter, its first
step, its search words, its fact in the outbox and its entry in the audit log into tables and
indexes as ours, on a county of the same size. It checks nothing, asks nothing and decides nothing:
no key, no permit, no reach, no routing, no due time, no words of danger, no tree of hashes.
"""

import json
import os
import secrets
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

ours = import_module("zhitong.config.settings")
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    DATABASES={"default": json.loads(os.environ["ZHITONG_BENCH_DATABASE"])},
    INSTALLED_APPS=ours.INSTALLED_APPS,
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATA=ours.DATA,
    COUNTY=ours.COUNTY,
)
application = get_wsgi_application()


def _place() -> tuple[Any, str, Any]:
    """Any place of the county: its area, its path, the post that serves it."""
    with import_module("zhitong.kernel.databases.reach").beyond_reach():
        rows = import_module("zhitong.loop.models").Matter.unguarded
        found: tuple[Any, str, Any] = rows.values_list("area_id", "area_path", "owner_id").first()
    return found


loop = import_module("zhitong.loop.models")
event = import_module("zhitong.kernel.bus.models").Event
entry = import_module("zhitong.kernel.audit.models").AuditEntry
tokens = import_module("zhitong.kernel.search.domain").tokens
new_id = import_module("zhitong.kernel.ids").uuid7
AREA, PATH, OWNER = _place()


def insert(sent: dict[str, Any]) -> str:
    """Write the rows of one matter; its code."""
    at, id, code = datetime.now(UTC), new_id(), secrets.token_hex(4)
    matter = loop.Matter(
        id=id, code=code, area_id=AREA, area_path=PATH, category=sent["category"],
        words=sent["words"], stage="received", owner_id=OWNER, channel="api",
        due_at=at + timedelta(hours=4), external_id=sent["external_id"],
        tracking_digest=secrets.token_hex(32), opened_at=at,
    )  # fmt: skip
    step = loop.Step(
        id=new_id(), matter_id=id, verb="open", stage="received", round=1, public=True,
        actor="client:bench", label="bench", data={"terms": "ordinary", "why": "area"}, at=at,
    )  # fmt: skip
    words = loop.MatterWords(owner_id=id, tokens=tokens(f"{code} {sent['words']}"))
    fact = event(
        uid=new_id(), name="loop.MatterReceived", aggregate=str(id), actor="client:bench",
        body={"matter": str(id), "channel": "api"}, path=PATH, at=at,
    )  # fmt: skip
    logged = entry(
        id=new_id(), at_us=time.time_ns() // 1000, action="loop.open", actor="client:bench",
        label="bench", target=f"loop.Matter:{id}", path=PATH, purpose="api",
        details='{"channel": "api"}', salt=secrets.token_bytes(16), leaf=secrets.token_bytes(32),
    )  # fmt: skip
    with transaction.atomic():
        loop.Matter.unguarded.bulk_create([matter])
        loop.Step.unguarded.bulk_create([step])
        loop.MatterWords.rows.bulk_create([words])
        fact.save(force_insert=True)
        logged.save(force_insert=True)
    return code


def create(request: HttpRequest) -> HttpResponse:
    """Write one matter."""
    if request.method != "POST":
        return HttpResponse(status=405)
    return JsonResponse({"code": insert(json.loads(request.body))}, status=201)


urlpatterns = [path("matters", create)]

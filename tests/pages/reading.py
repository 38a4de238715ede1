"""Opening every page as its readers do."""

import gzip
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.staticfiles import finders
from django.db import connection, models
from django.http import HttpResponse

from tests.permits.openers import Door, doors
from tests.permits.world import World
from zhitong.kernel.databases.reach import beyond_reach

HAN = re.compile("[\u3400-\u9fff]+")
ASSET = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)"[^>]*?href|script src|img[^>]*? src)="([^"]+)"'
)

NO_PAGE = {
    "loop:photo", "loop:own_photo", "audit:head", "loop:places", "loop:staff_places",
    "loop:rates_csv", "loop:my_export", "loop:code_export",
    "desk:feed", "alerts:feed", "alerts:certificate",
    "loop:open_feed",
}  # fmt: skip


def shown(world: World) -> list[Door]:
    """The addresses that open and are whole pages."""
    return [door for door in doors(world, "GET") if door.opens and door.address.name not in NO_PAGE]


def opened(door: Door, language: str = "zh-hans") -> HttpResponse:
    """The page in a language."""
    browser = door.who.browser()
    browser.cookies["zhitong_language"] = language
    answer: Any = browser.get(door.path)
    assert answer.status_code == 200, f"{door}: {answer.status_code}"
    page: HttpResponse = answer
    return page


def weight(answer: HttpResponse) -> int:
    """Bytes that a first visit transfers: the page as it is sent, what it names as compressed."""
    html = answer.content.decode()
    names = {name.removeprefix("/static/") for name in ASSET.findall(html) if "/static/" in name}
    return len(answer.content) + sum(map(_compressed, names))


@cache
def _compressed(name: str) -> int:
    found = finders.find(name)
    assert found, f"no static file {name}"
    return len(gzip.compress(Path(str(found)).read_bytes(), 9))


def data_in_chinese() -> list[str]:
    """Every Chinese text that lies in the database, the longest first: people wrote it, not we."""
    texts: set[str] = set()
    with beyond_reach(), connection.cursor() as cursor:
        for model in apps.get_models():
            for column in _written(model):
                cursor.execute(f'SELECT DISTINCT "{column}" FROM {model._meta.db_table}')
                texts |= {row[0] for row in cursor.fetchall() if row[0] and HAN.search(row[0])}
    return sorted(texts, key=len, reverse=True)


def _written(model: type[models.Model]) -> Iterable[str]:
    kinds = (models.CharField, models.TextField)
    columns = [each.column for each in model._meta.concrete_fields if isinstance(each, kinds)]
    return filter(None, columns)


def without(text: str, known: Iterable[str]) -> str:
    """The text without everything that is known."""
    for one in known:
        text = text.replace(one, " ")
    return text

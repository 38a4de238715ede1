"""The desk's pages and what everybody reads, through the doors."""

import xml.etree.ElementTree as ET
from uuid import UUID

import feedparser
import pytest
from django.test import Client

from zhitong.kernel.scope import acting
from zhitong.lines.microblog.desk import actions
from zhitong.lines.microblog.desk.tests.test_desk import (
    FRAUD,
    colleague,
    editor,
    out,
    third,
)

__all__ = ["colleague", "editor", "third"]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_news_a_piece_and_the_feed(client: Client, editor, colleague) -> None:
    english = {"title_en": "No safe accounts", "words_en": "Hang up & call <96110>."}
    note = out(editor, colleague, **english)
    zh = client.get("/news", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert FRAUD["title"] in zh
    page = client.get(f"/news/{note.pk}", headers={"Accept-Language": "en"}).content.decode()
    assert "Hang up &amp; call &lt;96110&gt;." in page
    answer = client.get("/news/feed.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    told = feedparser.parse(answer.content)
    assert not told.bozo
    assert [one.link.rpartition("/")[2] for one in told.entries] == [str(note.pk)]
    feed = ET.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{note.pk}"
    assert entry.findtext(f"{ATOM}updated")
    again = client.get("/news/feed.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_is_withdrawn_is_gone_for_machines(client: Client, editor, colleague) -> None:
    note = out(editor, colleague)
    with acting(editor):
        actions.withdraw(note=note.pk, version=note.version, words="已经解除")
    answer = client.get(f"/news/{note.pk}")
    assert answer.status_code == 410
    assert "已经解除" in answer.content.decode()
    assert FRAUD["title"] not in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/news?about=nothing", "/news?after=zz", f"/news/{UUID(int=7)}"]
)
def test_odd_addresses_are_answered(client: Client, editor, address: str) -> None:
    assert client.get(address).status_code in {200, 400, 404}

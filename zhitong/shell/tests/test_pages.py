"""The shell's own pages, in both languages, through the whole stack."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

LANGUAGES = {"zh-hans": "直通", "en": "Zhitong"}
PAGES = ("home", "about", "privacy", "style")
PAGE_BUDGET, SCRIPT_BUDGET = 100_000, 30_000


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def read(client, name, language):
    client.cookies["zhitong_language"] = language
    return client.get(reverse(f"shell:{name}"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_in_each_language(client, name, language):
    response = read(client, name, language)
    body = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in body
    assert LANGUAGES[language] in body
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert body.count("<h1") == 1
    assert 'href="#main"' in body


@pytest.mark.parametrize("name", PAGES)
def test_chinese_pages_hold_no_english_sentence(client, name):
    body = read(client, name, "zh-hans").content.decode()
    words = re.sub(
        r"<(head|form class=\"language\").*?</(head|form)>|<[^>]+>", " ", body, flags=re.DOTALL
    )
    assert re.findall(r"[A-Za-z]{3,} [a-z]{2,}", words) == []


def test_ids_are_unique_on_the_style_page(client):
    body = read(client, "style", "en").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert sorted(ids) == sorted(set(ids))
    for target in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', body):
        assert set(target.split()) <= set(ids)


def test_the_style_page_is_for_demo_and_staff_only(client, settings):
    settings.DEMO = False
    assert read(client, "style", "en").status_code == 404


def test_demo_mode_says_so(client, settings):
    assert b"Demo mode." in read(client, "home", "en").content
    settings.DEMO = False
    assert b"Demo mode." not in read(client, "home", "en").content


def test_language_switch_needs_no_script(client):
    answer = client.post(reverse("shell:language"), {"language": "en", "next": "/about/"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/about/"
    assert answer.cookies["zhitong_language"].value == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_language_switch_never_leads_elsewhere(client, target):
    answer = client.post(reverse("shell:language"), {"language": "en", "next": target})
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def squeezed(address):
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return len(gzip.compress(Path(found).read_bytes()))


def test_the_home_page_is_light(client):
    response = read(client, "home", "zh-hans")
    body = response.content.decode()
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', body))
    plain = {re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address) for address in addresses}
    weights = {address: squeezed(address) for address in plain}
    total = sum(weights.values()) + len(gzip.compress(response.content))
    assert total <= PAGE_BUDGET, weights
    assert sum(size for name, size in weights.items() if name.endswith(".js")) <= SCRIPT_BUDGET

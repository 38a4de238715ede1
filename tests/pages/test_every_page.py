"""What holds for every page, whoever opens it: headers, markup, both languages, weight."""

import re

import pytest
from django.conf import LazySettings
from django.http import HttpResponse, HttpResponseBase
from django.test import Client

from tests.doors.trials import FORM, read
from tests.pages.reading import HAN, data_in_chinese, opened, shown, weight, without
from tests.permits.openers import doors
from tests.permits.world import World
from zhitong.kernel.clock import now
from zhitong.kernel.sms.models import SmsMessage

HEAVIEST = 100_000
ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SENTENCE = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")
NAMES = ("直通", "简体中文", "中文")  # the name of the house, and how Chinese calls itself
MASKED = re.compile(r"\S\*+")
SPECIMENS = "shell:style"  # shows parts filled with made-up Chinese data
LANGUAGES = re.compile(r'<form[^>]*class="language".*?</form>', re.DOTALL)


def wrong_with(name: str, answer: HttpResponseBase, *, personal: bool) -> list[str]:
    """What is missing from the headers and the markup of one answer."""
    wrong = [
        f"{name}: {header} is {answer.headers.get(header)!r}"
        for header, value in ALWAYS.items()
        if answer.headers.get(header) != value
    ]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        wrong.append(f"{name}: Content-Security-Policy is {policy!r}")
    if personal and "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append(f"{name}: caches may keep it")
    return wrong + [f"{name}: {problem}" for problem in read(_html(answer)).problems]


def _html(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def test_every_page_has_its_headers_and_no_inline_code(world: World) -> None:
    """CSP, no frames, no sniffing, no caches for anything personal, no inline script or style."""
    wrong = [
        line
        for door in shown(world)
        for line in wrong_with(str(door), opened(door), personal=door.personal)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_error_page_has_them_too(world: World, language: str) -> None:
    """Also the pages of what went wrong before anybody knew where to."""
    officer = world.people["community_officer"]
    asking = Client(enforce_csrf_checks=True, headers={"Accept-Language": language})
    answers = {
        400: asking.get("/board?after=%00"),
        403: asking.post("/say", {}),
        404: asking.get("/nowhere"),
        405: asking.put(
            "/", HTTP_X_CSRFTOKEN="k" * 32, headers={"Cookie": "csrftoken=" + "k" * 32}
        ),
        413: asking.post("/say", b"x", content_type=FORM, CONTENT_LENGTH=str(2**40)),
    }
    answers[4030] = officer.browser().get("/people", headers={"Accept-Language": language})
    wrong = []
    for status, answer in answers.items():
        assert answer.status_code == (status if status < 1000 else status // 10)
        wrong += wrong_with(str(status), answer, personal=True)
        page = answer.content.decode()
        if f'<html lang="{language}">' not in page or "<h1" not in page:
            wrong.append(f"{status}: not a page in {language}")
        wrong += [f"{status}: {line}" for line in _foreign(page, language, [])]
    assert not wrong, "\n".join(wrong)


def test_every_page_says_everything_in_chinese_and_in_english(world: World) -> None:
    """No sentence of the one language is left on a page in the other."""
    known, left = data_in_chinese(), []
    for door in shown(world):
        for language in ("zh-hans", "en") if str(door) != SPECIMENS else ("zh-hans",):
            page = opened(door, language).content.decode()
            assert f'<html lang="{language}">' in page
            left += [f"{door} in {language}: {line}" for line in _foreign(page, language, known)]
    assert not left, "\n".join(left)


def _foreign(page: str, language: str, known: list[str]) -> list[str]:
    """What on a page is not in its language."""
    texts = read(LANGUAGES.sub(" ", page)).seen
    if language == "en":
        rests = {text: MASKED.sub("", without(text, [*known, *NAMES])) for text in texts}
        return [text for text, rest in rests.items() if HAN.search(rest)]
    return [text for text in texts if SENTENCE.search(text)]


def test_every_page_has_one_heading_and_a_title(world: World) -> None:
    """Screen readers announce the one and jump to the other."""
    for door in shown(world):
        page = opened(door).content.decode()
        headings = len(re.findall(r"<h1[\s>]", page))
        assert headings == 1, f"{door}: {headings} headings"
        assert re.search(r"<title>\s*\S[^<]* · [^<]+</title>", page), f"{door}: no title"


@pytest.mark.parametrize("path", ["/demo/sign-in", "/demo/sms", "/style/", "/"])
def test_the_pages_of_demo_mode_are_no_exception(
    world: World, settings: LazySettings, path: str
) -> None:
    """They carry the same headers, say that this is a demo, and are gone otherwise."""
    settings.DEMO = True
    SmsMessage.objects.create(phone="13812345678", text="123456", made_at=now(), next_try_at=now())
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not wrong_with(path, answer, personal=path == "/demo/sms")
    assert "演示" in answer.content.decode()
    settings.DEMO = False
    assert Client().get(path).status_code == (200 if path == "/" else 404)


def test_no_page_is_heavy(world: World) -> None:
    """A first visit with nothing in the cache stays below 100 kB."""
    weights = {str(door): weight(opened(door)) for door in shown(world)}
    assert {name: each for name, each in weights.items() if each > HEAVIEST} == {}


def test_forms_that_come_back_have_them_too(world: World) -> None:
    """What a form with mistakes answers: the same headers, and nothing that was kept."""
    wrong = []
    for door in doors(world, "POST"):
        answer = door.who.browser(strict=False).post(door.path, {"nothing": "useful"})
        if answer.status_code >= 400 and "html" in answer["Content-Type"]:
            wrong += wrong_with(str(door), answer, personal=door.personal)
    assert not wrong, "\n".join(wrong)

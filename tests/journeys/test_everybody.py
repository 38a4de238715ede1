"""Without a script, by keyboard alone, in English, on paper, and when things go wrong."""

import re

import pytest

from tests.journeys.conftest import PHONE, Open


def test_without_a_script(walk: Open) -> None:
    """Every step a resident takes works with scripts switched off."""
    page = walk(PHONE, scripts=False).page
    site = walk(PHONE).address
    page.goto(site + "/say")
    page.locator("[name=words]").fill("没有脚本也能说话")
    page.locator("#id_town").select_option(index=2)
    page.get_by_role("button", name="显示村").first.click()
    page.locator("#id_village").select_option(index=1)
    assert page.locator("[name=words]").input_value() == "没有脚本也能说话"
    page.get_by_role("button", name="提交", exact=True).click()
    code = page.locator(".slip__code").inner_text()
    page.goto(site + "/track")
    page.locator("[name=code]").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="查询", exact=True).click()
    assert page.get_by_text("没有脚本也能说话").is_visible()
    page.locator("#add_text").fill("再补充一句")
    page.get_by_role("button", name="补充上去").click()
    assert page.get_by_text("再补充一句").is_visible()
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", name="How your matter stands").is_visible()


def test_by_keyboard_alone(walk: Open) -> None:
    """From the skip link through the form to the code, without a pointer."""
    here = walk()
    here.go("/say")
    page = here.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _step in range(40):
        if page.evaluate("document.activeElement.name") == "words":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("只用键盘")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for _step in range(12):
        if page.evaluate("document.activeElement.type") == "submit":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".slip__code").wait_for()
    here.looked_at()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [PHONE, (1280, 900)])
def test_every_public_page(walk: Open, locale: str, size: tuple[int, int]) -> None:
    """Each public page in both languages and sizes: it fits, and axe finds nothing serious."""
    here = walk(size, locale)
    for path in ("/", "/say", "/track", "/about", "/privacy", "/sign-in", "/resident/sign-in"):
        here.go(path)
    here.go("/demo/sms").go("/nothing-here", 404).go("/t/0000-0000-0000-0000", 404)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize(
    ("who", "paths"),
    [
        (
            "wangping",
            ("/board", "/board?view=mine", "/board?view=late", "/search?q=路", "/say-for"),
        ),
        ("sunwei", ("/board", "/people", "/me")),
        ("zhaoyue", ("/board", "/me")),
        ("chenjing", ("/audit", "/people", "/outbox")),
        ("zhouhai", ("/people", "/outbox", "/me", "/days", "/days?year=2027")),
        ("liumin", ("/areas", "/areas?q=zhang", "/areas?at=371403102")),
    ],
)
def test_every_desk(walk: Open, locale: str, who: str, paths: tuple[str, ...]) -> None:
    """Each role's pages, on a phone and on a desk."""
    for size in (PHONE, (1280, 900)):
        here = walk(size, locale)
        here.sign_in(who)
        for path in paths:
            here.go(path)


def test_a_resident_signs_in_by_phone(walk: Open) -> None:
    """A code by text message opens one's own matters."""
    here = walk(PHONE)
    here.go("/resident/sign-in")
    here.page.locator("[name=phone]").fill("16900000001")
    here.page.locator("main form button[type=submit]").first.click()
    here.page.locator("[name=typed]").wait_for()
    messages = walk()
    messages.go("/demo/sms")
    text = messages.page.locator("main").inner_text()
    digits = next(word for word in _numbers(text) if len(word) == 6)
    here.page.locator("[name=typed]").fill(digits)
    here.page.locator("main form button[type=submit]").first.click()
    here.page.wait_for_url(lambda url: "sign-in" not in url and "code" not in url)
    here.go("/mine").sees("我的事项")


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def test_what_was_typed_is_kept_when_something_is_wrong(walk: Open) -> None:
    """The place is missing: one clear sentence, at the field, and the words are still there."""
    here = walk(PHONE, "en-GB")
    here.go("/say")
    here.page.locator("[name=words]").fill("A lamp is broken")
    here.page.locator("main form .button--wide").click()
    here.page.locator(".picker__error").wait_for()
    here.looked_at()
    assert here.page.locator("[name=words]").input_value() == "A lamp is broken"

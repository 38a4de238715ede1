"""Coming in with a real browser: digits without a script, a passkey with one."""

import base64
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django_otp.oath import hotp
from playwright.sync_api import Page, sync_playwright

from zhitong.kernel.clock import now
from zhitong.kernel.identity.models import Passkey, SignIn
from zhitong.kernel.identity.tests.conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
T = TypeVar("T")


def with_browser(walk: Callable[[Page], T], *, script: bool) -> T:
    """Walk through pages in Chromium, in a thread of its own as Playwright brings a loop along."""

    def alone() -> T:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            try:
                page = browser.new_context(java_script_enabled=script, locale="en").new_page()
                return walk(page)
            finally:
                browser.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result(timeout=120)


def enter(page: Page, address: str, onward: str = "/me") -> None:
    """User name and password."""
    page.goto(f"{address}/sign-in?next={onward}")
    page.fill("[name=username]", "wang.jianguo")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")


def test_an_authenticator_is_set_up_and_used_without_a_script(live_server, bureau):
    def walk(page: Page) -> str:
        enter(page, live_server.url)
        page.click("summary")
        secret = base64.b32decode(page.inner_text("code.words").replace(" ", ""))
        step = int(now().timestamp()) // 30
        page.fill("[name=typed]", f"{hotp(secret, step):06d}")
        page.click("main form button")
        code = page.locator("main li code").first.inner_text()
        page.click("main a.button")
        assert "王建国" in page.inner_text("main")
        page.click("header form[action='/sign-out'] button")
        enter(page, live_server.url)
        page.fill("[name=typed]", code)
        page.click("main form button")
        return page.url

    assert with_browser(walk, script=False).endswith("/me")


def test_a_passkey_takes_the_place_of_the_digits(live_server, bureau, signed_in):
    cookie = signed_in(bureau.officer).cookies["zhitong_sign_in"].value

    def walk(page: Page) -> str:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options = {**key, "hasUserVerification": True, "isUserVerified": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.context.add_cookies(
            [{"name": "zhitong_sign_in", "value": cookie, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/me/passkeys")
        page.fill("passkey-door [name=password]", PASSWORD)
        page.click("passkey-door button")
        page.wait_for_selector("main li.card")
        page.click("header form[action='/sign-out'] button")
        enter(page, live_server.url)
        page.click("passkey-door button")
        page.wait_for_url(re.compile(r"/me$"))
        return page.inner_text("main")

    assert "王建国" in with_browser(walk, script=True)
    assert Passkey.objects.get().last_used_at is not None
    assert SignIn.objects.get(ended_at=None).second_factor == "passkey"

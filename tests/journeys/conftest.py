"""One demo county, served as `make run` serves it, and browsers to walk it with."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.instances import ZHITONG, environment, free_port, until

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
PASSWORD = "lingcheng-demo"
PHONE, DESK = (360, 780), (1280, 900)
Open = Callable[..., "Walk"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey: Playwright's loop would bar others from the database.

    pytest asks this of every conftest about all items, not only about those beside it.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


class Walk:
    """One person's browser: where they go, and whether every page there is in order."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.set_default_timeout(15_000)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def go(self, path: str, status: int = 200) -> "Walk":
        """Open an address of the site."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.looked_at()

    def looked_at(self) -> "Walk":
        """The page as it is now: it fits its width, nothing failed, axe finds nothing serious."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 1, f"{self.page.url} is {wide} px too wide"
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response
        bad = [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
        assert not bad, f"{self.page.url}: {bad}"
        assert not self.faults, f"{self.page.url}: {self.faults}"
        return self

    def press(self, name: str) -> "Walk":
        """Press the button or link with this name, and look at what comes."""
        spot = self.page.get_by_role("button", name=name, exact=True)
        if not spot.count():
            spot = self.page.get_by_role("link", name=name, exact=True)
        spot.first.click()
        return self.looked_at()

    def fold_out(self, name: str) -> "Walk":
        """Open the folded part with this summary."""
        self.page.locator("summary", has_text=name).first.click()
        return self

    def sees(self, text: str) -> "Walk":
        """The words are there to be read."""
        self.page.get_by_text(text).first.wait_for(state="visible")
        return self

    def sign_in(self, username: str) -> "Walk":
        """Sign in as one of the demo's people who serve."""
        self.go("/sign-in")
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self.looked_at()

    def say(self, words: str, *, town: int = 1, village: int = 1) -> str:
        """Say something as anybody; returns the tracking code."""
        return self.go("/say").say_on(words, town=town, village=village)

    def say_on(self, words: str, *, town: int = 1, village: int = 1) -> str:
        """As say, on the form that is already open, with what else was filled in."""
        self.page.locator("[name=words]").fill(words)
        self.page.locator("#id_town").select_option(index=town)
        self.page.locator("#id_village option").nth(village).wait_for(state="attached")
        self.page.locator("#id_village").select_option(index=village)
        self.page.locator("main form .button--wide").click()
        self.page.locator(".slip__code").wait_for()
        self.looked_at()
        return self.page.locator(".slip__code").inner_text()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo county."""
    data: Path = tmp_path_factory.mktemp("journeys")
    port = free_port()
    env = environment(data, demo=1, port=port)
    with (data / "serve.log").open("wb") as log:
        serving = subprocess.Popen([*ZHITONG, "serve"], env=env, stdout=log, stderr=log)
    try:
        until(lambda: b"ready at" in (data / "serve.log").read_bytes() or serving.poll())
        assert serving.poll() is None, (data / "serve.log").read_text("utf-8")
        yield f"http://localhost:{port}"
    finally:
        serving.terminate()
        serving.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, quiet."""
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def walk(browser: Browser, site: str) -> Iterator[Open]:
    """Open a browser of one's own: size, language, with or without scripts."""
    contexts = []

    def start(size: tuple[int, int] = DESK, locale: str = "zh-CN", *, scripts: bool = True) -> Walk:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        return Walk(context.new_page(), site)

    yield start
    for context in contexts:
        context.close()

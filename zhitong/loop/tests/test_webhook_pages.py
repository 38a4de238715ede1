"""The pages of administrators: the secret is shown once, every try is shown with its end."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.permits.world import serving, signed_in
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.actions.posts import ensure_roles
from zhitong.kernel.identity.models import Post
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.webhooks import delivery
from zhitong.kernel.webhooks.models import Webhook, WebhookMessage
from zhitong.kernel.webhooks.tests.receiver import Receiver, receiving


@pytest.fixture
def receiver(db: None) -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def browser(county) -> Client:
    """An administrator of the county."""
    with acting(Scope("system:tests", Reach(("37/",)), frozenset({"identity.ensure_roles"}), "x")):
        ensure_roles()
    account, _ = serving("root", Post.objects.get(area__code="371403"), "administrator")
    client = Client()
    client.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return client


def test_making_testing_and_ending_one(browser, receiver):
    form = {"name": "区12345平台", "url": "http://10.0.0.1/", "facts": ["loop.MatterClosed"]}
    form["path"] = "37/14/03/"
    refused = browser.post("/webhooks/new", form)
    assert refused.status_code == 400
    made = browser.post("/webhooks/new", form | {"url": receiver.url})
    assert made.content.decode().count("whsec_") == 1
    hook = Webhook.objects.get()
    page = f"/webhooks/{hook.pk}"
    assert "whsec_" not in browser.get(page).content.decode()
    browser.post(f"{page}/ping")
    receiver.statuses = [503]
    delivery.deliver()
    assert "HTTP 503" in browser.get(page).content.decode()
    message = WebhookMessage.objects.get()
    browser.post(f"/webhooks/messages/{message.pk}/replay")
    receiver.statuses = [204]
    assert delivery.deliver() == 1
    shown = browser.get(page).content.decode()
    assert "HTTP 204" in shown
    assert message.name in shown
    rotated = browser.post(f"{page}/rotate").content.decode()
    assert "whsec_" in rotated
    browser.post(f"{page}/end")
    assert Webhook.objects.get().ended_at
    assert browser.get("/webhooks").status_code == 200

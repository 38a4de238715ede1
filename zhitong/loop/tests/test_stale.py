"""Whoever did not look at the matter as it stands changes nothing."""

import pytest
from django.test import Client

from tests.permits.world import signed_in
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County

FORMS = {
    "take": {},
    "answer": {"text": "已修好", "outcome": ""},
    "close": {"outcome": "solved"},
    "refuse": {"reason": "不归我们管"},
    "reassign": {"reason": "归派出所"},
}


@pytest.fixture
def clerk(county: County) -> Client:
    """The clerk of the station at her desk."""
    browser = Client(headers={"Accept-Language": "en"})
    browser.cookies[sign_ins.COOKIE] = signed_in(account=Account.objects.get(username="lixiulan"))
    return browser


@pytest.mark.parametrize("version", [None, "", "x", "0", "-1", "1.5", "9" * 40, "1"])
@pytest.mark.parametrize("verb", FORMS)
def test_a_form_without_the_present_version_is_refused(
    county: County, matter: Matter, clerk: Client, verb: str, version: str | None
) -> None:
    """Missing, no number, impossible or old: 409, a sentence, and nothing is written."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        if verb == "close":
            actions.answer(id=matter.pk, text="已修好")
        before = queries.matter(matter.pk)
        steps = len(queries.timeline(before, public_only=False))
    sent = FORMS[verb] | {"post": str(county.station.pk)}
    if version is not None:
        sent |= {"version": version}
    answer = clerk.post(f"/m/{matter.code}/{verb}", sent)
    assert answer.status_code == 409
    assert "Someone else changed this a moment ago" in answer.text
    assert ">Version" not in answer.text
    with acting(county.officer):
        after = queries.matter(matter.pk)
        assert (after.version, after.owner, after.stage) == (
            before.version, before.owner, before.stage,
        )  # fmt: skip
        assert len(queries.timeline(after, public_only=False)) == steps


def test_what_was_written_is_still_there(county: County, matter: Matter, clerk: Client) -> None:
    """The form comes back with the words and with the version that stands now."""
    with acting(county.officer):
        actions.take(id=matter.pk)
    answer = clerk.post(f"/m/{matter.code}/answer", {"text": "已经派人去修", "outcome": ""})
    assert "已经派人去修" in answer.text
    version = answer.context["answer_form"]["version"].value()
    sent = {"text": "已经派人去修", "outcome": "", "version": version}
    assert clerk.post(f"/m/{matter.code}/answer", sent).status_code == 302

"""Error pages say what happened and what to do next, with the right status."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.utils import translation

from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale, TooLarge, TooMany
from zhitong.shell import errors

REFUSALS = [Invalid, Denied, NotFound, Stale, TooLarge, TooMany]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_a_page_with_its_status(rf, kind, language):
    with translation.override(language):
        response = errors.refused(rf.get("/somewhere"), kind())
        body = response.content.decode()
        assert response.status_code == kind.status
        assert response.headers["Cache-Control"] == "no-store"
        advice = errors.SIGN_IN_AGAIN if kind is Denied else errors.ADVICE[kind.status]
        assert str(advice.title) in body
        for step in advice.steps:
            assert str(step).replace("'", "&#x27;") in body
        assert f'<html lang="{language}">' in body


def test_htmx_gets_a_fragment(rf):
    request = rf.post("/somewhere", headers={"HX-Request": "true"})
    body = errors.refused(request, Stale("Gone <b>")).content.decode()
    assert "<html" not in body
    assert 'role="alert"' in body
    assert "Gone &lt;b&gt;" in body


def test_fields_of_a_refusal_are_listed(rf):
    refusal = Invalid("Look again", fields={"words": "Say something."})
    assert "Say something." in errors.refused(rf.get("/"), refusal).content.decode()


def test_a_body_beyond_the_limits_is_413_and_not_400(rf):
    assert errors.bad_request(rf.post("/"), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(rf.post("/"), SuspiciousOperation()).status_code == 400


def test_an_unknown_address_is_a_friendly_404(client):
    response = client.get("/nowhere-at-all/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


def test_a_missing_form_token_is_explained(rf):
    response = errors.csrf_failure(rf.post("/"), reason="no cookie")
    assert response.status_code == 403
    assert b"no cookie" not in response.content


def test_what_was_typed_is_given_back(rf):
    request = rf.post("/m/7Q4M-0ZKD/note", {"text": "a long <note>", "password": "sesame"})
    for response in (errors.refused(request, Denied()), errors.csrf_failure(request)):
        body = response.content.decode()
        assert "a long &lt;note&gt;</textarea>" in body
        assert "sesame" not in body


def test_nothing_is_read_of_a_body_that_was_too_large(rf):
    body = errors.refused(rf.post("/say", {"words": "much"}), TooLarge()).content.decode()
    assert "<textarea" not in body


def test_the_500_page_needs_neither_request_nor_database(rf):
    with translation.override("en"):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"Something broke on our side" in response.content

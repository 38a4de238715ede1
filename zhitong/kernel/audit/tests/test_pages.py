"""The log as auditors see it: the areas within their reach, and no others."""

from typing import cast

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zhitong.kernel.audit.tests.logs import write
from zhitong.kernel.audit.web import views
from zhitong.kernel.scope import Reach, Scope, acting

AUDITOR = Scope("staff:9", Reach(("37/14/03/",)), frozenset({"audit.read"}), "duty", label="陈静")
HERE, ELSEWHERE, NOWHERE = "37/14/03/001/", "37/14/04/002/", ""


@pytest.mark.parametrize("asked", [{}, {"actor": "staff:2"}, {"target": "loop.Matter:9"}])
def test_an_auditor_sees_within_reach_however_they_ask(empty_log, asked):
    for action, path in (("a.here", HERE), ("a.elsewhere", ELSEWHERE), ("a.nowhere", NOWHERE)):
        write(1, action=action, path=path, target="loop.Matter:9", actor="staff:2")
    request = RequestFactory().get("/audit", asked)
    request.__dict__["scope"] = AUDITOR
    with acting(AUDITOR):
        shown = cast("HttpResponse", views.log(request)).content.decode()
    assert "a.here" in shown
    assert "a.elsewhere" not in shown
    assert ("a.nowhere" in shown) is bool(asked)

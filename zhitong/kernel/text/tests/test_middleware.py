import io

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpResponse, UnreadablePostError

from tests.hostile.corpus import BAD_FORMS
from zhitong.kernel.text.middleware import FORM, Utf8Middleware

RAW = next(body for body in BAD_FORMS if body.name == "raw gbk")


def read_back(request) -> HttpResponse:
    return HttpResponse(request.POST.get("text", ""))


def test_a_form_in_another_encoding_is_sent_back(rf):
    request = rf.generic("POST", "/", RAW.data, content_type=RAW.content_type)
    assert request.POST["text"] == "Â·µÆ»µÁË"  # what Django alone makes of it
    for content_type in (FORM, "Application/X-WWW-Form-URLencoded; charset=UTF-8"):
        request = rf.generic("POST", "/", RAW.data, content_type=content_type)
        with pytest.raises(BadRequest):
            Utf8Middleware(read_back)(request)


@pytest.mark.parametrize("data", ["text=路灯坏了".encode(), b"text=%E8%B7%AF", b""])
def test_other_forms_pass(rf, data):
    response = Utf8Middleware(read_back)(rf.generic("POST", "/", data, content_type=FORM))
    assert response.status_code == 200


def test_other_bodies_are_not_read(rf):
    request = rf.generic("POST", "/", b"\xff", content_type="image/jpeg")
    Utf8Middleware(read_back)(request)
    assert not hasattr(request, "_body")


def test_a_body_that_was_cut_off(rf):
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise UnreadablePostError

    request = rf.post("/", b"text=a", content_type=FORM)
    request._stream = Cut()
    with pytest.raises(BadRequest):
        Utf8Middleware(read_back)(request)

"""What an operator may set is checked before anything starts."""

import pytest
from pydantic import ValidationError

from zhitong.config.environment import Environment

SECRET = "shared with the gateway"


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("", SECRET),
        ("gateway.example/send", SECRET),
        ("http://gateway.example/send", SECRET),
        ("ftp://gateway.example/send", SECRET),
        ("https://", SECRET),
        ("https://gateway.example/send", ""),
    ],
)
def test_text_messages_need_a_private_way_and_a_signature(url: str, secret: str) -> None:
    with pytest.raises(ValidationError):
        Environment(sms="http", sms_url=url, sms_secret=secret)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_in": "imap://u:p@mail.example/INBOX"},
        {"mail_in": "imaps://"},
        {"mail_in": "imaps://u:p@mail.example", "mail_area": ""},
        {"mail_out": "http://mail.example"},
        {"mail_out": "smtps://u:p@mail.example", "mail_address": ""},
        {"mail_address": "say@example.cn\nBcc: x@y.cn"},
    ],
)
def test_mails_need_a_private_way_and_an_address(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        given = {"mail_address": "say@example.cn", "mail_area": "371403001"}
        Environment.model_validate({**given, **wrong})


@pytest.mark.parametrize("host", ["imaps://u:p@mail.example/INBOX", "imap://u:p@127.0.0.1:1143"])
def test_a_mailbox_over_tls_or_on_this_machine_will_do(host: str) -> None:
    assert (
        Environment(mail_address="say@example.cn", mail_area="371403001", mail_in=host).mail_in
        == host
    )


@pytest.mark.parametrize("url", ["https://gateway.example/send", "http://127.0.0.1:8090/send"])
def test_a_gateway_over_tls_or_on_this_machine_will_do(url: str) -> None:
    assert Environment(sms="http", sms_url=url, sms_secret=SECRET).sms_url == url

"""Mails out: promised in a transaction, delivered after it to a real server."""

from datetime import timedelta

import pytest
from django.db import transaction

from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.mail import delivery
from zhitong.kernel.mail.intake import known_references
from zhitong.kernel.mail.models import MailMessage, State
from zhitong.kernel.mail.outbox import answered, send
from zhitong.kernel.mail.reading import read
from zhitong.kernel.mail.tests.crafting import multipart
from zhitong.kernel.mail.tests.servers import Postbox, free_port, smtp_server

pytestmark = pytest.mark.django_db
OWN = "say@zhitong.example"
TO = "resident@mail.example"


@pytest.fixture
def postbox(settings):
    with smtp_server() as running:
        settings.MAIL_ADDRESS, settings.MAIL_OUT = OWN, running.url
        yield running


def promise(**more):
    given = {
        "to": TO,
        "subject": "您的事项已答复",
        "text": "您好：\n路灯已修好。",
        "reason": "test",
    }
    with transaction.atomic():
        return send(**{**given, "about": "loop.Matter:1", **more})


def the_mail() -> MailMessage:
    return MailMessage.objects.get()


def test_a_mail_arrives_as_it_was_written(postbox: Postbox):
    promise(thread=("first@mail.example", "second@mail.example"))
    assert delivery.deliver() == 1
    assert delivery.deliver() == 0
    ((sender, to, raw),) = postbox.received
    assert (sender, to) == (OWN, [TO])
    letter = read(raw)
    assert (letter.subject, letter.text) == ("您的事项已答复", "您好：\n路灯已修好。")
    assert letter.references == ("first@mail.example", "second@mail.example")
    assert letter.in_reply_to == ("second@mail.example",)
    assert b"Auto-Submitted: auto-generated" in raw
    mail = the_mail()
    assert (mail.state, mail.attempts) == (State.SENT, 1)
    assert letter.message_id == mail.message_id
    assert known_references((letter.message_id, "else@where")) == {
        letter.message_id: "loop.Matter:1"
    }


@pytest.mark.parametrize("answer", ["451 later", "421 busy"])
@pytest.mark.parametrize("where", ["recipient_answers", "data_answers"])
def test_trouble_is_tried_again_later_with_the_same_id(postbox: Postbox, answer, where):
    getattr(postbox, where).append(answer)
    promise()
    assert delivery.deliver() == 0
    mail = the_mail()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)
    assert mail.last_error
    assert delivery.deliver() == 0
    with clock_at(now() + timedelta(hours=1)):
        assert delivery.deliver() == 1
    assert read(postbox.received[0][2]).message_id == mail.message_id


@pytest.mark.parametrize("where", ["recipient_answers", "data_answers"])
def test_a_refusal_is_final_and_named_and_stops_no_other(postbox: Postbox, where):
    getattr(postbox, where).append("550 no such user")
    first = promise()
    second = promise()
    assert delivery.deliver() == 1
    assert MailMessage.objects.get(pk=first).state == State.FAILED
    assert MailMessage.objects.get(pk=first).last_error == "SMTP 550"
    assert MailMessage.objects.get(pk=second).state == State.SENT


def test_a_server_that_is_away_costs_one_try_and_in_the_end_the_mail(settings):
    settings.MAIL_ADDRESS, settings.MAIL_OUT = OWN, f"smtp://127.0.0.1:{free_port()}"
    promise()
    at = now()
    for _try in range(delivery.MOST_ATTEMPTS):
        with clock_at(at):
            assert delivery.deliver() == 0
        at += timedelta(hours=6)
    assert the_mail().state == State.FAILED
    assert the_mail().last_error == "ConnectionRefusedError"


def _report(about: str) -> bytes:
    status = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
    status += f"Final-Recipient: rfc822; {TO}\nAction: failed\nStatus: 5.2.2\n".encode()
    copy = f"Content-Type: message/rfc822\n\nMessage-ID: <{about}>\nSubject: x\n\ny\n".encode()
    whole = multipart("report", "r", [status, copy])
    return b"From: mailer-daemon@x.example\n" + whole.replace(
        b"report;", b"report; report-type=delivery-status;"
    )


def test_a_report_marks_the_mail_that_it_names_and_no_other(postbox: Postbox):
    promise()
    delivery.deliver()
    forged = read(_report("guess@zhitong.example")).bounce
    assert forged is not None
    assert delivery.bounced(forged) == 0
    report = read(_report(the_mail().message_id)).bounce
    assert report is not None
    assert delivery.bounced(report) == 1
    assert delivery.bounced(report) == 0
    assert the_mail().state == State.BOUNCED
    assert the_mail().last_error.startswith("5.2.2")


def test_words_are_sealed_and_forgotten_and_the_thread_stays_known(postbox: Postbox):
    promise()
    mail = the_mail()
    assert mail.to is not None
    assert TO not in str(mail.to)
    assert unsealed(mail.to) == TO
    delivery.deliver()
    with clock_at(now() + timedelta(days=8)):
        delivery.forget_old()
        assert (the_mail().to, the_mail().subject, the_mail().text) == (None, None, None)
        assert known_references((mail.message_id,))
    with clock_at(now() + timedelta(days=401)):
        delivery.forget_old()
    assert not MailMessage.objects.exists()


def test_answers_to_an_address_are_counted(postbox: Postbox):
    promise()
    promise(automatic="")
    assert len(answered(TO.upper())) == 1
    assert answered("other@mail.example") == answered("") == []


@pytest.mark.parametrize("wrong", [{"to": "a@b.cn\nBcc: c@d.cn"}, {"to": ""}, {"text": ""}])
def test_a_promise_that_makes_no_sense_is_none(postbox: Postbox, wrong):
    with pytest.raises(ValueError, match="a mail"):
        promise(**wrong)


def test_nothing_is_promised_without_a_way_out(settings):
    settings.MAIL_OUT = ""
    with pytest.raises(RuntimeError):
        promise()
    assert delivery.deliver() == 0

"""Text messages: promised in a transaction, delivered after it, at most a few times."""

import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import connection, transaction
from django.db.models import Subquery

from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.sms import delivery, gateways
from zhitong.kernel.sms.demo import latest_messages
from zhitong.kernel.sms.models import SmsMessage
from zhitong.kernel.sms.outbox import send

pytestmark = pytest.mark.django_db
SECRET = "shared with the gateway"


def promise(text="【直通】您的事项已办结", **more):
    with transaction.atomic():
        return send(to="13812345678", text=text, reason="test", **more)


@dataclass
class Gateway:
    """A gateway that keeps what it was sent and answers as told."""

    url: str
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    """A real HTTP server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.received.append((dict(self.headers), body))
            status = held.statuses.pop(0) if held.statuses else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{held.url}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    held = Gateway(f"http://127.0.0.1:{server.server_port}/send/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SMS, settings.SMS_URL, settings.SMS_SECRET = "http", held.url, SECRET
    yield held
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_gateway_can_tell_that_it_was_us(gateway):
    identifier = promise()
    assert delivery.deliver() == 1
    headers, body = gateway.received[0]
    signed = headers["Zhitong-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, sha256).hexdigest()
    assert headers["Zhitong-Signature"] == expected
    assert abs(int(headers["Zhitong-Timestamp"]) - now().timestamp()) < 10
    assert headers["Idempotency-Key"] == str(identifier)
    assert json.loads(body) == {
        "id": str(identifier),
        "to": "13812345678",
        "text": "【直通】您的事项已办结",
    }
    assert delivery.deliver() == 0
    assert len(gateway.received) == 1


@pytest.mark.parametrize("status", [500, 503, 408, 429])
def test_trouble_is_tried_again_later_with_the_same_key(gateway, status):
    promise()
    gateway.statuses = [status]
    assert delivery.deliver() == 0
    assert delivery.deliver() == 0
    assert len(gateway.received) == 1
    with clock_at(now() + timedelta(seconds=7)):
        assert delivery.deliver() == 1
    one, two = gateway.received
    assert one[0]["Idempotency-Key"] == two[0]["Idempotency-Key"]
    assert SmsMessage.objects.get().last_error == ""


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404])
def test_a_final_no_is_final_and_redirects_are_not_followed(gateway, status):
    promise()
    gateway.statuses = [status]
    delivery.deliver()
    row = SmsMessage.objects.get()
    assert row.failed_at is not None
    assert row.last_error == f"HTTP {status}"
    with clock_at(now() + timedelta(hours=1)):
        delivery.deliver()
    assert len(gateway.received) == 1


def test_after_ten_tries_a_message_is_given_up(gateway):
    promise()
    gateway.statuses = [500] * 20
    for hour in range(15):
        with clock_at(now() + timedelta(hours=hour)):
            delivery.deliver()
    assert len(gateway.received) == 10
    assert SmsMessage.objects.get().failed_at is not None


def test_waits_double_and_stay_bounded():
    for attempts in range(30):
        wait = delivery.wait_after(attempts)
        centre = min(timedelta(seconds=5) * 2**attempts, timedelta(minutes=10))
        assert 0.75 * centre <= wait <= 1.25 * centre


def test_a_gateway_that_is_away_does_no_harm(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.SMS_URL = f"http://127.0.0.1:{free.getsockname()[1]}/"
    settings.SMS, settings.SMS_SECRET = "http", SECRET
    promise()
    assert delivery.deliver() == 0
    row = SmsMessage.objects.get()
    assert row.last_error == "ConnectionRefusedError"
    assert row.failed_at is None


def test_a_gateway_that_never_answers_is_left(settings, monkeypatch):
    monkeypatch.setattr(gateways, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SMS_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        settings.SMS, settings.SMS_SECRET = "http", SECRET
        promise()
        assert delivery.deliver() == 0
    assert SmsMessage.objects.get().last_error == "TimeoutError"


def test_a_code_that_is_too_old_is_not_sent(gateway):
    promise(not_after=now() + timedelta(minutes=5))
    with clock_at(now() + timedelta(minutes=5)):
        assert delivery.deliver() == 0
    assert gateway.received == []
    assert SmsMessage.objects.get().last_error == "too late"


def test_nothing_leaves_for_what_did_not_happen(gateway):
    with pytest.raises(RuntimeError, match="did not happen"), transaction.atomic():
        send(to="13812345678", text="x", reason="test")
        raise RuntimeError("it did not happen")
    assert delivery.deliver() == 0


@pytest.mark.django_db(transaction=True)
def test_a_message_needs_a_transaction():
    with pytest.raises(RuntimeError):
        send(to="13812345678", text="x", reason="test")


@pytest.mark.parametrize("text", ["", "长" * 501])
def test_over_long_messages_are_refused(text):
    with pytest.raises(ValueError, match="characters"):
        promise(text)


def test_number_and_words_are_sealed_at_rest():
    promise()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, text FROM sms_smsmessage")
        row = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"13812345678" not in row
    assert "直通".encode() not in row
    assert unsealed(SmsMessage.objects.get().phone) == "13812345678"


def test_hostile_words_travel_unharmed(gateway):
    words = "<script>\"'&\\ =1+1 \u202e 𠮷 %s %(x)s\r\nBcc: x"
    promise(words)
    delivery.deliver()
    assert json.loads(gateway.received[0][1])["text"] == words


def test_after_a_week_nothing_is_left():
    promise()
    with clock_at(now() + timedelta(days=7, seconds=1)):
        assert delivery.forget_old() == 1
    assert not SmsMessage.objects.exists()


def test_the_file_way_keeps_messages_for_the_demo_page(settings):
    promise("第一条")
    promise("第二条")
    assert delivery.deliver() == 2
    with pytest.raises(RuntimeError):
        latest_messages()
    settings.DEMO = True
    shown = latest_messages()
    assert [one.text for one in shown] == ["第二条", "第一条"]
    assert shown[0].to == "138****5678"


def test_a_message_that_cannot_be_opened_holds_nobody_up():
    first, second = promise("一"), promise("二")
    elsewhere = SmsMessage.objects.filter(pk=second).values("phone")
    SmsMessage.objects.filter(pk=first).update(phone=Subquery(elsewhere))
    assert delivery.deliver() == 1
    given_up = SmsMessage.objects.get(pk=first)
    assert (given_up.failed_at is not None, given_up.last_error) == (True, "unreadable")
    assert SmsMessage.objects.get(pk=second).sent_at is not None


def test_waits_stay_short_however_often_it_was_tried():
    assert delivery.wait_after(1000) <= delivery.LONGEST_WAIT * 1.25


def test_a_dead_gateway_ends_the_round(gateway):
    """One message waits for it, not twenty one after the other."""
    for number in range(3):
        with transaction.atomic():
            send(to=f"1690000000{number}", text="x", reason="test")
    gateway.statuses = [503] * 3
    assert delivery.deliver() == 0
    assert sum(SmsMessage.objects.values_list("attempts", flat=True)) == 1

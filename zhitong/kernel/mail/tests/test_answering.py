"""Two machines that answer each other fall silent after one round; what we send harms no header."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.mail import composing, loops
from zhitong.kernel.mail.composing import Draft, composed, message_id
from zhitong.kernel.mail.placing import Found, Spot, place
from zhitong.kernel.mail.reading import read
from zhitong.kernel.mail.tests.world import HOST, OWN, received

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
MARKS = (b"Auto-Submitted: auto-replied\n", b"Precedence: bulk\n", b"X-Autoreply: yes\n", b"")


def draft(**more) -> Draft:
    given = {
        "id": message_id("1", HOST), "sender": OWN, "sender_name": "直通", "to": "a@b.example",
        "subject": "收到", "text": "我们收到了您的话。", "at": AT, "host": HOST,
    }  # fmt: skip
    return Draft(**{**given, **more})


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("threaded", [True, False])
def test_two_machines_stop_after_one_round(mark, threaded):
    """Ours against one that answers everything at once, marked or not, in the thread or not."""
    sent: dict[str, str] = {}
    answered: list[datetime] = []
    at = AT
    incoming = b"From: away@mail.example\nSubject: help\n\nThe lamp is dark.\n"
    for number in range(50):
        letter = received(incoming)
        there = place(letter, Found(references=sent))
        if loops.silent_because(letter, there, answered=answered, at=at):
            break
        answered.append(at)
        ours = composed(draft(id=f"{number}@{HOST}", to=letter.sender, automatic="auto-replied"))
        sent[f"{number}@{HOST}"] = "matter"
        thread = b"In-Reply-To: <%d@%s>\n" % (number, HOST.encode()) if threaded else b""
        at += timedelta(seconds=20)
        subject = read(ours).subject.encode()
        incoming = b"From: away@mail.example\nSubject: Away " + subject + b"\n" + mark + thread
        incoming += b"\nI am away."
    assert len(answered) == 1


def test_a_slow_machine_stops_after_a_few_a_day():
    letter = received(b"From: a@b.example\n\nanother new thing")
    there = place(letter, Found())
    assert there.spot is Spot.NEW
    answered: list[datetime] = []
    for step in range(60):
        at = AT + step * timedelta(minutes=20)
        if not loops.silent_because(letter, there, answered=answered, at=at):
            answered.append(at)
    assert len(answered) == loops.MOST_A_DAY


@pytest.mark.parametrize(
    "header",
    [
        "Return-Path: <>",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "X-Auto-Response-Suppress: All",
    ],
)
def test_who_asks_for_no_answer_gets_none(header):
    letter = received(f"{header}\nFrom: a@b.example\n\nwords".encode())
    assert letter.kind == "word"
    assert loops.silent_because(letter, place(letter, Found()), answered=(), at=AT)


def test_what_we_send_is_read_by_us_as_ours():
    letter = received(composed(draft()))
    assert letter.kind == "loop"
    plain = read(composed(draft(in_reply_to="x@y", references=("v@w",))))
    assert plain.kind == "auto_reply"
    assert plain.text == "我们收到了您的话。"
    assert plain.subject == "收到"
    assert (plain.in_reply_to, plain.references) == (("x@y",), ("v@w", "x@y"))


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_nothing_ends_a_header(subject, name, text, reference):
    raw = composed(draft(subject=subject, sender_name=name, text=text, in_reply_to=reference))
    head = raw.split(b"\r\n\r\n")[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert len(names) == len(set(names))
    assert set(names) <= {
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References",
        b"Auto-Submitted", b"X-Auto-Response-Suppress", b"X-Zhitong-Loop", b"MIME-Version",
        b"Content-Type", b"Content-Transfer-Encoding",
    }  # fmt: skip
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "to", ["", "a", "a@b.cn\nBcc: c@d.cn", "a@b.cn, c@d.cn", "<a@b.cn>", "a b@c.cn"]
)
def test_a_mail_goes_to_one_plain_address(to):
    assert composing.address(to) == ""
    with pytest.raises(ValueError, match="one address"):
        composed(draft(to=to))


def test_an_id_is_stable_and_differs_by_row():
    assert message_id("1", HOST) == message_id("1", HOST) != message_id("2", HOST)

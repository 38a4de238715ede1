"""Signatures as the standard has them, and waits that only grow."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.webhooks.domain import (
    JITTER,
    LONGEST_WAIT,
    MOST_TRIES,
    WAITS,
    headers,
    retry_after,
    signature,
    wait_after,
)
from zhitong.kernel.webhooks.tests.receiver import proven

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + "QUJD" * 11


def test_the_example_that_libraries_test_themselves_with():
    told = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(body=st.binary(max_size=200), stamp=st.integers(0, 2**40))
def test_either_secret_proves_a_message_and_no_other_does(body, stamp):
    sent = {
        name.lower(): value
        for name, value in headers([SECRET, OTHER], "msg_1", stamp, body).items()
    }
    assert proven(SECRET, sent, body)
    assert proven(OTHER, sent, body)
    assert not proven("whsec_" + "AAAA" * 11, sent, body)
    assert not proven(SECRET, sent, body + b" ")
    assert not proven(SECRET, sent | {"webhook-timestamp": str(stamp + 1)}, body)


@given(tries=st.integers(1, MOST_TRIES - 1), seed=st.integers(), asked=st.timedeltas())
def test_a_wait_is_the_usual_one_or_longer_when_asked(tries, seed, asked):
    wait = wait_after(tries, asked, random.Random(seed))
    assert wait is not None
    assert WAITS[tries - 1] * (1 - JITTER) <= wait <= LONGEST_WAIT
    assert wait >= min(asked, LONGEST_WAIT)
    assert wait_after(MOST_TRIES, asked, random.Random(seed)) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), (" 7 ", 7), ("Tue, 24 Nov 2026 12:01:00 GMT", 60),
        ("Tue, 24 Nov 2026 11:01:00 GMT", 0), ("-5", None), ("soon", None), ("", None),
        ("9" * 40, None), ("1.5", None), ("Tue, 24 Nov 2026", None),
    ],
)  # fmt: skip
def test_what_receivers_ask_for(value, seconds):
    assert retry_after(value, NOON) == (None if seconds is None else timedelta(seconds=seconds))


@given(value=st.text(max_size=40))
def test_no_header_breaks_us(value):
    found = retry_after(value, NOON)
    assert found is None or found >= timedelta(0)

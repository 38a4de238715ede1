"""The rules of the door."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.identity import domain
from zhitong.kernel.identity.domain import Count, Window

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
WINDOW = Window(5, timedelta(minutes=15))


@pytest.mark.parametrize(
    "typed",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        " /board",
        "/\t/evil.example",
        "/\n/evil.example",
        "/%0d\r\nSet-Cookie: a=b",
        "board",
        "",
        "/" + "a" * 3000,
        "/a\\b",
        "/\u202eevil",
        "/\x00",
        "http:/evil.example",
        "///evil.example",
    ],
)
def test_next_never_leaves_the_site(typed):
    assert domain.same_site_path(typed) == "/"


@pytest.mark.parametrize("typed", ["/", "/board?view=late&after=x|y", "/m/7Q4M-0ZKD#said", "/搜索"])
def test_next_keeps_paths_of_this_site(typed):
    assert domain.same_site_path(typed) == typed


@given(st.text(max_size=60))
def test_next_is_always_a_path_without_host(typed):
    kept = domain.same_site_path("/" + typed)
    assert kept.startswith("/")
    assert not kept.startswith(("//", "/\\"))


@given(st.lists(st.integers(0, 2000), max_size=60))
def test_no_window_ever_lets_more_than_its_limit_through(gaps):
    count, at, allowed_at = None, NOON, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        count, allowed = domain.spend(WINDOW, count, at)
        if allowed:
            allowed_at.append((count.since, at))
    for since in {since for since, _at in allowed_at}:
        assert sum(one == since for one, _at in allowed_at) <= WINDOW.limit


def test_a_clock_that_is_a_moment_behind_opens_no_new_window():
    full = Count(5, NOON)
    assert not domain.spend(WINDOW, full, NOON - timedelta(seconds=1))[1]
    assert domain.spend(WINDOW, full, NOON - timedelta(days=1))[1]


def test_a_locked_door_opens_again_however_often_one_knocks():
    count = Count(5, NOON)
    for minute in range(14):
        count, allowed = domain.spend(WINDOW, count, NOON + timedelta(minutes=minute))
        assert not allowed
    assert domain.spend(WINDOW, count, NOON + timedelta(minutes=15))[1]


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678",
        "138 1234 5678",
        "+86 138-1234-5678",
        "008613812345678",
        "１３８１２３４５６７８",
    ],
)
def test_mobile_numbers_in_every_usual_spelling(typed):
    assert domain.plain_phone(typed) == "13812345678"


@pytest.mark.parametrize(
    "typed",
    ["", "12345678901", "1381234567", "138123456789", "053412345678", "1381234567a", "=1+1"],
)
def test_what_is_no_mobile_number(typed):
    assert domain.plain_phone(typed) == ""


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Wang.JianGuo ", "wang.jianguo"),
        ("ｗａｎｇ", "wang"),
        ("王建国", ""),
        ("a", ""),
        ("<b>", ""),
        ("a' or 1=1", ""),
        ("x" * 41, ""),
    ],
)
def test_user_names_have_one_form(typed, plain):
    assert domain.plain_username(typed) == plain


def test_codes_are_read_as_people_type_them():
    assert domain.plain_digits(" 123 456 ", length=6) == "123456"
    assert domain.plain_digits("１２３４５６", length=6) == "123456"
    assert domain.plain_digits("12345", length=6) == ""
    assert domain.plain_digits("١٢٣٤٥٦", length=6) == ""
    code = domain.new_recovery_code()
    assert domain.plain_recovery_code(code.upper().replace("-", " ")) == code


def test_limits_of_a_sign_in():
    def over(stage, *, seen, started):
        return domain.is_over(
            stage=stage,
            limits=domain.STAFF_LIMITS,
            started_at=NOON - started,
            last_seen_at=NOON - seen,
            now=NOON,
        )

    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    assert not over("open", seen=14 * minute, started=7 * hour)
    assert over("open", seen=15 * minute, started=hour)
    assert over("open", seen=minute, started=8 * hour)
    assert over("second", seen=minute, started=10 * minute)
    assert not over("second", seen=minute, started=9 * minute)


def test_browsers_are_named_without_a_fingerprint():
    header = "Mozilla/5.0 (Linux; Android 14; SM-G991) AppleWebKit/537 Chrome/126.0.1 Mobile Safari"
    assert domain.short_agent(header) == "Chrome · Android"
    assert domain.short_agent("") == "? · ?"

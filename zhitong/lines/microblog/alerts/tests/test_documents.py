"""What we write others can read; what others write we read, or say why not."""

import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from capvalidator import validate_cap_message
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.lines.microblog.alerts.domain import (
    Alert,
    Category,
    Circle,
    MessageType,
    Place,
    Point,
    Reference,
    Resource,
    ResponseType,
    Severity,
    check,
)
from zhitong.lines.microblog.alerts.reading import Reason, Unreadable, read
from zhitong.lines.microblog.alerts.signing import Forged, read_signed, signed
from zhitong.lines.microblog.alerts.tests.examples import (
    CHINESE,
    SENT,
    WARNING,
    certificate,
)
from zhitong.lines.microblog.alerts.writing import document, moment, number, write


def words(most: int = 30) -> st.SearchStrategy[str]:
    """What XML can carry, as it comes back: without white space at the ends."""
    allowed = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
    return st.text(allowed, min_size=1, max_size=most).map(str.strip).filter(bool)


def names() -> st.SearchStrategy[str]:
    return st.from_regex(r"[A-Za-z0-9.@_-]{1,20}", fullmatch=True)


degrees = st.integers(-89_000_000, 89_000_000).map(lambda n: n / 1_000_000)
points = st.builds(Point, degrees, degrees)
offsets = st.integers(-12 * 4, 14 * 4).map(lambda n: timezone(timedelta(minutes=15 * n)))
times = st.integers(0, 3 * 10**9).flatmap(
    lambda second: offsets.map(lambda zone: datetime.fromtimestamp(second, zone))
)
pairs = st.lists(st.tuples(words(), words()), max_size=2).map(tuple)
places = st.builds(
    Place,
    words(),
    polygons=st.lists(st.lists(points, min_size=4, max_size=6).map(tuple), max_size=2).map(tuple),
    circles=st.lists(
        st.builds(Circle, points, st.integers(0, 10**6).map(lambda n: n / 1000)), max_size=2
    ).map(tuple),
    geocodes=pairs,
    altitude_ft=st.none() | st.integers(0, 9000).map(float),
)
infos = st.builds(
    replace,
    st.just(CHINESE),
    headline=words(),
    description=words(80),
    event=words(),
    categories=st.lists(st.sampled_from(Category), min_size=1, max_size=3, unique=True).map(tuple),
    responses=st.lists(st.sampled_from(ResponseType), max_size=3, unique=True).map(tuple),
    severity=st.sampled_from(Severity),
    effective_at=st.none() | times,
    expires_at=st.none() | times,
    parameters=pairs,
    event_codes=pairs,
    resources=st.lists(
        st.builds(Resource, words(), st.just("image/png"), st.just("https://example.org/a.png")),
        max_size=1,
    ).map(tuple),
    places=st.lists(places, max_size=2).map(tuple),
)
alerts = st.builds(
    replace,
    st.just(WARNING),
    identifier=names(),
    sent_at=times,
    type=st.sampled_from(MessageType),
    note=st.just("") | words(),
    references=st.lists(st.builds(Reference, names(), names(), times), max_size=3).map(tuple),
    addresses=st.lists(names() | st.just("two words"), max_size=3).map(tuple),
    infos=st.lists(infos, max_size=2).map(tuple),
)


@settings(max_examples=60)
@given(alerts)
def test_what_is_written_is_read_again_and_follows_the_schema(alert: Alert) -> None:
    data = document(write(alert))
    assert read(data) == alert
    found = validate_cap_message(data, strict=False)
    assert found.passed, found.message


def test_an_independent_judge_accepts_what_we_sign() -> None:
    assert check(WARNING) == []
    found = validate_cap_message(signed(WARNING, *certificate()))
    assert found.passed, found.message
    assert found.message == "CAP XML file is valid."


def test_a_signature_holds_for_every_byte_that_is_said() -> None:
    key, paper = certificate()
    data = signed(WARNING, key, paper)
    assert read_signed(data, paper) == WARNING
    with pytest.raises(Forged):
        read_signed(data.replace("转账".encode(), "汇款".encode(), 1), paper)
    with pytest.raises(Forged):
        read_signed(data, certificate()[1])
    with pytest.raises(Forged):
        read_signed(document(write(WARNING)), paper)


def test_a_signature_does_not_lend_itself_to_another_alert() -> None:
    """A signed alert wrapped into one that nobody signed tells nothing of the outer one."""
    key, paper = certificate()
    inner = signed(WARNING, key, paper).partition(b"?>\n")[2]
    outer = document(write(replace(WARNING, note="another")))
    wrapped = outer.replace(b"</alert>", inner + b"</alert>")
    with pytest.raises(Forged):
        read_signed(wrapped, paper)


def changed(before: str, after: str) -> bytes:
    data = document(write(WARNING)).decode()
    assert before in data
    return data.replace(before, after, 1).encode()


@pytest.mark.parametrize(
    ("data", "reason", "where"),
    [
        (b"", Reason.NOT_XML, ""),
        (b"<alert", Reason.NOT_XML, ""),
        (b"\xff\xfe\x00", Reason.NOT_XML, ""),
        (b"<alert/>", Reason.NOT_CAP, ""),
        (b"<?xml version='1.0' encoding='utf-7'?><alert/>", Reason.NOT_XML, ""),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>', Reason.VERSION, "1.1"),
        (b" " * 1_000_001, Reason.TOO_LARGE, ""),
        (b"<a>" * 60 + b"</a>" * 60, Reason.TOO_LARGE, ""),
        (b"<a>" + b"<b/>" * 20_001 + b"</a>", Reason.TOO_LARGE, ""),
        (b"<!DOCTYPE alert><alert/>", Reason.DOCUMENT_TYPE, ""),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16"), Reason.DOCUMENT_TYPE, ""),
        (changed("<scope>Public</scope>", ""), Reason.INCOMPLETE, "scope"),
        (changed("Actual", "Wirklich"), Reason.NO_SUCH_VALUE, "status"),
        (changed("16:20:00+08:00", "16:20:00Z"), Reason.NO_SUCH_TIME, "sent"),
        (changed("2026-07-12", "2026-13-12"), Reason.NO_SUCH_TIME, "sent"),
        (changed("37.3,116.5", "37.3;116.5"), Reason.NO_SUCH_NUMBER, "polygon"),
        (changed("37.3,116.5", "nan,1e9"), Reason.NO_SUCH_NUMBER, "polygon"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason, where: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert (refused.value.reason, refused.value.where) == (reason, where)


def bomb(levels: int = 12) -> bytes:
    """Entities that each name the one before ten times: 10^12 words if anybody expands them."""
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels)]
    return (
        f'<!DOCTYPE alert [<!ENTITY e0 "ha">{"".join(lines)}]>'
        f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><note>&e{levels - 1};</note></alert>'
    ).encode()


def test_a_bomb_of_entities_is_refused_at_once() -> None:
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(Unreadable, match="document_type"):
        read(bomb())
    took = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 0.05
    assert peak < 50_000_000


@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_broken_documents_never_break_us(noise: bytes, spot: int) -> None:
    whole = document(write(WARNING))
    for data in (noise, whole[:spot] + noise + whole[spot + len(noise) :], whole[:spot]):
        try:
            read(data)
        except Unreadable as refused:
            assert refused.reason in Reason


def test_times_and_numbers_are_written_as_the_standard_has_them() -> None:
    assert moment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05-00:00"
    assert [number(n) for n in (0.0, 10.0, 1e-7, -0.5, 116.123456)] == [
        "0", "10", "0", "-0.5", "116.123456",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="zone"):
        moment(SENT.replace(tzinfo=None))

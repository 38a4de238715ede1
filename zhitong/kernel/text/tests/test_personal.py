"""What is personal: found at every place, in every writing, in time, and nothing raised."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.kernel.text.personal import LABELS, Kind, find, redacted

# Invented. The check character of the first follows GB 11643-1999.
NUMBER = "11010519491231002X"


def found(text: str) -> list[tuple[str, str]]:
    return [(kind.value, text[start:end]) for kind, start, end in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (f"号码{NUMBER}。", "id_number", NUMBER),
        ("1101051949 1231002x", "id_number", "1101051949 1231002x"),
        (
            "１１０１０５１９４９１２３１００２Ｘ",
            "id_number",
            "１１０１０５１９４９１２３１００２Ｘ",
        ),
        ("老证110105491231002", "id_number", "110105491231002"),
        ("公民身份号码:110105194912310021", "id_number", "110105194912310021"),
        ("找我138-1234-5678", "mobile", "138-1234-5678"),
        ("打一三八幺二三四五六七八", "mobile", "一三八幺二三四五六七八"),
        ("座机0534-8321234转801", "phone", "0534-8321234转801"),
        ("电话8321234", "phone", "8321234"),
        ("+852 9123 4567", "phone", "+852 9123 4567"),
        ("鲁N·D12345逆行", "plate", "鲁N·D12345"),
        ("鲁N1234警", "plate", "鲁N1234警"),
        ("卡 6222 0212 0000 0000 000", "bank_card", ""),
        ("卡号6222021200000000000", "bank_card", "6222021200000000000"),
        ("住陵城区政府街128号3号楼2单元301室", "address", "政府街128号3号楼2单元301室"),
        ("西街村三组", "address", "西街村三组"),
        ("zhang.san＠163.com", "email", "zhang.san＠163.com"),
        ("我叫欧阳建国，", "name", "欧阳建国"),
        ("联系人王强电话", "name", "王强"),
    ],
)
def test_one_of_each(text: str, kind: str, words: str) -> None:
    assert found(text) == ([(kind, words)] if words else [])


@pytest.mark.parametrize(
    "text",
    [
        "请拨打110、12345或96110",
        "订单号202611231234567890",
        "371403001201",
        "2026年11月23号下午",
        "第二百六十六条",
        "1500、2000、3000元",
        "联系人电话打不通",
        "政府街与中兴路路口",
        "工资卡丢了，业主高度关注",
        "11010519491331002X",
        "",
    ],
)
def test_what_only_looks_alike(text: str) -> None:
    assert found(text) == []


def test_every_occurrence() -> None:
    text = "13812345678，再打13812345678，或者一三八一二三四五六七八；13812345678.jpg"
    assert [kind for kind, _words in found(text)] == ["mobile"] * 4
    assert not any(char.isdigit() for char in redacted(text))


def test_numbers_that_stick_together() -> None:
    assert found(f"{NUMBER}13812345678")[0] == ("id_number", NUMBER)
    glued = "1381234567813987654321"
    assert found(glued) == [("mobile", glued)]


def test_only_the_kinds_that_are_asked_for() -> None:
    text = "联系人：王强，13812345678"
    assert redacted(text, {Kind.MOBILE}) == f"联系人：王强，〔{LABELS[Kind.MOBILE]}〕"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "19",
        "1 ",
        "0534-",
        "a@",
        "@a.",
        "鲁A1",
        "村1组",
        "路1号楼",
        "姓名：张",
        "卡号 1",
        "零一",
    ],
)
def test_ten_times_as_much_takes_ten_times_as_long(piece: str) -> None:
    short, long = piece * (20_000 // len(piece)), piece * (200_000 // len(piece))
    assert min(seconds(long) for _try in range(3)) < 25 * seconds(short) + 0.5


def test_a_megabyte_of_digits() -> None:
    assert find("1" * 1_000_000) == ()
    assert seconds("19" * 500_000) < 25


def seconds(text: str) -> float:
    began = time.process_time()
    find(text)
    return time.process_time() - began


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(), max_size=60) | st.text("0123 -一二138鲁N号路村组@.：姓名", max_size=80)
)
def test_never_raises_and_never_overlaps(text: str) -> None:
    at = 0
    for _kind, start, end in find(text):
        assert at <= start < end <= len(text)
        at = end
    redacted(text)

import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.errors import Invalid
from zhitong.kernel.text.clean import MOST_MARKS, clean_line, clean_text

ORDINARY = [
    "您好,我家门口的路灯坏了三天了。",
    "  段首空两格\u3000\u3000全角空格,行尾空格 \n\n\n第二段\t制表符  双空格\n",
    "！＂＃＄％＆（）ＡＢＣ１２３　“引号”‘单引号’《书名》——破折号……①㈠℃㎡",
    "👨‍👩‍👧‍👦🏳️‍🌈👍🏿🇨🇳1️⃣ ❤️ 𠮷野家 㐂 䶮 𬱖 〇",
    "豈更車 塚 精 \uf9d1 \U0002f800",  # compatibility ideographs: names
    "\ue000\U000f0000 private use, as rare names come from old systems",
    "مرحبا שלום \u200fעברית\u200e \u061c नमस्ते ក្រុង ภาษาไทย བོད་ཡིག ᠮᠣᠩᠭᠣᠯ ئۇيغۇرچە",
    "<script>alert(1)</script> ' OR 1=1 -- {{ 7*7 }} {% csrf_token %} ${jndi:ldap://x} =1+1",
    "零宽\u200b空格\u200c\u200d\u2060和软\u00ad连字符 不断行\u00a0\u202f \u2028 \u2029",
    "é ñ Å Ω ﬁ Ⅳ ½ ™",
    "",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_stay_exactly_as_typed(text):
    if "é" not in text:
        assert clean_text(text, max_length=8000) == text
    assert clean_text(clean_text(text, max_length=8000), max_length=8000) == clean_text(
        text, max_length=8000
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三\n四\r\r\n", "一\n二\n三\n四\n\n"),
        ("\ufeff开头\ufeff中间", "开头\ufeff中间"),
        ("电话\u202d13800005678\u202c", "电话13800005678"),
        ("发票\u202egpj.exe", "发票gpj.exe"),
        ("\u2066a\u2067b\u2068c\u2069", "abc"),
        ("e\u0301te\u0301", "été"),
        ("\uf9d1e\u0301", "\uf9d1é"),
        ("\u1100\u1161", "가"),
    ],
)
def test_what_is_changed_because_nobody_sees_it(typed, kept):
    assert clean_text(typed, max_length=100) == kept


CONTROLS = [chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
NONCHARACTERS = ["\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"]


@pytest.mark.parametrize("bad", CONTROLS + NONCHARACTERS)
def test_invisible_controls_are_refused(bad):
    for text in (bad, f"前{bad}后", f"{bad}后", f"前{bad}"):
        with translation.override("en"), pytest.raises(Invalid, match="control characters"):
            clean_text(text, max_length=100)


@pytest.mark.parametrize("bad", ["\ud800", "\udfff", "\ud83d文", "\ufffd", "�Ҽ��ſ�"])
def test_broken_characters_are_refused(bad):
    with translation.override("en"), pytest.raises(Invalid, match="broken"):
        clean_text(f"前{bad}", max_length=100)


def test_words_sent_in_the_wrong_encoding_are_refused():
    arrived = "我家门口的路灯坏了".encode("gbk").decode("utf-8", "replace")
    with pytest.raises(Invalid):
        clean_text(arrived, max_length=100)


def test_length_is_counted_in_characters_after_cleaning():
    assert clean_text("👍" * 10, max_length=10) == "👍" * 10
    assert clean_text("\r\n" * 10, max_length=10) == "\n" * 10
    assert len(clean_text("e\u0301" * 10, max_length=10)) == 10
    for text in ("一" * 11, "a" * 1_000_000):
        with translation.override("en"), pytest.raises(Invalid, match="at most 10"):
            clean_text(text, max_length=10)


def test_piled_up_marks_are_refused():
    assert clean_text("o" + "\u0301" * MOST_MARKS, max_length=100)
    with translation.override("en"), pytest.raises(Invalid, match="accents"):
        clean_text("o" + "\u0336" * 30, max_length=100)


@pytest.mark.parametrize("bad", ["一\n二", "一\r\n二", "a\u2028b", "a\u2029b"])
def test_one_line_means_one_line(bad):
    with translation.override("en"), pytest.raises(Invalid, match="single line"):
        clean_line(bad, max_length=100)


def test_a_line_loses_the_blanks_around_it():
    assert clean_line(" \u3000王建国\r\n", max_length=100) == "王建国"
    assert clean_line("王 建国", max_length=100) == "王 建国"
    with pytest.raises(Invalid):
        clean_line("王建国\x1f", max_length=100)


@given(st.text(st.characters(), max_size=80))
def test_whatever_comes_in_is_clean_or_refused(text):
    try:
        kept = clean_text(text, max_length=60)
    except Invalid as refusal:
        assert str(refusal)
        return
    assert len(kept) <= 60
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\r" not in kept
    assert clean_text(kept, max_length=60) == kept
    assert unicodedata.normalize("NFC", kept) == unicodedata.normalize(
        "NFC", clean_text(text, max_length=60)
    )

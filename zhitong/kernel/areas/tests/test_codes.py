import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.areas import codes

CODES = st.sampled_from(codes.LENGTHS).flatmap(
    lambda length: st.from_regex(rf"[1-9][0-9]{{{length - 1}}}", fullmatch=True)
)


@given(CODES)
def test_code_and_path_say_the_same(code):
    path = codes.path_of(code)
    assert codes.code_of(path) == code
    assert path.endswith("/")
    assert path.startswith(codes.path_of(codes.parent_of(code)) if codes.parent_of(code) else "")
    assert codes.chain_of(code)[-1] == code
    assert len(path) <= 20


@given(CODES, CODES)
def test_ranges_hold_exactly_what_lies_below(code, other):
    inside = any(low <= int(other) <= high for low, high in codes.ranges_below(code))
    assert inside == codes.path_of(other).startswith(codes.path_of(code))


def test_the_path_of_a_village():
    assert codes.path_of("371403001201") == "37/14/03/001/201/"


@pytest.mark.parametrize("text", ["", "3", "07", "371", "37140a", "３７", "371403001201\n", "-37"])
def test_malformed(text):
    assert not codes.is_code(text)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("孙家洼村委会", "孙家洼村"),
        ("菜园村村民委员会", "菜园村"),
        ("大吴屯村民委员会", "大吴屯"),
        ("芦坊社区居民委员会", "芦坊社区"),
        ("平寨社区居民委员会", "平寨社区"),
        ("红星居委会", "红星社区"),
        ("万福社区居委会", "万福社区"),
        ("小官寨村委会", "小官寨"),
        ("安德街道", "安德街道"),
        ("村委会", "村委会"),
        ("查干嘎查委会", "查干嘎查"),
    ],
)
def test_names_as_people_say_them(name, short):
    assert codes.short_name(name) == short

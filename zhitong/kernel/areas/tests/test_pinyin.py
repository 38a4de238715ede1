import pytest

from zhitong.kernel.areas.pinyin import spelled, typed


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("安德街道", "andejiedao", "adjd"),
        ("陵城区", "lingchengqu", "lcq"),
        ("乐陵市", "laolingshi", "lls"),
        ("单县", "shanxian", "sx"),
        ("单家庄", "shanjiazhuang", "sjz"),
        ("长清区", "changqingqu", "cqq"),
        ("长子县", "zhangzixian", "zzx"),
        ("朝阳街道", "chaoyangjiedao", "cyjd"),
        ("重庆市", "chongqingshi", "cqs"),
        ("厦门市", "xiamenshi", "xms"),
        ("吕家村委会", "lvjiacunweihui", "ljcwh"),
        ("成都市", "chengdushi", "cds"),
        ("区家村", "oujiacun", "ojc"),
        ("陵城区（县直）", "lingchengquxianzhi", "lcqxz"),
        ("Ａ区1号", "aqu1hao", "aq1h"),
    ],
)
def test_names_of_places(name, pinyin, initials):
    assert spelled(name) == (pinyin, initials)


def test_what_is_typed_meets_what_is_stored():
    assert typed(" LÜ jia-Cun ") == "lvjiacun"
    assert typed("'; DROP--") == "drop"
    assert typed("ａｎｄｅ") == "ande"

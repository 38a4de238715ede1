"""Invented addresses and names, in the ways in which people give them."""

from collections.abc import Mapping
from random import Random

from bench.redacting.numbers import Writing, spoken, wide

ADMIN = ("", "", "陵城区", "德州市陵城区", "山东省德州市陵城区安德街道", "神头镇", "陵城区滋镇")
ROADS = (
    "政府街",
    "中兴路",
    "陵州路",
    "南环路",
    "唐城路",
    "文化东路",
    "迎宾大道",
    "马颊河路",
    "东风巷",
)
VILLAGES = (
    "西街村",
    "三洄河村",
    "东八里村",
    "魏庄",
    "郑家寨村",
    "王官屯村",
    "刘泰社区",
    "边临镇村",
)
ESTATES = (
    "幸福小区",
    "颐和花园",
    "唐人首府",
    "金桂苑",
    "锦绣家园",
    "阳光公寓",
    "华府新城",
    "陵州新村",
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "建国志强秀英丽华明辉桂兰玉梅海涛晓东雪婷宇轩子涵欣怡浩然文博春生德福小龙淑珍永红立军"
COMPOUND = ("欧阳", "司马", "诸葛", "上官", "慕容")


def _number(random: Random) -> int:
    return random.randint(1, 199)


def _numeral(random: Random) -> str:
    return random.choice(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十二"))


def _flat(random: Random) -> str:
    return f"{random.randint(1, 28)}{random.randint(1, 4):02}"


def road(random: Random) -> str:
    """A road and its door number."""
    return f"{random.choice(ROADS)}{_number(random)}号"


def road_flat(random: Random) -> str:
    """Down to the flat, from the road."""
    house = f"{random.randint(1, 30)}号楼{random.randint(1, 6)}单元{_flat(random)}室"
    return f"{road(random)}{random.choice(('', '院'))}{house}"


def estate_flat(random: Random) -> str:
    """A flat on an estate."""
    house = random.choice(("栋", "幢", "号楼"))
    end = random.choice(("室", ""))
    return (
        f"{random.choice(ESTATES)}{random.randint(1, 30)}{house}"
        f"{random.randint(1, 6)}单元{_flat(random)}{end}"
    )


def village_house(random: Random) -> str:
    """A house in a village."""
    return f"{random.choice(VILLAGES)}{random.randint(1, 12)}组{_number(random)}号"


def name(random: Random) -> str:
    """Somebody who does not exist."""
    family = random.choice(COMPOUND) if random.random() < 0.04 else random.choice(SURNAMES)
    length = 1 if random.random() < 0.25 or len(family) == 2 else 2
    return family + "".join(random.choice(GIVEN) for _ in range(length))


def _in(random: Random, place: str) -> str:
    return random.choice(ADMIN) + place


ADDRESS: Mapping[str, Writing] = {
    "road and number": lambda r: _in(r, road(r)),
    "road to flat": lambda r: _in(r, road_flat(r)),
    "estate to flat": lambda r: _in(r, estate_flat(r)),
    "village, group, number": lambda r: _in(r, village_house(r)),
    "village and group in numerals": lambda r: _in(r, f"{r.choice(VILLAGES)}{_numeral(r)}组"),
    "estate and block": lambda r: _in(r, f"{r.choice(ESTATES)}{r.randint(1, 30)}栋"),
    "estate, short": lambda r: _in(
        r, f"{r.choice(ESTATES)}{r.randint(1, 30)}-{r.randint(1, 6)}-{_flat(r)}"
    ),
    "village and number": lambda r: _in(r, f"{r.choice(VILLAGES)}{_number(r)}号"),
}
ADDRESS_HELD_OUT: Mapping[str, Writing] = {
    "full width": lambda r: _in(r, wide(road_flat(r))),
    "numerals to the flat": lambda r: _in(
        r,
        f"{r.choice(ESTATES)}{_numeral(r)}号楼{_numeral(r)}单元{spoken(_flat(r))}",
    ),
    "spaces": lambda r: _in(
        r, f"{r.choice(ESTATES)} {r.randint(1, 30)}号楼 {r.randint(1, 6)}单元 {_flat(r)}室"
    ),
    "lane": lambda r: _in(r, f"{r.choice(ROADS)}{_number(r)}弄{r.randint(1, 40)}号{_flat(r)}室"),
    "letters": lambda r: _in(
        r, f"{r.choice(ESTATES)}{r.choice('ABCDG')}{r.randint(1, 9)}栋{_flat(r)}"
    ),
    "number of a branch": lambda r: _in(r, f"{r.choice(ROADS)}{_number(r)}-{r.randint(1, 9)}号"),
}


def _parted(random: Random) -> str:
    whole = name(random)
    return f"{whole[0]} {whole[1]}" if len(whole) == 2 else whole


NAME: Mapping[str, Writing] = {"plain": name}
NAME_HELD_OUT: Mapping[str, Writing] = {
    "space within": _parted,
}

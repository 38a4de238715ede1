"""Detailed addresses: those that lead to one door, one group of houses or one block."""

import re
from collections.abc import Iterator

from zhitong.kernel.text.personal.kinds import Finding, Kind

_HAN = "一二三四五六七八九十百零〇"
_N = rf"(?:[0-9]{{1,5}}(?:-[0-9]{{1,4}}){{0,2}}|[A-Z][0-9]{{0,3}}|[{_HAN}两甲乙丙丁]{{1,5}})"
_UNIT = "(?:号院|号楼|号房|号铺|弄|栋|幢|座|单元|室|户|房|组|队|社|排|号|楼|层)"
_PARTS = re.compile(
    rf"(?:(?P<first>{_N}) ?(?P<unit>{_UNIT}))(?P<more>(?: {{0,2}}院?[,，]? ?{_N} ?{_UNIT}){{0,5}})"
    r"(?P<tail> {0,2}-?(?:[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9年月日天元人米点分路])"
    rf"|[{_HAN}]{{3,5}}))?"
)
_TRIPLE = re.compile(r"(?<![0-9\-])[0-9A-Z]{1,3}-[0-9]{1,2}-[0-9]{2,4}(?![0-9\-])")
_ROAD = "(?:大街|大道|胡同|街|路|巷|道|里|弄)"
_VILLAGE = "(?:新村|村|庄|屯|寨|社区|营|店|洼|集|官屯|家|埠|坊)"
_ESTATE = (
    "(?:小区|花园|家园|公寓|大厦|宿舍|新城|首府|苑|府|城|庭|湾|院|园|居|广场|新村|中心|国际|春天)"
)
_WORD = r"[\u4e00-\u9fffA-Z0-9]"
_BEFORE_ROAD = re.compile(rf"(?P<name>{_WORD}{{1,11}}?{_ROAD}) ?$")
_BEFORE_VILLAGE = re.compile(rf"(?P<name>{_WORD}{{1,11}}?{_VILLAGE}) ?$")
_BEFORE_ESTATE = re.compile(rf"(?P<name>{_WORD}{{1,11}}?{_ESTATE}(?:[A-Z]?[0-9]?)) ?$")
_REACH = 14
_PLACE = re.compile(
    "省|自治区|(?<!城)市|(?<!小)区(?!域)|县|(?<!小)镇|乡(?!村)|街道(?!办)|位于|地址|住址|家住|住在|住|"
    "在|到|于|是|的|了|我们?|你们?|他们?|从|去|往|请|就|为|与|及|反映|投诉|关于|咨询"
)
_NOT_A_DOOR = re.compile(
    "线|门(?!口)|井|口|杆|站|令|公交|国道|省道|文件|机|桥|台|车|上午|下午|晚|早|左右|前|以|[0-9]"
)
_MONTH = re.compile(r"[月年第] ?$")


def addresses(fold: str) -> Iterator[Finding]:
    """Detailed addresses, from the name of the road, village or estate to the last number."""
    for found in _PARTS.finditer(fold):
        start = _begin(fold, found)
        if start is not None:
            yield Finding(Kind.ADDRESS, start, found.end())
    for found in _TRIPLE.finditer(fold):
        start = _named(_BEFORE_ESTATE, fold, found.start())
        if start is not None:
            yield Finding(Kind.ADDRESS, start, found.end())


def _begin(fold: str, found: re.Match[str]) -> int | None:
    """Where the address begins; None when these numbers lead to nobody's door."""
    at, unit = found.start(), found["unit"]
    units = [unit, *re.findall(_UNIT, found["more"])]
    road = _named(_BEFORE_ROAD, fold, at)
    village = _named(_BEFORE_VILLAGE, fold, at)
    estate = _named(_BEFORE_ESTATE, fold, at)
    if _to_a_flat(units, found["tail"]):
        return next((one for one in (road, estate, village) if one is not None), at)
    if unit in {"栋", "幢", "座", "号楼", "号院", "弄"}:
        return next((one for one in (estate, road, village) if one is not None), None)
    if unit in {"组", "队", "社", "排"}:
        return village
    if unit == "号" and (len(units) > 1 or not _NOT_A_DOOR.match(fold, found.end())):
        return next((one for one in (road, village, estate) if one is not None), None)
    return None


def _to_a_flat(units: list[str], tail: str | None) -> bool:
    if "单元" in units:
        return len(units) > 1 or tail is not None
    houses = {"栋", "幢", "座", "号楼", "号院", "号", "弄"}
    return bool(houses & set(units[:-1])) and units[-1] in {"室", "户", "房", "单元"}


def _named(pattern: re.Pattern[str], fold: str, at: int) -> int | None:
    """Where the name begins that ends at ``at``, without the places and words before it."""
    window = fold[max(0, at - _REACH) : at]
    found = pattern.search(window)
    if found is None or _MONTH.search(window):
        return None
    begin, end = found.span("name")
    for word in _PLACE.finditer(window, begin, end - 1):
        if word.end() < end - 1:
            begin = word.end()
    return at - len(window) + begin

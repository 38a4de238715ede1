"""Area codes and paths, and the names people use. Pure functions.

Codes follow GB/T 2260 (province 2 digits, city 4, county 6) and the statistical division codes
of the National Bureau of Statistics below it (township 9, village 12 digits).
"""

import re
from enum import StrEnum


class Level(StrEnum):
    """The five levels of administration, from the top."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


DIGITS: dict[Level, int] = {
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.VILLAGE: 12,
}
LEVELS: dict[int, Level] = {digits: level for level, digits in DIGITS.items()}
LENGTHS = tuple(LEVELS)
ABOVE = dict(zip(LENGTHS, (0, *LENGTHS), strict=False))
"""The length of the code one level up, by length."""
CUTS = {end: [*map(slice, (0, *LENGTHS), LENGTHS[: at + 1])] for at, end in enumerate(LENGTHS)}
"""The parts of a path, by length of the code."""

CODE = re.compile(r"[1-9]\d(?:\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?)?", re.ASCII)
SUFFIX = re.compile(r"(社区居民|社区居|居民|居|村民|村|嘎查|牧)?委(?:员)?会$")
SETTLED = re.compile(r"(?:[村社区屯寨庄队场厂乡镇坊]|嘎查|街道|小区|生活区|管理区)$")


def is_code(text: str) -> bool:
    """Whether the text has the form of an area code."""
    return CODE.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """The level of a well-formed code."""
    return LEVELS[len(code)]


def parent_of(code: str) -> str:
    """The code one level up; '' above a province."""
    return code[: ABOVE[len(code)]]


def chain_of(code: str) -> tuple[str, ...]:
    """The codes from the province down to this one."""
    return tuple(code[:length] for length in LENGTHS if length <= len(code))


def path_of(code: str) -> str:
    """The reach path: ``371403001201`` is ``37/14/03/001/201/``."""
    cuts = CUTS[len(code)]
    return "/".join([code[part] for part in cuts]) + "/"


def code_of(path: str) -> str:
    """The code of a reach path."""
    return path.replace("/", "")


def ranges_below(code: str) -> tuple[tuple[int, int], ...]:
    """The code itself and everything below as closed ranges of numbers, one per level."""
    deeper = (length - len(code) for length in LENGTHS if length >= len(code))
    return tuple((int(code) * 10**more, (int(code) + 1) * 10**more - 1) for more in deeper)


def short_name(name: str) -> str:
    """What people call a place: 孙家洼村委会 is 孙家洼村, 芦坊社区居民委员会 is 芦坊社区."""
    match = SUFFIX.search(name)
    if match is None or not (stem := name[: match.start()]):
        return name
    kind = match.group(1) or ""
    if kind.startswith("社区"):
        return stem + "社区"
    if SETTLED.search(stem):
        return stem
    if kind in {"", "牧", "嘎查"}:
        return stem + kind.removeprefix("牧")
    return stem + ("村" if kind.startswith("村") else "社区")

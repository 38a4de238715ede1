"""Names of places as people type them on a keyboard: pinyin without tones, and initials.

The dictionary of ``pypinyin`` knows most place names; where a character reads differently in
names of places or families than in ordinary words, the tables below decide.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from pypinyin import lazy_pinyin
from pypinyin.seg.mmseg import seg

PLACES: dict[str, str] = {
    "乐陵": "lao ling",
    "朝阳": "chao yang",
    "长治": "chang zhi",
    "长清": "chang qing",
    "大城县": "dai cheng xian",
    "洪洞": "hong tong",
    "单县": "shan xian",
    "浚县": "xun xian",
    "涡阳": "guo yang",
    "婼羌": "ruo qiang",
    "若羌": "ruo qiang",
    "珲春": "hun chun",
    "会昌": "hui chang",
    "筠连": "jun lian",
    "什邡": "shi fang",
    "洪泽": "hong ze",
    "长子县": "zhang zi xian",
    "中牟": "zhong mu",
    "繁峙": "fan shi",
    "郫都": "pi du",
    "行政村": "xing zheng cun",
}
"""Read as local people and the gazetteers read them."""

SINGLES: dict[str, str] = {
    "长": "chang",
    "朝": "chao",
    "都": "du",
    "行": "xing",
    "重": "chong",
    "会": "hui",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "单": "shan",
    "查": "zha",
    "薄": "bo",
    "卜": "bu",
    "乜": "nie",
    "区": "ou",
    "尉": "wei",
    "朴": "piao",
    "隗": "wei",
}
"""Family names: read so when 家, 庄, 村, 寨, 营, 店 or 屯 follows (单家庄, 曾村)."""

ALWAYS: dict[str, str] = {"都": "du", "长(?![子官老者孙])": "chang"}
"""Read so in names of places unless a table above says otherwise."""

FAMILY = re.compile(f"[{''.join(SINGLES)}](?=[家庄村寨营店屯])")
GIVEN = re.compile("|".join([*PLACES, FAMILY.pattern, *ALWAYS]))
READINGS = PLACES | SINGLES | {pattern[0]: reading for pattern, reading in ALWAYS.items()}
PLAIN = re.compile("[a-z0-9]*")
OTHER = re.compile("[^a-z0-9]")
VOWEL = str.maketrans({"ü": "v", "ê": "e"})
Sound = tuple[str, str]
"""Pinyin and initials."""


def spelled(name: str) -> tuple[str, str]:
    """The pinyin and the initials of a name: 安德街道 is ``andejiedao`` and ``adjd``."""
    parts: list[Sound] = []
    at = 0
    for match in GIVEN.finditer(name):
        parts.append(_sound(name[at : match.start()]))
        parts.append(_joined(READINGS[match.group()].split()))
        at = match.end()
    parts.append(_sound(name[at:]))
    return "".join([part[0] for part in parts]), "".join([part[1] for part in parts])


def typed(text: str) -> str:
    """What somebody typed, in the spelling that is stored: letters and digits, ü as v."""
    if PLAIN.fullmatch(text):
        return text
    return OTHER.sub("", normalize("NFKC", text).casefold().translate(VOWEL))


@lru_cache(maxsize=65_536)
def _sound(text: str) -> Sound:
    """Word by word of the dictionary, from the left. Places end alike, so ends are remembered:
    cutting names into words is most of the work of a large import."""
    if not text:
        return "", ""
    word = next(seg.cut(text))
    pinyin, initials = _word(word)
    rest, more = _sound(text[len(word) :])
    return pinyin + rest, initials + more


@lru_cache(maxsize=65_536)
def _word(word: str) -> Sound:
    return _joined(lazy_pinyin([word], errors=_as_it_is))


def _joined(syllables: list[str]) -> Sound:
    """One syllable per Chinese character; anything else stays as it is."""
    parts = [typed(syllable) for syllable in syllables]
    return "".join(parts), "".join([part[:1] for part in parts])


def _as_it_is(text: str) -> str:
    return text

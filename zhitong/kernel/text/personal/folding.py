"""Many ways of writing a character made one, letter for letter, so that places stay the same."""

import unicodedata

SEPARATORS = r"[ \-._·]"
"""What people put between digits, after folding."""

_SPACES = "\t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"
_ALIKE = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("‐‑‒–—―−﹣ー", "-"),
    **dict.fromkeys("•・‧∙", "·"),
    **dict.fromkeys("Хх×", "X"),
    **dict.fromkeys("【﹙", "("),
    **dict.fromkeys("】﹚", ")"),
}
_NUMERALS = {
    "0": "零〇○洞", "1": "一壹幺弌", "2": "二贰两俩弍", "3": "三叁弎", "4": "四肆", "5": "五伍",
    "6": "六陆", "7": "七柒拐", "8": "八捌", "9": "九玖勾",
}  # fmt: skip


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        char = chr(point - 0xFEE0 if 0xFF01 <= point <= 0xFF5E else point)
        digit = unicodedata.decimal(char, None)
        plain = _ALIKE.get(char, char) if digit is None else str(digit)
        self[point] = plain.upper() if plain.isascii() else plain
        return self[point]


_FOLDED = _Folding()
_SPOKEN = str.maketrans({char: digit for digit, chars in _NUMERALS.items() for char in chars})


def folded(text: str) -> str:
    """Digits of every script as 0-9, letters as capitals, spaces and dashes as one kind each."""
    return text.translate(_FOLDED)


def unspoken(fold: str) -> str:
    """Chinese numerals too, as they are read aloud digit by digit."""
    return fold.translate(_SPOKEN)

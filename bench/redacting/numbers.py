"""Invented numbers with right check digits, and the ways in which people write them down."""

from collections.abc import Callable, Mapping
from random import Random

Writing = Callable[[Random], str]
REGIONS = ("371403", "371402", "370102", "110105", "310115", "440305", "510104", "652101", "130406")
CARD_PREFIXES = ("622202", "621700", "622848", "621661", "623094", "601382", "955880", "436742")
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
SPOKEN = "零一二三四五六七八九"
POLICE = "洞幺二三四五六拐八勾"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
AREA_CODES = ("010", "021", "0534", "0531", "0755", "028", "0991", "0310")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def digits(random: Random, length: int) -> str:
    """``length`` random digits."""
    return "".join(random.choice("0123456789") for _ in range(length))


def wide(text: str) -> str:
    """Full-width letters and digits, as Chinese input methods make them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def groups(text: str, sizes: tuple[int, ...], between: str) -> str:
    """``text`` cut into groups; the last one takes what is left."""
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    return between.join([*parts, text[at:]] if text[at:] else parts)


def cut(text: str, at: int, between: str, then: Callable[[str], str] = str) -> str:
    """``text`` in two parts; the second may be written in another way."""
    return f"{text[:at]}{between}{then(text[at:])}"


def spoken(text: str, how: str = SPOKEN) -> str:
    """The digits in Chinese numerals."""
    return "".join(how[int(c)] if c.isdigit() else c for c in text)


def _day(random: Random) -> tuple[int, int, int]:
    return random.randint(1938, 2019), random.randint(1, 12), random.randint(1, 28)


def id_number(random: Random) -> str:
    """An 18-character citizen identity number: region, birthday, sequence, check character."""
    year, month, day = _day(random)
    body = f"{random.choice(REGIONS)}{year}{month:02}{day:02}{digits(random, 3)}"
    total = sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def old_id_number(random: Random) -> str:
    """The 15 digits that were given out until 1999."""
    year, month, day = _day(random)
    return (
        f"{random.choice(REGIONS)}{min(year, 1999) % 100:02}{month:02}{day:02}{digits(random, 3)}"
    )


def mobile(random: Random) -> str:
    """Eleven digits of a mobile phone."""
    return f"1{random.choice('3456789')}{digits(random, 9)}"


def card(random: Random, length: int = 19) -> str:
    """A bank card of 16 to 19 digits; the last one is its Luhn digit."""
    body = random.choice(CARD_PREFIXES)
    body += digits(random, length - 1 - len(body))
    total = 0
    for at, char in enumerate(reversed(body)):
        doubled = int(char) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def local(random: Random, code: str) -> str:
    """A fixed number within the area of a dialling code."""
    return random.choice("2345678") + digits(random, 7 if len(code) == 3 else 6)


def plate(random: Random) -> str:
    """An ordinary plate: province, letter, five places of which at most two are letters."""
    body = list(digits(random, 5))
    for _ in range(random.randint(0, 2)):
        body[random.randrange(5)] = random.choice(LETTERS)
    return f"{random.choice(PROVINCES)}{random.choice(LETTERS)}{''.join(body)}"


def green_plate(random: Random) -> str:
    """A new-energy plate, of a small car or a large one."""
    head = f"{random.choice(PROVINCES)}{random.choice(LETTERS)}"
    if random.random() < 0.7:
        return f"{head}{random.choice('DF')}{random.choice(LETTERS + '0123')}{digits(random, 4)}"
    return f"{head}{digits(random, 5)}{random.choice('DF')}"


def _mailbox(random: Random) -> str:
    name = random.choice(("zhang.san", "li_si88", "wangwu", "lzh", "sunny-day", "qq", "xiaoyu"))
    return f"{name}{digits(random, random.randint(1, 4))}"


def _mail(random: Random) -> str:
    host = random.choice(("163.com", "126.com", "qq.com", "sina.com.cn", "example.org", "139.com"))
    return f"{_mailbox(random)}@{host}"


ID: Mapping[str, Writing] = {
    "plain": id_number,
    "old": old_id_number,
    "spaced 6-8-4": lambda r: groups(id_number(r), (6, 8), " "),
    "hyphened 6-8-4": lambda r: groups(id_number(r), (6, 8), "-"),
    "full width": lambda r: wide(id_number(r)),
    "small x": lambda r: id_number(r).lower(),
    "spaced 3s": lambda r: groups(id_number(r), (3, 3, 4, 4), " "),
}
ID_HELD_OUT: Mapping[str, Writing] = {
    "6-4-4-4 with no-break spaces": lambda r: groups(id_number(r), (6, 4, 4), "\u00a0"),
    "long dashes": lambda r: groups(id_number(r), (6, 8), "—"),
    "every digit apart": lambda r: " ".join(id_number(r)),
    "zero-width spaces": lambda r: groups(id_number(r), (6, 8), "\u200b"),
    "old, full width": lambda r: wide(old_id_number(r)),
}
MOBILE: Mapping[str, Writing] = {
    "plain": mobile,
    "+86": lambda r: f"+86{mobile(r)}",
    "+86 and a space": lambda r: f"+86 {mobile(r)}",
    "0086-": lambda r: f"0086-{mobile(r)}",
    "spaced 3-4-4": lambda r: groups(mobile(r), (3, 4), " "),
    "hyphened 3-4-4": lambda r: groups(mobile(r), (3, 4), "-"),
    "full width": lambda r: wide(mobile(r)),
    "Chinese numerals": lambda r: spoken(mobile(r)),
    "radio numerals": lambda r: spoken(mobile(r), POLICE),
}
MOBILE_HELD_OUT: Mapping[str, Writing] = {
    "86 in brackets": lambda r: f"(+86){mobile(r)}",
    "dotted": lambda r: groups(mobile(r), (3, 4), "."),
    "half in numerals": lambda r: cut(mobile(r), 3, "", then=spoken),
    "3-3-5": lambda r: groups(mobile(r), (3, 3), " "),
    "every digit apart": lambda r: " ".join(mobile(r)),
    "capital numerals": lambda r: spoken(mobile(r), CAPITAL),
    "full width and spaced": lambda r: wide(groups(mobile(r), (3, 4), "-")),
}


def _fixed(random: Random, between: str, ending: str = "") -> str:
    code = random.choice(AREA_CODES)
    return f"{code}{between}{local(random, code)}{ending}"


def _framed(random: Random, frame: str) -> str:
    code = random.choice(AREA_CODES)
    return frame.format(code) + local(random, code)


PHONE: Mapping[str, Writing] = {
    "hyphen": lambda r: _fixed(r, "-"),
    "together": lambda r: _fixed(r, ""),
    "space": lambda r: _fixed(r, " "),
    "brackets": lambda r: _framed(r, "({})"),
    "extension": lambda r: _fixed(r, "-", f"转{r.randint(100, 8999)}"),
    "full width": lambda r: wide(_fixed(r, "-")),
}
PHONE_HELD_OUT: Mapping[str, Writing] = {
    "Chinese brackets": lambda r: _framed(r, "（{}）"),
    "extension after a hyphen": lambda r: _fixed(r, "-", f"-{r.randint(100, 899)}"),
    "long dash": lambda r: _fixed(r, "—"),
    "+86 without the nought": lambda r: _framed(r, "+86-{}-").replace("-0", "-", 1),
    "extension spelled out": lambda r: _fixed(r, "-", f" 分机 {r.randint(100, 899)}"),
    "numerals": lambda r: spoken(_fixed(r, "")),
}
PLATE: Mapping[str, Writing] = {
    "plain": plate,
    "new energy": green_plate,
    "dot": lambda r: cut(plate(r), 2, "·"),
    "space": lambda r: cut(plate(r), 2, " "),
    "police": lambda r: f"{r.choice(PROVINCES)}{r.choice(LETTERS)}{digits(r, 4)}警",
    "learner": lambda r: f"{r.choice(PROVINCES)}{r.choice(LETTERS)}{digits(r, 4)}学",
    "small letters": lambda r: plate(r).lower(),
}
PLATE_HELD_OUT: Mapping[str, Writing] = {
    "hyphen": lambda r: cut(plate(r), 2, "-"),
    "full width": lambda r: wide(plate(r)),
    "apart": lambda r: groups(plate(r), (1, 1), " "),
    "trailer": lambda r: f"{r.choice(PROVINCES)}{r.choice(LETTERS)}{digits(r, 4)}挂",
    "new energy, dot": lambda r: cut(green_plate(r), 2, "•"),
}
CARD: Mapping[str, Writing] = {
    "19": card,
    "16": lambda r: card(r, 16),
    "grouped by four": lambda r: groups(card(r), (4, 4, 4, 4), " "),
    "16, hyphened": lambda r: groups(card(r, 16), (4, 4, 4), "-"),
    "full width": lambda r: wide(card(r)),
    "17": lambda r: card(r, 17),
}
CARD_HELD_OUT: Mapping[str, Writing] = {
    "6-13": lambda r: groups(card(r), (6,), " "),
    "18": lambda r: card(r, 18),
    "no-break spaces": lambda r: groups(card(r), (4, 4, 4, 4), "\u00a0"),
    "full width, grouped": lambda r: wide(groups(card(r, 16), (4, 4, 4), "-")),
}
MAIL: Mapping[str, Writing] = {
    "plain": _mail,
    "capitals": lambda r: _mail(r).upper(),
    "full width": lambda r: wide(_mail(r)),
    "full-width sign": lambda r: _mail(r).replace("@", "＠"),
}
MAIL_HELD_OUT: Mapping[str, Writing] = {
    "spaces around the sign": lambda r: _mail(r).replace("@", " @ "),
    "(at)": lambda r: _mail(r).replace("@", "(at)"),
    "hash": lambda r: f"{_mailbox(r)}#163.com",
    "plus": lambda r: f"{_mailbox(r)}+12345@mail.example.com",
}

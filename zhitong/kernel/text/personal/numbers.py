"""Numbers of people: citizen identity, mobile and fixed phones, bank cards."""

import re
from collections.abc import Iterator
from datetime import date

from zhitong.kernel.text.personal.folding import SEPARATORS
from zhitong.kernel.text.personal.kinds import Finding, Kind

_S = SEPARATORS + "{0,2}"
_NOT_AFTER = r"(?<!\d)"
_NOT_BEFORE = r"(?!\d)"
_WIDEST = 19

# GB 11643-1999: six digits of region (GB/T 2260), eight of birthday, three in sequence, one check.
_ID_18 = re.compile(rf"(?=(\d(?:{_S}\d){{5}}{_S}(?:1{_S}[89]|2{_S}0)(?:{_S}\d){{9}}{_S}[\dX]))")
_ID_15 = re.compile(rf"(?<!\d[ \-]){_NOT_AFTER}\d(?:{_S}\d){{14}}(?![ \-]?\d)")
_ID_NAMED = re.compile(
    r"(?:身份证|身份号码|证件号|证号|IDCARD|ID CARD|ID NO)"
    rf"[^\d\n，。；,;]{{0,10}}(\d(?:{_S}\d){{13}}(?:{_S}\d{{3}}{_S}[\dX]|{_S}\d))(?![\dX])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGIONS = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
    71, 81, 82, 83,
}  # fmt: skip

_MOBILE = re.compile(
    rf"{_NOT_AFTER}(?:[(+]{{0,2}}(?:00)?86[)]?{_S}|0)?(1{_S}[3-9](?:{_S}\d){{9}}){_NOT_BEFORE}"
)
_GLUED = re.compile(r"(?<!\d)(?:1[3-9]\d{9}){2,}(?!\d)")
_ABROAD = re.compile(rf"\+\d{{1,3}}{_S}\(?\d{{1,4}}\)?(?:[ -]?\d){{5,10}}{_NOT_BEFORE}")
_GROUPS = re.compile(r"\d+")
_WRITTEN = {(11,), (3, 4, 4), (3, 3, 5), (3, 8), (7, 4), (3, 5, 3), (3, 2, 3, 3), (4, 3, 4)}

_LOCAL = r"[2-8](?:\d{6,7}|\d{2,3}[ -]\d{4})"
_EXTENSION = r"(?:[ -]{0,2}(?:转|分机|EXT|X|#|-)[. :：]{0,2}(?:分机)?[ :：]?\d{1,6})?"
_PHONE = re.compile(
    rf"{_NOT_AFTER}(?:\({_S}(?:0\d{{2,3}}){_S}\)|(?:(?:\+|00)86{_S}\(?0?|0)"
    rf"(?:10|2\d|[3-9]\d\d)\)?){_S}{_LOCAL}{_NOT_BEFORE}{_EXTENSION}"
)
_PHONE_NAMED = re.compile(
    r"(?:电话|座机|固话|传真|联系方式|TEL|PHONE|FAX)"
    rf"[^\d\n，。；,;]{{0,6}}({_LOCAL}){_NOT_BEFORE}{_EXTENSION}(?![元块年次个多])"
)

_CARD = re.compile(rf"{_NOT_AFTER}(?=([2-69](?:{_S}\d){{15,18}}))")
_CARD_NAMED = re.compile(
    r"(?:银行卡|卡号|账号|账户|帐号|帐户|存折|工资卡|社保卡)"
    rf"[^\d\n，。；,;]{{0,8}}(\d(?:{_S}\d){{11,18}}){_NOT_BEFORE}"
)
_CARD_HEADS = ("62", "60", "4", "51", "52", "53", "54", "55", "35", "36", "68", "69", "9")
_OTHER_THINGS = re.compile(
    "(?:单号|订单|运单|编号|流水|户号|表号|案号|序列|条码|发票|IMEI)[号码为是:：# A-Z]{0,8}$"
)
_NEAR = 16


def numbers(fold: str) -> Iterator[Finding]:
    """Every number of a person in a folded text; what lies on one another is not yet sorted."""
    yield from _identities(fold)
    yield from _mobiles(fold)
    yield from _cards(fold)
    for found in (*_PHONE.finditer(fold), *_ABROAD.finditer(fold)):
        if not _other_thing(fold, found.start()):
            yield Finding(Kind.PHONE, *found.span())
    for found in _PHONE_NAMED.finditer(fold):
        yield Finding(Kind.PHONE, found.start(1), found.end())


def _identities(fold: str) -> Iterator[Finding]:
    for found in _ID_18.finditer(fold):
        start, end = found.span(1)
        apart = not _digit(fold, start - 1) and not _digit(fold, end)
        glued = found[1].isalnum() and not _other_thing(fold, start)
        if (apart or glued) and _valid_18(_bare(found[1])):
            yield Finding(Kind.ID_NUMBER, start, end)
    for found in _ID_15.finditer(fold):
        bare = _bare(found[0])
        if _born(bare, "19" + bare[6:12]) and not _other_thing(fold, found.start()):
            yield Finding(Kind.ID_NUMBER, *found.span())
    for found in _ID_NAMED.finditer(fold):
        yield Finding(Kind.ID_NUMBER, *found.span(1))


def _valid_18(bare: str) -> bool:
    if not _born(bare, bare[6:14]):
        return False
    total = sum(int(char) * weight for char, weight in zip(bare, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == bare[17]


def _born(bare: str, day: str) -> bool:
    """Whether the region is one and the birthday (YYYYMMDD) a day that there was."""
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return int(bare[:2]) in _REGIONS


def _mobiles(fold: str) -> Iterator[Finding]:
    for found in _MOBILE.finditer(fold):
        sizes = tuple(len(part) for part in _GROUPS.findall(found[1]))
        if _lettered(fold, found.start()) and _other_thing(fold, found.start()):
            continue
        if sizes in _WRITTEN or set(sizes) <= {1, 2}:
            yield Finding(Kind.MOBILE, *found.span())
    for found in _GLUED.finditer(fold):
        yield Finding(Kind.MOBILE, *found.span())


def _cards(fold: str) -> Iterator[Finding]:
    for found in _CARD.finditer(fold):
        if not _other_thing(fold, found.start()):
            yield from _card_at(fold, *found.span(1))
    for found in _CARD_NAMED.finditer(fold):
        yield Finding(Kind.BANK_CARD, *found.span(1))


def _card_at(fold: str, start: int, end: int) -> Iterator[Finding]:
    """The longest number from ``start`` that ends where digits end and has a right Luhn digit."""
    ends = [at + 1 for at in range(start, end) if fold[at].isdigit()]
    for length in range(min(_WIDEST, len(ends)), 15, -1):
        stop = ends[length - 1]
        bare = _bare(fold[start:stop])
        if not _digit(fold, stop) and bare.startswith(_CARD_HEADS) and _luhn(bare):
            yield Finding(Kind.BANK_CARD, start, stop)
            return


def _luhn(bare: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, char in enumerate(reversed(bare)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _bare(written: str) -> str:
    return "".join(char for char in written if char.isalnum())


def _digit(fold: str, at: int) -> bool:
    return 0 <= at < len(fold) and fold[at].isdigit()


def _other_thing(fold: str, start: int) -> bool:
    """Whether the words just before say that this is an order, a parcel, a meter."""
    return _OTHER_THINGS.search(fold, max(0, start - _NEAR), start) is not None


def _lettered(fold: str, start: int) -> bool:
    return start > 0 and fold[start - 1].isascii() and fold[start - 1].isalpha()

"""Number plates and e-mail addresses."""

import re
from collections.abc import Iterator

from zhitong.kernel.text.personal.kinds import Finding, Kind

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_BETWEEN = r"[ ·.\-]{0,2}"
# GA 36-2018: province, letter, five places (six for new energy), or four and what it is for.
_PLATE = re.compile(
    rf"{_PROVINCE}{_BETWEEN}[A-Z]{_BETWEEN}(?P<places>(?:[A-Z0-9] ?){{4,6}}"
    r"(?:[警学挂港澳领试超]|应急)?)(?![A-Z0-9])"
)
_OTHER_PLATE = re.compile(
    rf"WJ{_BETWEEN}{_PROVINCE}?{_BETWEEN}\d[\d\-· ]{{3,6}}\d[A-Z]?(?![A-Z0-9])"
    rf"|使[ ·]?\d{{6}}(?!\d)|[军空海]{_BETWEEN}[A-Z]{_BETWEEN}\d{{5}}(?!\d)"
)
_ENDING = re.compile(r"[警学挂港澳领试超应急]+$")
_SIGN = re.compile(
    r" {0,2}(?:@| ?[(\[] ?(?:AT|@|艾特) ?[)\]]|#| AT (?=(?:QQ|163|126|GMAIL|SINA|OUTLOOK|139)\.))"
    r" {0,2}(?P<host>(?:[A-Z0-9][A-Z0-9\-]{0,62}\.){1,5}[A-Z]{2,12})(?![A-Z0-9])"
)
_MAILBOX = re.compile(r"[A-Z0-9](?:[A-Z0-9._%+\-]{0,62}[A-Z0-9_+\-])?$")
_LONGEST_MAILBOX = 64


def plates(fold: str) -> Iterator[Finding]:
    """Plates of cars; an ordinary one has two digits at least, which a word has not."""
    for found in _PLATE.finditer(fold):
        places = found["places"].rstrip()
        bare = _ENDING.sub("", places).replace(" ", "")
        wanted = {4} if bare != places.replace(" ", "") else {5, 6}
        if len(bare) in wanted and sum(char.isdigit() for char in bare) >= 2:
            yield Finding(Kind.PLATE, found.start(), found.start("places") + len(places))
    for found in _OTHER_PLATE.finditer(fold):
        yield Finding(Kind.PLATE, *found.span())


def emails(fold: str) -> Iterator[Finding]:
    """E-mail addresses, from the sign to both sides, so that long texts take no longer."""
    for found in _SIGN.finditer(fold):
        begin = max(0, found.start() - _LONGEST_MAILBOX)
        if mailbox := _MAILBOX.search(fold, begin, found.start()):
            yield Finding(Kind.EMAIL, mailbox.start(), found.end())

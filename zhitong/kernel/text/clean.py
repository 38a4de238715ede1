"""Letting words in: exactly as they were typed, or refused with the reason.

What a resident typed is what everybody reads: nothing is trimmed, folded, cut or replaced. Four
things are changed because nobody can see them and they only do harm:

- line ends become ``\\n`` (CR LF from forms, CR from old systems);
- a byte order mark in front goes (U+FEFF);
- the controls that reverse the order of what follows go (U+202A-202E, U+2066-2069; Unicode
  Technical Report 36): address books paste them around phone numbers, attackers hide file
  endings with them. Arabic and Hebrew letters and the marks U+200E, U+200F and U+061C stay;
- letters with marks are composed (NFC, Unicode Annex 15), so that the same word is found again.
  CJK compatibility ideographs stay as they are: they are somebody's name.

Refused are control characters other than tab and line end, lone surrogates, noncharacters, the
replacement character (the sign that bytes were read in the wrong encoding) and more than
MOST_MARKS combining marks on one letter.
"""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid

MOST_MARKS = 8
_BLANKS = " \t\r\n\u3000\xa0"
_LINE_ENDS = re.compile("\r\n?")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS = re.compile("[\n\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BROKEN = re.compile("[\ud800-\udfff\ufffd]")
_NOT_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef" + "".join(chr(p << 16 | e) for p in range(17) for e in (0xFFFE, 0xFFFF)) + "]"
)
_COMPOSED = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def clean_text(value: str, *, max_length: int, multiline: bool = True) -> str:
    """``value`` as it may be stored. ``max_length`` is in characters (code points).

    Raises Invalid with a sentence that says what to mend. An empty text is let through: whether
    something must be said is for the door to decide.
    """
    if len(value) > 4 * max_length + 64:
        raise Invalid(_too_long(max_length))
    text = _LINE_ENDS.sub("\n", value.removeprefix("\ufeff"))
    text = _BIDI.sub("", text)
    problem = _problem(text, multiline=multiline)
    if problem:
        raise Invalid(problem)
    text = _COMPOSED.sub(lambda part: unicodedata.normalize("NFC", part[0]), text)
    if len(text) > max_length:
        raise Invalid(_too_long(max_length))
    return text


def clean_line(value: str, *, max_length: int) -> str:
    """As clean_text, for a name or title: one line, without the spaces around it."""
    return clean_text(value.strip(_BLANKS), max_length=max_length, multiline=False).strip(_BLANKS)


def _problem(text: str, *, multiline: bool) -> Promise | None:
    if _BROKEN.search(text):
        return _(
            "Some characters arrived broken (�). Type the text again, or save it as UTF-8 "
            "before you copy it."
        )
    if _CONTROLS.search(text) or _NOT_CHARACTERS.search(text):
        return _("There are invisible control characters in the text. Type that place again.")
    if not multiline and _LINE_BREAKS.search(text):
        return _("This must be a single line. Remove the line break.")
    if _piled_up(text):
        return _("There are too many accents on one letter. Remove them.")
    return None


def _piled_up(text: str) -> bool:
    if text.isascii():
        return False
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run > MOST_MARKS:
            return True
    return False


def _too_long(max_length: int) -> str:
    return gettext("This is too long: at most %(most)d characters.") % {"most": max_length}

"""Letting words out into formats that would read some of them as orders.

HTML needs nothing here: templates escape. SQL needs nothing: values travel as parameters.
"""

import re

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_HEADER = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def csv_safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection).

    A leading apostrophe is the sign for plain text; it is put in front of what would start a
    formula, also after leading blanks and in full width.
    """
    return f"'{value}" if value.lstrip(" \u3000\xa0\ufeff'\"").startswith(_FORMULA) else value


def header_safe(value: str) -> str:
    """One line for a mail or HTTP header: every run of controls becomes a space (RFC 5322)."""
    return _HEADER.sub(" ", value).strip()


def xml_safe(value: str) -> str:
    """Text with only the characters that XML 1.0 allows; others become U+FFFD. Not escaped."""
    return _NOT_XML.sub("\ufffd", value)

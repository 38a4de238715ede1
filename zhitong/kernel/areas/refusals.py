"""Telling people what is wrong with a table of areas."""

import unicodedata

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.domain import MOST_PROBLEMS, Problem
from zhitong.kernel.errors import Invalid

SENTENCES = {
    "charset": _("The file is neither UTF-8 nor GB18030 text. Save it again as “CSV UTF-8”."),
    "header": _("The first line must name the columns code and name, each once; found: %(value)s."),
    "nothing": _("The table holds no areas."),
    "many": _("The table has more than %(value)s rows. Import one province at a time."),
    "quotes": _("A quotation mark is not closed, or a cell is too long."),
    "cells": _("The line has %(value)s cells, not as many as the first line."),
    "code": _("“%(value)s” is not an area code: 2, 4, 6, 9 or 12 digits are needed."),
    "level": _("The level “%(value)s” does not fit the length of the code."),
    "above": _("The area above is given as “%(value)s”, but the code begins differently."),
    "orphan": _("The area above, %(value)s, is neither in the table nor known yet."),
    "twice": _("The code %(value)s was on an earlier line already."),
    "unnamed": _("The area has no name."),
    "long": _("The name “%(value)s” is longer than 60 characters."),
    "signs": _("The name “%(value)s” holds signs that names of places do not have."),
}


UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories of control and direction marks, halves of characters, line ends."""


class BadTable(Invalid):
    """A table of areas with mistakes; nothing was changed. ``lines`` says where and what."""

    code = "bad_table"

    def __init__(self, problems: list[Problem]) -> None:
        self.lines = [sentence(problem) for problem in problems]
        summary = ngettext(
            "Nothing was imported: there is %(count)s mistake.",
            "Nothing was imported: there are %(count)s mistakes.",
            len(problems),
        ) % {"count": f"{len(problems)}{'+' if len(problems) >= MOST_PROBLEMS else ''}"}
        super().__init__("\n".join([summary, *self.lines]))


def sentence(problem: Problem) -> str:
    """One line for people: file, line number, what is wrong, what was found."""
    what = str(SENTENCES[problem.kind]) % {"value": visible(problem.value)}
    where = gettext("%(file)s, line %(line)s: %(what)s")
    return where % {"file": visible(problem.file), "line": problem.line, "what": what}


def visible(text: str, longest: int = 40) -> str:
    """Foreign text that can be printed: control and direction marks become spaces, long is cut."""
    plain = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in text)
    return plain if len(plain) <= longest else f"{plain[:longest]}…"

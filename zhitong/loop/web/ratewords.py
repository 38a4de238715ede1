"""The rates, what they are looked at by, and what is behind them, as people read it."""

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Sentence
from zhitong.loop.queries.rates import By, Of
from zhitong.shell.routes import LINES as ROUTES

BY: dict[By, Sentence] = {
    By.TOWN: _("Township"),
    By.LINE: _("Line"),
    By.CATEGORY: _("Category"),
    By.POST: _("Post"),
}
OF: dict[Of, Sentence] = {
    Of.MATTERS: _("All matters"),
    Of.IN_TIME: _("Answered in time"),
    Of.LATE: _("Not answered in time"),
    Of.RESOLVED: _("Resolved"),
    Of.UNRESOLVED: _("Not resolved"),
    Of.RATED: _("With a verdict"),
    Of.UNHAPPY: _("Not fully satisfied"),
    Of.EXCLUDED: _("Left out of the rates"),
    Of.HASTY: _("Closed without contact"),
    Of.RETURNED: _("Returned"),
    Of.REOPENED: _("Reopened"),
}
RATES: dict[str, Sentence] = {
    "response": _("Response rate"),
    "resolution": _("Resolution rate"),
    "satisfaction": _("Satisfaction rate"),
}
LINES: dict[str, Sentence] = {line.key: line.name for line in ROUTES if line.key}
COLUMNS: dict[str, Sentence] = {
    "matters": _("Matters"),
    "excluded": _("Left out"),
    "in_time": _("Answered in time"),
    "answers": _("Answer was due"),
    "response": _("Response rate, %"),
    "resolved": _("Resolved"),
    "ended": _("Ended or overdue"),
    "resolution": _("Resolution rate, %"),
    "rated": _("Verdicts"),
    "satisfaction": _("Satisfaction rate, %"),
    "hasty": _("Closed without contact"),
    "returned": _("Returned"),
    "reopened": _("Reopened"),
}
"""The columns of the spreadsheet, by what they are called in a tally."""

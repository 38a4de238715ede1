"""The county's promises in words: kinds of matters, limits, and what changes."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zhitong.loop.domain.policy import Limit, Target
from zhitong.loop.domain.promises import PAUSE, PAUSES, RETURNS, Amount, Change
from zhitong.loop.web.clockwords import OWED, limit_in_words

UNITS = {
    "hours": gettext_lazy("hours of the clock"),
    "working hours": gettext_lazy("working hours"),
    "working days": gettext_lazy("working days"),
}
TERMS: dict[str, Promise] = {
    "": pgettext_lazy("promise", "All matters"),
    "ordinary": pgettext_lazy("promise", "Ordinary matters"),
    "prompt": pgettext_lazy("promise", "Prompt matters"),
    "urgent": pgettext_lazy("promise", "Urgent matters"),
}
PART: dict[str, Promise] = {
    **{target.value: OWED[target] for target in Target},
    PAUSE: pgettext_lazy("promise", "Longest wait for the resident"),
    PAUSES: pgettext_lazy("promise", "How many waits"),
    RETURNS: pgettext_lazy("promise", "A decision about a return"),
}


def terms_label(name: str) -> Promise | str:
    """A kind of matter; a county's own name stays what it is."""
    return TERMS.get(name, name)


def part_label(part: str) -> Promise:
    """What has a limit."""
    return PART[part]


def sentences(changed: Sequence[Change]) -> list[str]:
    """What changes, one line each."""
    return [_told(one) for one in changed]


def _told(one: Change) -> str:
    named = {"terms": terms_label(one.terms), "part": part_label(one.part)}
    if one.after is None:
        return _("%(terms)s, %(part)s: no longer promised.") % named
    named["after"] = _amount(one.after)
    if one.before is None:
        return _("%(terms)s, %(part)s: %(after)s, new.") % named
    named["before"] = _amount(one.before)
    return _("%(terms)s, %(part)s: %(after)s instead of %(before)s.") % named


def _amount(amount: Amount) -> str:
    if isinstance(amount, Limit):
        return limit_in_words(amount)
    return ngettext("%(n)d time", "%(n)d times", amount or 0) % {"n": amount or 0}

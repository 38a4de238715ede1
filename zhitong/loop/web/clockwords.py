"""The clock as sentences that a resident's grandmother could check with a calendar on the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zhitong.loop.domain.debts import Clock, Debt, State, Stretch
from zhitong.loop.domain.policy import Limit, Target
from zhitong.shell import timewords

OWED = {
    Target.DISPATCH: pgettext_lazy("owed", "Taken in hand"),
    Target.RESPONSE: pgettext_lazy("owed", "A first answer"),
    Target.RESOLUTION: pgettext_lazy("owed", "The end"),
}
MET = gettext_lazy("%(what)s: promised by %(due)s, done %(met)s, in time.")
MET_LATE = gettext_lazy("%(what)s: promised by %(due)s, done %(met)s, late.")
LATE = gettext_lazy("%(what)s: promised by %(due)s, and late.")
OPEN = gettext_lazy("%(what)s: promised by %(due)s.")
DROPPED = gettext_lazy("%(what)s: no longer owed since %(dropped)s.")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: how it stands, and how its time was counted."""

    sentence: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole clock in words; ``waiting`` is empty unless we wait for the resident."""

    promises: Sequence[Promise]
    waiting: str


def told(clock: Clock) -> Told:
    """The clock in the reader's language."""
    waiting = ""
    if clock.state is State.WAITING and clock.waiting_until is not None:
        until = timewords.when(clock.waiting_until)
        waiting = _("We wait for the resident, until %(until)s at the latest.") % {"until": until}
    return Told([_promise(debt) for debt in clock.debts], waiting)


def _promise(debt: Debt) -> Promise:
    first = _("%(limit)s from %(start)s.") % {
        "limit": limit_in_words(debt.limit), "start": timewords.when(debt.started_at)
    }  # fmt: skip
    return Promise(_sentence(debt), [first, *(_line(each) for each in debt.stretches)])


def _sentence(debt: Debt) -> str:
    late = debt.breached_at is not None
    if debt.dropped_at is not None:
        sentence = DROPPED
    elif debt.met_at is not None:
        sentence = MET_LATE if late else MET
    else:
        sentence = LATE if late else OPEN
    return sentence % {
        "what": OWED[debt.target],
        "due": timewords.when(debt.due_at),
        "met": timewords.when(debt.met_at) if debt.met_at else "",
        "dropped": timewords.when(debt.dropped_at) if debt.dropped_at else "",
    }


def _line(stretch: Stretch) -> str:
    span = {"begins": timewords.when(stretch.begins), "ends": timewords.when(stretch.ends)}
    if not stretch.counted:
        return _("%(begins)s to %(ends)s: we waited for the resident, nothing counts.") % span
    counted = span | {"used": length(stretch.used)}
    return _("%(begins)s to %(ends)s: %(used)s count.") % counted


def limit_in_words(limit: Limit) -> str:
    """``21 working hours``, ``24 hours``."""
    hours = int(limit.amount / timedelta(hours=1))
    if limit.working:
        return ngettext("%(n)d working hour", "%(n)d working hours", hours) % {"n": hours}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def length(time: timedelta) -> str:
    """Hours and minutes, exactly: ``26 h 40 min``."""
    hours, minutes = divmod(int(time / MINUTE), 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}

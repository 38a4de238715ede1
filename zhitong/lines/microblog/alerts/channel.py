"""Alerts as a channel of the desk: what a warning lacks is said before anybody approves it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.clock import now
from zhitong.lines.microblog.alerts import queries
from zhitong.lines.microblog.alerts.composing import Said, composed
from zhitong.lines.microblog.alerts.domain import MessageType, check
from zhitong.lines.microblog.alerts.words import FAULT, FAULTS
from zhitong.lines.microblog.desk import queries as desk
from zhitong.lines.microblog.desk.channels import Channel, open_channel
from zhitong.lines.microblog.desk.lints import Lint

ASK = _("Say how bad it is, how soon, where, and what to do: a warning goes out as an alert too.")


def look(note: UUID, number: int) -> list[Lint]:
    """Whether the version can go out as an alert, by the rules of the standard."""
    sheet = queries.sheet(note, number)
    if sheet is None:
        return [Lint(ASK, stops=True)]
    said = desk.said(desk.latest(desk.note(note)))
    specimen = composed(
        note=str(note),
        number=number,
        said=Said(**said),
        sheet=sheet,
        kind=MessageType.ALERT,
        at=now(),
        names={},
        web="https://example.org/",
        office="-",
    )
    wrong = dict.fromkeys(fault.rule for fault in check(specimen))
    return [Lint(FAULTS.get(rule, FAULT % {"rule": rule.value}), stops=True) for rule in wrong]


open_channel(
    Channel(
        code="alerts",
        label=_("How it warns"),
        categories=frozenset({"warning"}),
        look=look,
        url_name="alerts:sheet",
    )
)

"""The rows of the departure board, drawn by one format string.

Staff look at the board all day. Through the nodes of a template its rows took as much time as
the rest of the page together; the frame around them stays a template.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from zhitong.shell.parts import BoardRow
from zhitong.shell.signs import badge, due_tile, icon, line_dot

ROW = (
    '<tr role="row" class="board__row{mine}">'
    '<td role="cell" class="board__due{none}">{due}</td>'
    '<td role="cell" class="board__matter"><a href="{url}">{title}</a>'
    '<span class="board__code">{line}{code}{urgent}</span></td>'
    '<td role="cell" class="board__place" data-label="{t_place}">{place}</td>'
    '<td role="cell" class="board__owner" data-label="{t_owner}">{owner}</td>'
    '<td role="cell" class="board__stage">{stage}</td></tr>\n'
)
MINE = mark_safe(" board__row--mine")
NOT_DUE = mark_safe(" board__due--none")
NO_CLASS = mark_safe("")
NOTHING = "—"


def drawn(rows: Sequence[BoardRow]) -> SafeString:
    """All rows as table rows, in the reader's language."""
    now = timezone.localtime()
    place, owner = conditional_escape(gettext("Place")), conditional_escape(gettext("Owner"))
    you = format_html("<strong>{}</strong>", gettext("you"))
    parts = [
        format_html(
            ROW,
            mine=MINE if row.mine else NO_CLASS,
            none=NO_CLASS if row.due_at else NOT_DUE,
            due=_due(row.due_at, now),
            url=row.url,
            title=row.title,
            line=line_dot(row.line),
            code=row.code,
            urgent=_urgent() if row.urgent else NO_CLASS,
            t_place=place,
            place=row.place or NOTHING,
            t_owner=owner,
            owner=you if row.mine else row.owner or NOTHING,
            stage=badge(row.stage),
        )
        for row in rows
    ]
    return mark_safe("".join(parts))  # noqa: S308


def _due(moment: datetime | None, now: datetime) -> SafeString:
    if moment is None:
        return format_html('<span class="soft">{}</span>', NOTHING)
    return due_tile(moment, now=now)


def _urgent() -> SafeString:
    return format_html(
        ' <span class="badge badge--late">{} {}</span>', icon("warn"), gettext("urgent")
    )

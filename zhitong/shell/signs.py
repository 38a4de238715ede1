"""Small signs that stand inside a line: icons, badges, line numbers and due times, as HTML."""

from datetime import datetime
from functools import cache, lru_cache

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from zhitong.shell import timewords
from zhitong.shell.icons import PATHS
from zhitong.shell.journey import LABELS
from zhitong.shell.routes import LINES, LOOP
from zhitong.shell.wording import STAGE_TONES


@cache
def icon(name: str) -> SafeString:
    """A decorative line icon from ``icons.PATHS``. Words next to it carry the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        PATHS[name],
    )


def badge(stage: str) -> SafeString:
    """The stage of a matter as a small label with a sign that does not rely on colour."""
    return _badge(stage, get_language())


@cache
def _badge(stage: str, language: str | None) -> SafeString:
    tone, sign = STAGE_TONES[stage]
    with override(language):
        return format_html(
            '<span class="badge badge--{}">{} {}</span>', tone, icon(sign), LABELS[stage]
        )


def line_dot(line: str) -> SafeString:
    """The number of a bus line in a coloured dot, its name read aloud. Nothing for the loop."""
    return _line_dot(line, get_language())


@cache
def _line_dot(line: str, language: str | None) -> SafeString:
    found = next((each for each in LINES if each.key == line), None)
    if found is None:
        return mark_safe("")
    with override(language):
        return format_html(
            '<span class="line-dot line-{}" aria-hidden="true">{}</span>'
            '<span class="aloud">{}</span>',
            found.key,
            found.number,
            found.name,
        )


def due_tile(moment: datetime, *, now: datetime | None = None) -> SafeString:
    """The split-flap tile of a due time, and what the clock says about it.

    ``now`` is a local time: tiles of a whole board ask for it, and for the zone, once.
    """
    at = now or timezone.localtime()
    local = moment.astimezone(at.tzinfo)
    return _tile(
        timewords.due_state(moment, now=at),
        timewords.day_of(local.date(), at.date()),
        f"{local:%H:%M}",
        timewords.due(moment, now=at),
    )


@lru_cache(2048)
def _tile(state: str, day: str, clock: str, left: str) -> SafeString:
    """A board that asks again every few seconds gets the same tiles for a minute or an hour."""
    return format_html(
        '<span class="flap flap--{state}"><span class="flap__day">{day}</span>'
        '<span class="flap__time">{clock}</span></span> '
        '<span class="due due--{state}">{left}</span>',
        state=state,
        day=day,
        clock=clock,
        left=left,
    )


def line_badge(line: str, short: bool = False) -> SafeString:
    """The number and name of a bus line (or the loop) in its colour."""
    found = next((each for each in (*LINES, LOOP) if each.key == line), LOOP)
    return format_html(
        '<span class="line-badge line-{}"><span class="line-badge__number">{}</span> {}</span>',
        found.key,
        found.number or icon("ring"),
        found.short if short else found.name,
    )

"""Template tags and filters of the shell: every component has one tag. They are builtins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zhitong.kernel.media.qr import drawn as qr_drawn
from zhitong.shell import timewords
from zhitong.shell.assets import scripts, stylesheets
from zhitong.shell.board import drawn
from zhitong.shell.icons import MOUTHS
from zhitong.shell.journey import Journey
from zhitong.shell.parts import BoardRow, Choice, Finder, Photo, StepSeen
from zhitong.shell.signs import badge, due_tile, icon, line_badge, line_dot
from zhitong.shell.wording import FACES

register = template.Library()
Words = str | Promise
PAGE_KEYS = {"after", "before"}
"""Names under which addresses carry the key of the page before."""


for tag in (icon, badge, line_dot, line_badge, due_tile, stylesheets, scripts):
    register.simple_tag(tag)


@register.simple_block_tag(end_name="endcard")
def card(
    content: str, title: Words = "", line: str = "", tone: str = "", level: int = 2
) -> SafeString:
    """A sheet of paper with an optional heading. ``tone``: "", ``quiet``, ``late`` or ``good``."""
    return render_to_string(
        "shell/parts/card.html",
        {"content": content, "title": title, "line": line, "tone": tone, "level": level},
    )


@register.simple_block_tag(end_name="endempty")
def empty(content: str, title: Words = "", sign: str = "tick") -> SafeString:
    """What to show where a list would be: why it is empty, and what one can do."""
    return render_to_string(
        "shell/parts/empty.html", {"content": content, "title": title, "sign": sign}
    )


@register.simple_block_tag(end_name="endconfirm")
def confirm(
    content: str, label: Words, ask: Words = "", tone: str = "danger", shown: object = None
) -> SafeString:
    """A button that first opens a question; the block holds the form that really does it.

    ``shown`` opens it from the start, for a form that came back with something to mend.
    """
    return render_to_string(
        "shell/parts/confirm.html",
        {"content": content, "label": label, "ask": ask, "tone": tone, "shown": shown},
    )


@register.simple_tag
def button(
    label: Words, tone: str = "", sign: str = "", name: str = "", value: str = ""
) -> SafeString:
    """A submit button. ``tone``: "", ``quiet``, ``plain``, ``danger``, ``wide``."""
    return render_to_string(
        "shell/parts/button.html",
        {"label": label, "tone": tone, "sign": sign, "name": name, "value": value},
    )


@register.simple_tag
def button_link(label: Words, url: str, tone: str = "", sign: str = "") -> SafeString:
    """A link that looks like a button, for going somewhere."""
    return render_to_string(
        "shell/parts/button_link.html", {"label": label, "url": url, "tone": tone, "sign": sign}
    )


@register.inclusion_tag("shell/parts/field.html")
def field(
    bound: BoundField, autocomplete: str = "", inputmode: str = "", css: str = ""
) -> dict[str, Any]:
    """One form field: label, help and error, tied to the control by aria-describedby."""
    attrs = {"autocomplete": autocomplete, "inputmode": inputmode, "class": css}
    widget = bound.as_widget(attrs={key: value for key, value in attrs.items() if value})
    return {"field": bound, "widget": widget, "group": bound.use_fieldset}


@register.inclusion_tag("shell/parts/problems.html")
def problems(form: Any) -> dict[str, Any]:
    """All errors of a form at its top, each a link to its field. Nothing when there are none."""
    return {"form": form}


@register.inclusion_tag("shell/parts/stops.html")
def stops(way: Journey) -> dict[str, Any]:
    """A matter's journey as stops on a line; see ``journey.journey``."""
    return {"way": way}


@register.inclusion_tag("shell/parts/board.html")
def departure_board(rows: Sequence[BoardRow], caption: Words = "") -> dict[str, Any]:
    """What leaves next. A table; cards on a small screen."""
    return {"rows": drawn(rows), "caption": caption}


@register.inclusion_tag("shell/parts/timeline.html")
def timeline(steps: Sequence[StepSeen]) -> dict[str, Any]:
    """Steps of a matter, newest last; internal notes look and read differently."""
    return {"steps": steps}


@register.simple_tag
def qr(*parts: str, label: Words = "") -> SafeString:
    """A QR code of what the parts make together, such as the site's address and a path."""
    return qr_drawn("".join(parts), label=str(label))


@register.inclusion_tag("shell/parts/photos.html")
def photo_grid(photos: Sequence[Photo]) -> dict[str, Any]:
    """Small pictures that open the large ones."""
    return {"photos": photos}


@register.inclusion_tag("shell/parts/pages.html", takes_context=True)
def pages(context: Context, older: str = "") -> dict[str, Any]:
    """The following page, by key, and from any later page back to the first.

    A later page is one whose address has a key in it. An empty ``older`` leaves that way out.
    """
    request = context.get("request")
    return {"older": older, "start": _first(request.GET) if request else ""}


def _first(query: QueryDict) -> str:
    if not PAGE_KEYS & query.keys():
        return ""
    kept = query.copy()
    for key in PAGE_KEYS:
        kept.pop(key, None)
    return f"?{kept.urlencode()}"


@register.simple_block_tag(takes_context=True, end_name="endrating")
def rating(context: Context, content: str, action: str, name: str = "score") -> SafeString:
    """Five faces, five submit buttons (values 1 to 5); the block may hold a comment field."""
    faces = [
        {"value": value, "mouth": mouth, "label": label}
        for value, (mouth, label) in enumerate(zip(MOUTHS, FACES, strict=True), start=1)
    ]
    return render_to_string(
        "shell/parts/rating.html",
        {
            "faces": faces,
            "content": content,
            "action": action,
            "name": name,
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.inclusion_tag("shell/parts/face.html")
def face(score: int) -> dict[str, Any]:
    """One face with its word, to show a rating that was given (1 to 5)."""
    return {"value": score, "mouth": MOUTHS[score - 1], "label": FACES[score - 1]}


@register.inclusion_tag("shell/parts/area_picker.html")
def area_picker(
    towns: Sequence[Choice],
    villages: Sequence[Choice] = (),
    town: str = "",
    village: str = "",
    refresh: str = "",
    error: Words = "",
    finder: Finder | None = None,
) -> dict[str, Any]:
    """Township, then village (fields ``town`` and ``village``).

    ``refresh`` is the address that answers GET ?town=… with this same picker. Without a script
    the button "Show villages" (name ``step``, value ``villages``) sends the form as it is.
    ``finder`` puts a search above: steps ``find`` with the field ``find``, and ``place:CODE``.
    """
    return {
        "towns": towns,
        "villages": villages,
        "town": town,
        "village": village,
        "refresh": refresh,
        "error": error,
        "finder": finder,
    }


@register.inclusion_tag("shell/parts/masked.html", takes_context=True)
def masked(
    context: Context, value: str, label: Words, action: str = "", purposes: Sequence[Choice] = ()
) -> dict[str, Any]:
    """A sealed value as dots and digits; a button asks for the purpose and then reveals it.

    Sends ``purpose`` by POST to ``action``. Without ``action`` it cannot be revealed here.
    """
    return {
        "value": value,
        "label": label,
        "action": action,
        "purposes": purposes,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def when(moment: datetime | None) -> SafeString:
    """Day and time in the reader's language, inside <time> with the full date as title."""
    if moment is None:
        return mark_safe("—")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="minutes"),
        timewords.exactly(moment),
        timewords.when(moment),
    )


@register.filter
def exactly(moment: datetime) -> str:
    """Full date and time, for paper."""
    return timewords.exactly(moment)


@register.filter
def due(moment: datetime) -> str:
    """Time left or overdue, in words."""
    return timewords.due(moment)


@register.filter
def due_state(moment: datetime | None) -> str:
    """``late``, ``soon`` or ``calm``; nothing without a due time."""
    return timewords.due_state(moment) if moment else ""

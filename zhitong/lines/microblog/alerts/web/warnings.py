"""What holds now and what to do about it; the documents themselves, and feeds to follow."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhitong.kernel.pages import page
from zhitong.kernel.text import atom
from zhitong.lines.microblog.alerts import queries
from zhitong.lines.microblog.alerts.domain import MessageType
from zhitong.lines.microblog.alerts.models import Message
from zhitong.lines.microblog.alerts.words import SEVERITIES
from zhitong.loop.web.openly import absolute, leaf, openly

CAP = "application/cap+xml"


class Warned:
    """A message in the reader's language."""

    def __init__(self, row: Message) -> None:
        english = bool(row.title_en) and not (get_language() or "").startswith("zh")
        self.row = row
        self.title = row.title_en if english else row.title
        self.instruction = (row.instruction_en if english else "") or row.instruction
        self.language = "en" if english else "zh-Hans"
        self.severity = SEVERITIES.get(row.severity, "")
        self.over = row.type == MessageType.CANCEL


@require_safe
@page(public=True, line="microblog")
@openly
def warnings(request: HttpRequest) -> HttpResponse:
    """The warnings in force, the worst first."""
    rows = [Warned(row) for row in queries.in_force()]
    context = {"rows": rows, "certificate": queries.certificate()}
    return leaf(request, "alerts/warnings.html", context)


@require_safe
@page(public=True, line="microblog")
@openly
def document(request: HttpRequest, identifier: str) -> HttpResponse:
    """One message as it was signed, however old."""
    found = queries.message(identifier)
    response = HttpResponse(found.document, content_type=f"{CAP}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@page(public=True, line="microblog")
@openly
def certificate(request: HttpRequest) -> HttpResponse:
    """What a reader needs to know that a warning is ours."""
    found = queries.certificate()
    text = found.pem if found else ""
    return HttpResponse(text, content_type="application/x-pem-file")


@require_safe
@page(public=True, line="microblog")
@openly
def feed(request: HttpRequest) -> HttpResponse:
    """Warnings and their ends, for programs that pass them on."""
    text = atom.feed(
        [_item(Warned(row)) for row in queries.in_feed()],
        title=_("Warnings"),
        subtitle=_("What people should know at once, and what to do."),
        author=_("Zhitong"),
        here=absolute(reverse("alerts:feed")),
        page=absolute(reverse("alerts:warnings")),
        language=get_language() or "",
    )
    response = HttpResponse(text, content_type=atom.CONTENT_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _item(warned: Warned) -> atom.Item:
    row = warned.row
    title = _("Withdrawn: %(title)s") % {"title": warned.title} if warned.over else warned.title
    return atom.Item(
        id=absolute(reverse("alerts:document", args=[row.identifier])),
        title=title,
        url=absolute(reverse("desk:piece", args=[row.note])),
        updated=row.sent_at,
        published=row.sent_at,
        text=warned.instruction,
        category=(row.severity, warned.severity),
        language=warned.language,
        enclosed=(absolute(reverse("alerts:document", args=[row.identifier])), CAP),
    )

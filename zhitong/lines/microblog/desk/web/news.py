"""What everybody reads: the news of the office, one piece of it, and a feed to follow."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from zhitong.kernel.pages import page
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.categories import categories, label_of
from zhitong.lines.microblog.desk.models import Publication


class Read:
    """A publication in the reader's language; Chinese where there is no English."""

    def __init__(self, row: Publication) -> None:
        english = bool(row.title_en) and not (get_language() or "").startswith("zh")
        self.row = row
        self.title = row.title_en if english else row.title
        self.words = row.words_en if english else row.words
        self.language = "en" if english else "zh-Hans"
        self.about = label_of(row.category)
        self.corrected = row.number > 1 and row.why != ""


@require_safe
@page(public=True, line="microblog")
def news(request: HttpRequest) -> HttpResponse:
    """The newest first, of one kind or of all."""
    kind = request.GET.get("about", "")
    kind = kind if kind in categories() else ""
    rows, following = queries.published(category=kind, after=request.GET.get("after", ""))
    context = {
        "rows": [Read(row) for row in rows],
        "following": following,
        "kinds": [(code, label_of(code)) for code in categories()],
        "chosen": kind,
    }
    return render(request, "desk/news.html", context)


@require_safe
@page(public=True, line="microblog")
def piece(request: HttpRequest, id: UUID) -> HttpResponse:
    """One of them; what was withdrawn says why, and is gone for machines."""
    row = queries.publication(id)
    status = 410 if row.withdrawn_at else 200
    return render(request, "desk/piece.html", {"read": Read(row)}, status=status)


def _newest(request: HttpRequest) -> str | None:
    rows, _following = queries.published()
    if not rows:
        return None
    newest = max(row.changed_at for row in rows)
    return f'"{newest.timestamp():.6f}-{len(rows)}-{get_language()}"'


@require_safe
@page(public=True, line="microblog")
@condition(etag_func=_newest)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest as an Atom feed (RFC 4287)."""
    rows, _following = queries.published()
    context = {
        "rows": [Read(row) for row in rows],
        "updated": max((row.changed_at for row in rows), default=None),
        "root": request.build_absolute_uri("/")[:-1],
        "language": get_language(),
    }
    kind = "application/atom+xml; charset=utf-8"
    return render(request, "desk/feed.atom", context, content_type=kind)

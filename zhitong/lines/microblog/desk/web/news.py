"""What everybody reads: the news of the office, one piece of it, and a feed to follow."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhitong.kernel.pages import page
from zhitong.kernel.text import atom
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.categories import categories, label_of
from zhitong.lines.microblog.desk.models import Publication
from zhitong.loop.web.openly import absolute, leaf, openly


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
@openly
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
    return leaf(request, "desk/news.html", context)


@require_safe
@page(public=True, line="microblog")
@openly
def piece(request: HttpRequest, id: UUID) -> HttpResponse:
    """One of them; what was withdrawn says why, and is gone for machines."""
    row = queries.publication(id)
    response = leaf(request, "desk/piece.html", {"read": Read(row)})
    response.status_code = 410 if row.withdrawn_at else 200
    return response


@require_safe
@page(public=True, line="microblog")
@openly
def feed(request: HttpRequest) -> HttpResponse:
    """The newest as a feed."""
    rows, _following = queries.published()
    text = atom.feed(
        [_item(Read(row)) for row in rows],
        title=_("News and warnings"),
        subtitle=_(
            "What the bureau tells everybody: warnings, weather, how to get a document, appeals."
        ),
        author=_("Zhitong"),
        here=absolute(reverse("desk:feed")),
        page=absolute(reverse("desk:news")),
        language=get_language() or "",
    )
    return HttpResponse(text, content_type=atom.CONTENT_TYPE)


def _item(read: Read) -> atom.Item:
    return atom.Item(
        id=f"urn:uuid:{read.row.pk}",
        title=read.title,
        url=absolute(reverse("desk:piece", args=[read.row.pk])),
        updated=read.row.changed_at,
        published=read.row.published_at,
        text=read.words,
        category=(read.row.category, read.about),
        language=read.language,
    )

"""What everybody may read: answers by theme and township, one of them, its pictures, the feed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhitong.kernel.areas.codes import DIGITS, Level, code_of, is_code, path_of, short_name
from zhitong.kernel.areas.queries import labels, townships
from zhitong.kernel.errors import NotFound, Sentence
from zhitong.kernel.pages import page
from zhitong.loop import photos, queries
from zhitong.loop.categories import CATEGORIES, GROUPS, Choices, label_of, members
from zhitong.loop.models import Publication, PublicUpdate
from zhitong.loop.queries.publications import FEED, Leaf, answers, updates_of
from zhitong.loop.web.atom import feed_of
from zhitong.loop.web.openly import absolute, leaf, openly
from zhitong.loop.words import OUTCOMES, STAGES
from zhitong.shell import parts

LONGEST = 200
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to read, as far as it makes sense."""

    theme: str = ""
    town: str = ""
    words: str = ""
    before: str = ""
    lang: str = ""

    def address(self, name: str, **other: str) -> str:
        """Where a list of just this is found."""
        asked = {"theme": self.theme, "town": self.town, "q": self.words, "lang": self.lang}
        query = urlencode({key: value for key, value in (asked | other).items() if value})
        return f"{reverse(name)}?{query}" if query else reverse(name)


@dataclass(frozen=True, slots=True)
class Seen:
    """A publication as a page shows it."""

    row: Publication
    url: str
    theme: Sentence
    place: str
    outcome: Sentence
    photos: list[parts.Photo]


@require_safe
@page(public=True)
@openly
def listed(request: HttpRequest) -> HttpResponse:
    """What was answered, newest first."""
    asked = asked_for(request)
    found = _found(asked)
    older = asked.address("loop:open_answers", before=found.following) if found.following else ""
    context = {
        "asked": asked,
        "themes": themes(),
        "towns": [(area.code, area.short) for area in townships(settings.COUNTY)],
        "rows": seen(found.rows, asked.lang),
        "older": older,
        "feed_url": asked.address("loop:open_feed"),
    }
    return leaf(request, "loop/open_answers.html", context)


@require_safe
@page(public=True)
@openly
def feed(request: HttpRequest) -> HttpResponse:
    """The same as a feed (RFC 4287)."""
    asked = asked_for(request)
    found = answers(
        theme=asked.theme, town=_path(asked.town), words=asked.words, before=asked.before, size=FEED
    )
    following = asked.address("loop:open_feed", before=found.following) if found.following else ""
    text = feed_of(
        seen(found.rows, asked.lang),
        here=asked.address("loop:open_feed", before=asked.before),
        page=asked.address("loop:open_answers"),
        following=following,
    )
    response = HttpResponse(text, content_type=ATOM)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@page(public=True)
@openly
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One matter as everybody may read it. What is not released is not there."""
    row = queries.publication(code)
    (shown,) = seen([row], request.GET.get("lang", ""))
    steps = [_step(each) for each in updates_of([row])[row.pk]]
    context = {"one": shown, "steps": steps, "address": absolute(request.path)}
    return leaf(request, "loop/open_matter.html", context)


@require_safe
@page(public=True)
def picture(request: HttpRequest, code: str, id: UUID) -> FileResponse:
    """A picture that was released with it, and no other."""
    del request
    row, path = queries.publication(code), photos.path_of(id)
    if id.hex not in row.pictures or not path.is_file():
        raise NotFound
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; what makes no sense counts as not said."""
    theme, town = request.GET.get("theme", ""), request.GET.get("town", "")
    return Asked(
        theme=theme if theme in GROUPS or theme in CATEGORIES else "",
        town=town if is_code(town) and len(town) == DIGITS[Level.TOWNSHIP] else "",
        words=request.GET.get("q", "").strip()[:LONGEST],
        before=request.GET.get("before", "")[:LONGEST],
        lang=request.GET.get("lang", "")[:2],
    )


def _found(asked: Asked) -> Leaf:
    return answers(
        theme=asked.theme, town=_path(asked.town), words=asked.words, before=asked.before
    )


def themes() -> Choices:
    """The categories that lie open, in their groups."""
    found: Choices = []
    for group in GROUPS.values():
        below: list[tuple[str, Any]] = [
            (each.code, each.label) for each in members(group.code) if each.public
        ]
        if below:
            found.append((group.label, [(group.code, group.label), *below]))
    return found


def seen(rows: list[Publication], lang: str = "") -> list[Seen]:
    """Publications with the names of their places, in one query."""
    names = labels(code_of(row.town) for row in rows)
    more = f"?{urlencode({'lang': lang})}" if lang else ""
    return [
        Seen(
            row,
            reverse("loop:open_matter", args=[row.code]) + more,
            label_of(row.category),
            short_name(names[code_of(row.town)]),
            OUTCOMES.get(row.outcome, ""),
            _photos(row),
        )
        for row in rows
    ]


def _photos(row: Publication) -> list[parts.Photo]:
    found = []
    for number, picture in enumerate(row.pictures, 1):
        url = reverse("loop:open_picture", args=[row.code, UUID(picture)])
        found.append(parts.Photo(url=url, small_url=url, alt=_("Picture %d") % number))
    return found


def _step(update: PublicUpdate) -> tuple[Sentence, Sentence, datetime]:
    return STAGES[update.stage], OUTCOMES.get(update.outcome, ""), update.at


def _path(town: str) -> str:
    return path_of(town) if town else ""

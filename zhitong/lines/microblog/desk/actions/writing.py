"""A note is written, in versions, and handed in."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import code_of, is_code, path_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import UNKNOWN
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line, clean_text
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.actions.moving import deed, must_be_clean, step, target_of
from zhitong.lines.microblog.desk.categories import categories
from zhitong.lines.microblog.desk.domain import Verb
from zhitong.lines.microblog.desk.models import Note, Version

TITLE, TITLE_EN, WORDS, REASON = 80, 160, 5_000, 200


@action("desk.write", describe=_("Write a note, or its next version"))
def write(
    *,
    category: str,
    title: str,
    words: str,
    title_en: str = "",
    words_en: str = "",
    why: str = "",
    area: str = "",
    note: UUID | None = None,
    version: int | None = None,
) -> Note:
    """Write a new note, or a further version of ``note``, and return it.

    It is about ``area``, or all that the writer reaches. ``version`` is that of the note on the
    screen. A further version of what is out is a
    correction: it says ``why``, and what is out stays until it was approved. Raises Invalid,
    NotNow, Stale.
    """
    content = _content(title, words, title_en, words_en, why)
    if category not in categories():
        raise Invalid(fields={"category": _("Choose what it is about from the list.")})
    if note is None:
        found = _new(category, area)
    else:
        found = queries.note(note)
        if found.out is not None and not content["why"]:
            raise Invalid(fields={"why": _("Say what is corrected: readers are told.")})
        changes = {"latest": found.latest + 1, "category": category, "due_at": None}
        step(found, Verb.WRITE, version=version, urgent=False, **changes)
    scope = current()
    Version.objects.create(
        note=found, number=found.latest, author=scope.actor, label=scope.label, at=now(), **content
    )
    acted_on(target_of(found), path=found.area_path, number=found.latest)
    return found


@action("desk.submit", describe=_("Ask a colleague to look at a note"))
def submit(*, note: UUID, version: int, urgent: bool = False) -> Note:
    """Ask for a look at the latest version. ``urgent`` is for categories that allow it: it goes
    out with the first approval, and is looked at again within a day. Raises Invalid."""
    found = queries.note(note)
    if urgent and not categories()[found.category].urgent:
        raise Invalid(fields={"urgent": _("Only warnings and weather may go the short way.")})
    must_be_clean(found, queries.latest(found))
    step(found, Verb.SUBMIT, version=version, urgent=urgent)
    deed(found, Verb.SUBMIT)
    return found


def _content(title: str, words: str, title_en: str, words_en: str, why: str) -> dict[str, str]:
    content = {
        "title": clean_line(title, max_length=TITLE),
        "words": clean_text(words, max_length=WORDS),
        "title_en": clean_line(title_en, max_length=TITLE_EN),
        "words_en": clean_text(words_en, max_length=WORDS),
        "why": clean_line(why, max_length=REASON),
    }
    empty = [name for name in ("title", "words") if not content[name].strip()]
    if empty:
        raise Invalid(fields={name: _("Please write something here.") for name in empty})
    if bool(content["title_en"].strip()) != bool(content["words_en"].strip()):
        raise Invalid(fields={"title_en": _("English needs a title and words, or neither.")})
    return content


def _new(category: str, area: str) -> Note:
    code = area or code_of(next(iter(current().reach.subtrees), ""))
    within = is_code(code) and current().reach.covers(path=path_of(code))
    place = Area.objects.filter(code=code, retired_at=None).first() if within else None
    if place is None:
        raise Invalid(fields={"area": UNKNOWN})
    made: Note = Note.objects.create(
        area=place, area_path=place.path, category=category, changed_at=now()
    )
    return made

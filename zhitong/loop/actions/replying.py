"""Keeping prepared answers: written, written anew, ended."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Sentence, Stale
from zhitong.kernel.ids import uuid7
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.loop.actions.moving import checked_words
from zhitong.loop.categories import chain
from zhitong.loop.domain.replies import GAPS, still_open, unknown
from zhitong.loop.models import Reply
from zhitong.loop.queries.replies import keepers, newest

TITLE = 60
DAY = timedelta(days=1)
FILL = _("Something in braces is still to be filled in: %(gaps)s. Write it, or take it out.")
NO_GAP = _("Not known: %(wrong)s. In braces there can be: %(gaps)s.")


@action("loop.write_reply", describe=_("Write a prepared answer, or a new version of one"))
def write_reply(
    *,
    title_zh: str,
    title_en: str,
    body: str,
    post: UUID,
    starts_on: date,
    ends_on: date | None = None,
    categories: Sequence[str] = (),
    family: UUID | None = None,
    version: int = 0,
) -> Reply:
    """Write one, for a post within reach. ``family`` names the template that it is a new version
    of, ``version`` the one that was on the screen: that one ends the day before. Raises Invalid,
    naming the fields, and Stale when somebody else wrote a version meanwhile.
    """
    before = newest(family) if family else None
    if before and before.version != version:
        raise Stale
    fields = {
        "title_zh": _line(title_zh, "title_zh"),
        "title_en": _line(title_en, "title_en"),
        "body": _body(body),
        "categories": list(dict.fromkeys(categories)),
        "post_id": post,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    if problems := _problems(categories, post, starts_on, ends_on):
        raise Invalid(fields=problems)
    row = Reply(
        family=family or uuid7(),
        version=version + 1,
        written_by=current().label,
        written_at=now(),
        **fields,
    )
    _saved(row, before)
    acted_on(f"loop.Reply:{row.pk}", path=row.post.path, version=row.version)
    return row


@action("loop.end_reply", describe=_("End a prepared answer"))
def end_reply(*, family: UUID) -> None:
    """From now on it is not offered any more, in no version. Raises NotFound."""
    last, yesterday = newest(family), timezone.localdate(now()) - DAY
    rows = Reply.objects.filter(family=family).exclude(ends_on__lte=yesterday)
    rows.update(ends_on=yesterday)
    acted_on(f"loop.Reply:{last.pk}", path=last.post.path)


def with_no_gap(text: str, *, field: str = "text") -> str:
    """The text, if every gap in it is closed. Raises Invalid, naming those that are not."""
    if gaps := still_open(text):
        raise Invalid(fields={field: str(FILL) % {"gaps": "、".join(gaps)}})
    return text


def _saved(row: Reply, before: Reply | None) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        raise Stale from problem
    if before and (before.ends_on is None or before.ends_on >= row.starts_on):
        Reply.objects.filter(pk=before.pk).update(ends_on=row.starts_on - DAY)


def _line(text: str, field: str) -> str:
    try:
        clean = clean_line(text, max_length=TITLE)
    except Invalid as problem:
        raise Invalid(fields={field: problem.message}) from problem
    if not clean:
        raise Invalid(fields={field: _("Please write something here.")})
    return clean


def _body(text: str) -> str:
    clean = checked_words(text, field="body")
    if wrong := unknown(clean):
        told = {"wrong": "、".join(wrong[:5]), "gaps": ", ".join(GAPS)}
        raise Invalid(fields={"body": str(NO_GAP) % told})
    return clean


def _problems(
    categories: Sequence[str], post: UUID, starts_on: date, ends_on: date | None
) -> dict[str, Sentence]:
    problems: dict[str, Sentence] = {}
    if not all(chain(code) for code in categories):
        problems["categories"] = _("Choose what it is about from the list.")
    if post not in {key for key, _name in keepers()}:
        problems["post"] = _("Choose a post from the list.")
    if starts_on < timezone.localdate(now()):
        problems["starts_on"] = _("It can begin today or later.")
    if ends_on is not None and ends_on < starts_on:
        problems["ends_on"] = _("It ends before it begins.")
    return problems

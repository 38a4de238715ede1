"""Taking lists of matters out as files."""

import io
import logging
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action, audited_read
from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import labels
from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.sealed import Sealed
from zhitong.kernel.errors import Denied, Invalid, Sentence
from zhitong.kernel.identity.queries import acting_account
from zhitong.kernel.identity.scopes import scope_of_account
from zhitong.kernel.permits import permit
from zhitong.kernel.reveal import REVEAL, listed
from zhitong.kernel.scope import acting, current
from zhitong.kernel.sheets.writing import Cell, sheet
from zhitong.kernel.text.clean import clean_line
from zhitong.loop import files
from zhitong.loop.categories import category_of, label_of
from zhitong.loop.columns import COLUMNS, PERSONAL
from zhitong.loop.models import Export, Matter, target_of
from zhitong.loop.queries import exporting
from zhitong.loop.queries.exporting import Wanted, Which
from zhitong.loop.words import CHANNELS, OUTCOMES, STAGES
from zhitong.shell.routes import LINES

log = logging.getLogger(__name__)

PERMIT = permit("loop.export_personal", _("Take names, numbers and words out in a list"))
FOLDER = "exports"
MOST, MOST_PERSONAL = 50_000, 1_000
BATCH = 500
MOST_LETTERS = 20_000_000
WAITING = 3
KEPT = timedelta(days=1)
LEASE = timedelta(minutes=2)
FORMS = ("xlsx", "csv")
_LINES: dict[str, Sentence] = {line.key: line.name for line in LINES}


@action("loop.export", describe=_("Take a list of matters out as a file"))
def export_matters(
    *,
    which: str,
    purpose: str,
    form: str = "xlsx",
    since: date | None = None,
    until: date | None = None,
    line: str = "",
    personal: bool = False,
) -> Export:
    """Ask for a list; the worker writes its file, which lasts a day. Raises Invalid.

    Names and numbers are masked and words left out, unless ``personal``: that takes permits of
    its own, and every resident in the list sees that it was taken.
    """
    scope, account = current(), acting_account()
    if account is None:
        raise Denied
    if personal:
        scope.require(PERMIT)
        scope.require(REVEAL)
    purpose = clean_line(purpose, max_length=120).strip()
    _check(which, form, line, since, until, purpose)
    waiting = Export.objects.filter(account=account, done_at=None, failed_at=None).count()
    if waiting >= WAITING:
        raise Invalid(_("Three lists of yours are being written. Wait for one of them."))
    wanted = Wanted(which, str(since or ""), str(until or ""), line)
    rows = _counted(wanted, scope.posts, personal=personal)
    made = Export.objects.create(
        account_id=account,
        form=form,
        language=get_language() or "zh-hans",
        wanted=wanted.kept(),
        personal=personal,
        purpose=purpose,
        expected=rows,
        asked_at=now(),
    )
    told = {"rows": rows, "personal": personal, "for": purpose}
    path = next(iter(scope.reach.subtrees), "")
    acted_on(f"loop.Export:{made.pk}", path=path, **told, **wanted.kept())
    return made


def _check(
    which: str, form: str, line: str, since: date | None, until: date | None, purpose: str
) -> None:
    problems: dict[str, Sentence] = {}
    if which not in set(Which):
        problems["which"] = _("Choose from the list.")
    if form not in FORMS:
        problems["form"] = _("Choose from the list.")
    if line and line not in _LINES:
        problems["line"] = _("Choose from the list.")
    if since and until and since > until:
        problems["until"] = _("The last day lies before the first.")
    if not purpose:
        problems["purpose"] = _("Say what the list is for. It is written down.")
    if problems:
        raise Invalid(fields=problems)


def _counted(wanted: Wanted, posts: tuple[UUID, ...], *, personal: bool) -> int:
    most = MOST_PERSONAL if personal else MOST
    found = exporting.many(wanted, posts, at_most=most + 1)
    if not found:
        raise Invalid(_("There are no such matters. Choose others."))
    if found > most:
        sentence = _("These are more than %(most)s matters, which is the most for such a list.")
        more = _("Choose fewer days, one line, or another board.")
        raise Invalid(f"{sentence % {'most': f'{most:,}'}} {more}")
    return found


def write_owed() -> int:
    """Write the files that are owed, the oldest first; returns how many were written.

    Runs in the worker, outside any transaction: a long list holds nobody up. A list whose worker
    died is taken up again when its lease is over.
    """
    owed = Export.objects.filter(done_at=None, failed_at=None).order_by("asked_at")[:WAITING]
    written = 0
    for row in owed:
        with Attempt() as attempt:
            written += take_up(row)
        if attempt.error is not None:
            Export.objects.filter(pk=row.pk).update(failed_at=now())
            log.error("list %s not written: %s", row.pk, describe(attempt.error))
    return written


def take_up(row: Export) -> bool:
    """Write one list unless somebody else does. Returns whether its file is there now."""
    if row.leased_until and row.leased_until > now():
        return False
    free = Export.objects.filter(pk=row.pk, leased_until=row.leased_until, done_at=None)
    return bool(free.update(leased_until=now() + LEASE)) and write(row)


def write(row: Export) -> bool:
    """Write one list as far as who asked for it reaches now. False when they may no more."""
    mine = Export.objects.filter(pk=row.pk)
    scope = scope_of_account(row.account_id, purpose=row.purpose)
    needed = {"loop.export"} | ({PERMIT, REVEAL} if row.personal else set())
    if scope is None or not needed <= scope.permits:
        mine.update(failed_at=now())
        return False
    with acting(scope), override(row.language), io.BytesIO() as file:
        if not _fill(row, file):
            mine.update(failed_at=now())
            return False
        file.seek(0)
        size = files.store(FOLDER, row.pk, file)
    mine.update(done_at=now(), size=size)
    return True


def _fill(row: Export, file: io.BytesIO) -> bool:
    """Write all rows. False when the file grows too large."""
    columns = COLUMNS | (PERSONAL if row.personal else {})
    table = sheet(row.form, file, str(_("Matters")), discreet=row.personal)
    table.heading([str(name) for name in columns.values()])
    written = length = 0
    for found in _batches(row):
        for cells in _cells(found, list(columns), personal=row.personal):
            table.row(cells)
            length += sum(len(cell) for cell in cells if isinstance(cell, str))
        written += len(found)
        progress = {"written": written, "leased_until": now() + LEASE}
        Export.objects.filter(pk=row.pk).update(**progress)
        if length > MOST_LETTERS:
            return False
    table.finish()
    return True


def _batches(row: Export) -> Iterator[list[Matter]]:
    wanted, posts = Wanted.of(row.wanted), current().posts
    after, words = None, row.personal
    while found := exporting.batch(wanted, posts, after=after, size=BATCH, words=words):
        yield found
        after = found[-1].pk


def _cells(found: list[Matter], columns: Collection[str], *, personal: bool) -> list[list[Cell]]:
    places = labels({code_of(matter.area_path) for matter in found})
    if personal:
        _write_down(found)
    rows = [_row(matter, places, personal=personal) for matter in found]
    return [[row[column] for column in columns] for row in rows]


def _row(matter: Matter, places: dict[str, str], *, personal: bool) -> dict[str, Cell]:
    area = code_of(matter.area_path)
    shown = _open if personal else _masked
    row: dict[str, Cell] = {
        "code": matter.code,
        "opened_at": matter.opened_at,
        "channel": str(CHANNELS.get(matter.channel, matter.channel)),
        "line": str(_LINES.get(category_of(matter.category).line, "")),
        "category": str(label_of(matter.category)),
        "area": area,
        "place": places.get(area, area),
        "stage": str(STAGES.get(matter.stage, matter.stage)),
        "owner": matter.owner.name,
        "due_at": matter.due_at,
        "ended_at": matter.ended_at,
        "outcome": str(OUTCOMES.get(matter.outcome, "")),
        "stars": matter.stars,
        "round": matter.round,
        "name": shown(matter.resident_name),
        "phone": shown(matter.resident_phone),
    }
    return row | ({"words": matter.words} if personal else {})


def _masked(sealed: Sealed | None) -> str:
    return sealed.mask if sealed else ""


def _open(sealed: Sealed | None) -> str:
    return listed(sealed) if sealed else ""


def _write_down(found: list[Matter]) -> None:
    """Every matter whose words and name leave the house says so to its resident."""
    purpose = current().purpose
    with transaction.atomic():
        for matter in found:
            target = target_of(matter.pk)
            audited_read(action=PERMIT, target=target, path=matter.area_path, purpose=purpose)

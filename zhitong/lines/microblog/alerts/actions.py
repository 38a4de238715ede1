"""A warning's sheet is filled in; the warning goes out as a CAP message, and is taken back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import is_code, path_of
from zhitong.kernel.areas.queries import UNKNOWN, labels
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Refusal
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.lines.microblog.alerts import queries
from zhitong.lines.microblog.alerts.composing import Said, composed, sender
from zhitong.lines.microblog.alerts.domain import (
    Category,
    Certainty,
    MessageType,
    Reference,
    ResponseType,
    Severity,
    Urgency,
)
from zhitong.lines.microblog.alerts.events import AlertIssued
from zhitong.lines.microblog.alerts.keys import new_certificate, signing_key
from zhitong.lines.microblog.alerts.models import Certificate, Message, Sheet
from zhitong.lines.microblog.alerts.signing import signed
from zhitong.lines.microblog.desk import queries as desk
from zhitong.lines.microblog.desk.domain import Stage

EVENT, INSTRUCTION, MOST_PLACES, MOST_HOURS = 30, 300, 20, 24 * 14
WARNING = "warning"
"""The category of the desk whose notes are alerts too."""
WRITING = frozenset({Stage.DRAFT, Stage.CHANGES})


class NotWriting(Refusal):
    """The version has been handed in: what others look at does not change under their eyes."""

    status = 409
    code = "not_writing"
    sentence = _("It has been handed in. Write the next version to change how it warns.")


class NoWarning(Refusal):
    """Only what is a warning goes out as one."""

    status = 409
    code = "no_warning"
    sentence = _("Only case warnings go out as alerts. Choose that category first.")


@action("alerts.describe", describe=_("Say how bad, how soon and where a warning is"))
def describe(
    *,
    note: UUID,
    event: str,
    event_en: str,
    category: str,
    urgency: str,
    severity: str,
    certainty: str,
    response: str,
    instruction: str,
    hours: int,
    places: Sequence[str] = (),
    instruction_en: str = "",
) -> Sheet:
    """Fill in the sheet of the version that is being written, or fill it in anew.

    ``places`` are codes of areas within reach, the note's own when none is given. Raises
    Invalid, NotFound, NotWriting.
    """
    found = desk.note(note)
    if found.category != WARNING:
        raise NoWarning
    if found.stage not in WRITING:
        raise NotWriting
    content: dict[str, object] = {
        "event": _line(event, "event", EVENT),
        "event_en": _line(event_en, "event_en", 2 * EVENT),
        "instruction": _line(instruction, "instruction", INSTRUCTION),
        "instruction_en": clean_line(instruction_en, max_length=2 * INSTRUCTION),
        "category": _one(Category, category, "category"),
        "urgency": _one(Urgency, urgency, "urgency"),
        "severity": _one(Severity, severity, "severity"),
        "certainty": _one(Certainty, certainty, "certainty"),
        "response": _one(ResponseType, response, "response"),
        "places": _places(places) or [found.area.code],
        "hours": _hours(hours),
        "by": current().label,
        "at": now(),
        "area_path": found.area_path,
    }
    Sheet.objects.filter(note=note, number=found.latest).delete()
    made: Sheet = Sheet.objects.create(note=note, number=found.latest, **content)
    acted_on(f"desk.Note:{note}", path=found.area_path, severity=severity, urgency=urgency)
    return made


@action("alerts.issue", describe=_("Send a warning out"))
def issue(*, note: UUID, number: int) -> Message | None:
    """Send the version that is out as an alert, or as an update of what was sent before.

    None when it has no sheet, was sent already, or something newer is out. What was corrected
    into something that is no warning ends as one.
    """
    row = desk.publication(note)
    if row.category != WARNING:
        return _ended(note)
    sheet = queries.sheet(note, number)
    if sheet is None or row.withdrawn_at is not None or row.number != number:
        return None
    earlier = queries.sent_before(note)
    if any(one.number >= number for one in earlier):
        return None
    said = Said(title=row.title, words=row.words, title_en=row.title_en, words_en=row.words_en)
    kind = MessageType.UPDATE if earlier else MessageType.ALERT
    return _send(sheet, said, kind, number, earlier)


@action("alerts.end", describe=_("Take a warning back"))
def end(*, note: UUID) -> Message | None:
    """Send the end of a warning; None when none was sent, or its end was."""
    return _ended(note)


def _ended(note: UUID) -> Message | None:
    earlier = queries.sent_before(note)
    if not earlier or earlier[-1].type == MessageType.CANCEL:
        return None
    last = earlier[-1]
    sheet = queries.sheet(note, last.number)
    if sheet is None:
        return None
    why = desk.publication(note).why
    said = Said(title=last.title, words=why, title_en=last.title_en, words_en=last.title_en and END)
    return _send(sheet, said, MessageType.CANCEL, last.number, earlier)


END = "This warning has been withdrawn."


def _send(
    sheet: Sheet, said: Said, kind: MessageType, number: int, earlier: Sequence[Message]
) -> Message:
    at = _later(now(), earlier)
    names = labels(sheet.places)
    alert = composed(
        note=str(sheet.note),
        number=number,
        said=said,
        sheet=sheet,
        kind=kind,
        at=at,
        names=names,
        before=[Reference(one.sender, one.identifier, one.sent_at) for one in earlier],
        web=settings.ADDRESS + reverse("desk:piece", args=[sheet.note]),
        office=_office(),
    )
    data = signed(alert, signing_key(), _certificate())
    Message.objects.filter(note=sheet.note, latest=True).update(latest=False)
    made = Message.objects.create(
        note=sheet.note,
        number=number,
        type=kind,
        identifier=alert.identifier,
        sender=alert.sender,
        sent_at=alert.sent_at,
        expires_at=alert.infos[0].expires_at,
        title=said.title,
        title_en=said.title_en,
        instruction=sheet.instruction,
        instruction_en=sheet.instruction_en,
        severity=sheet.severity,
        where="、".join(names.get(code, code) for code in sheet.places)[:200],
        document=data.decode("utf-8"),
    )
    acted_on(f"desk.Note:{sheet.note}", path=sheet.area_path, type=kind.value, number=number)
    fact = AlertIssued(note=str(sheet.note), identifier=alert.identifier, type=kind.value)
    emit(fact, path=sheet.area_path)
    return made


def _office() -> str:
    """Who warns, as the Chinese name of the service: a document is the same for every reader."""
    with translation.override("zh-hans"):
        return str(_("Zhitong"))


def _later(at: datetime, earlier: Sequence[Message]) -> datetime:
    """CAP counts seconds: what follows within the same one is said to follow it."""
    at = at.replace(microsecond=0)
    return max([at, *(one.sent_at for one in earlier)])


def _certificate() -> x509.Certificate:
    """The one in use; a new one when there is none any more, or the key has changed."""
    kept = queries.certificate()
    if kept is not None:
        known = x509.load_pem_x509_certificate(kept.pem.encode())
        if known.public_key() == signing_key().public_key():
            return known
    made = new_certificate(sender(), now())
    Certificate.objects.create(
        pem=made.public_bytes(Encoding.PEM).decode(),
        made_at=now(),
        ends_at=made.not_valid_after_utc,
    )
    return made


def _line(text: str, field: str, longest: int) -> str:
    clean = clean_line(text, max_length=longest)
    if not clean.strip():
        raise Invalid(fields={field: _("Please write something here.")})
    return clean


Enums = type[Category] | type[Urgency] | type[Severity] | type[Certainty] | type[ResponseType]


def _one(kind: Enums, value: str, field: str) -> str:
    try:
        return kind(value).value
    except ValueError as problem:
        raise Invalid(fields={field: _("Please choose from the list.")}) from problem


def _hours(hours: int) -> int:
    if not 1 <= hours <= MOST_HOURS:
        raise Invalid(fields={"hours": _("Choose 1 hour to 14 days.")})
    return hours


def _places(codes: Sequence[str]) -> list[str]:
    reach = current().reach
    for code in codes[: MOST_PLACES + 1]:
        if not (is_code(code) and reach.covers(path=path_of(code))):
            raise Invalid(fields={"places": UNKNOWN})
    if len(codes) > MOST_PLACES:
        raise Invalid(fields={"places": _("At most 20 places: choose the one above them.")})
    return list(dict.fromkeys(codes))

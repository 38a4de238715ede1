"""From a note's words and its sheet to an alert of CAP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from zhitong.lines.microblog.alerts.domain import (
    Alert,
    Category,
    Certainty,
    Info,
    MessageType,
    Place,
    Reach,
    Reference,
    ResponseType,
    Severity,
    Status,
    Urgency,
)
from zhitong.lines.microblog.alerts.models import Sheet

SCHEME = "GB/T 2260"
CONTACT = "110"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words of a version."""

    title: str
    words: str
    title_en: str
    words_en: str


def sender() -> str:
    """The name under which this county warns."""
    return f"zhitong-{settings.COUNTY}"


def identifier(note: str, number: int, kind: MessageType) -> str:
    """A name nobody else uses: the county's, the note's and the version's."""
    end = "" if kind is not MessageType.CANCEL else ".end"
    return f"{sender()}.{note}.{number}{end}"


def composed(
    *,
    note: str,
    number: int,
    said: Said,
    sheet: Sheet,
    kind: MessageType,
    at: datetime,
    names: Mapping[str, str],
    before: Sequence[Reference] = (),
    web: str,
    office: str,
) -> Alert:
    """The alert; ``names`` are those of the sheet's places, ``before`` what was sent earlier."""
    local = timezone.localtime(at).replace(microsecond=0)
    infos = [_info(sheet, said.title, said.words, "zh-CN", local, names, web, office)]
    if said.title_en:
        infos.append(_info(sheet, said.title_en, said.words_en, "en", local, names, web, office))
    return Alert(
        identifier=identifier(note, number, kind),
        sender=sender(),
        sent_at=local,
        status=Status.ACTUAL,
        type=kind,
        reach=Reach.PUBLIC,
        references=tuple(before),
        infos=tuple(infos),
    )


def _info(
    sheet: Sheet,
    headline: str,
    description: str,
    language: str,
    at: datetime,
    names: Mapping[str, str],
    web: str,
    office: str,
) -> Info:
    english = language == "en"
    return Info(
        language=language,
        categories=(Category(sheet.category),),
        event=sheet.event_en if english else sheet.event,
        responses=(ResponseType(sheet.response),),
        urgency=Urgency(sheet.urgency),
        severity=Severity(sheet.severity),
        certainty=Certainty(sheet.certainty),
        effective_at=at,
        expires_at=at + timedelta(hours=sheet.hours),
        sender_name=office,
        headline=headline,
        description=description,
        instruction=(sheet.instruction_en or sheet.instruction) if english else sheet.instruction,
        web=web,
        contact=CONTACT,
        places=tuple(
            Place(names.get(code, code), geocodes=((SCHEME, code),)) for code in sheet.places
        ),
    )

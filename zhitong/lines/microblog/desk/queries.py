"""What the desk and the public read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.lines.microblog.desk.domain import Stage, Verb
from zhitong.lines.microblog.desk.models import Deed, Note, Publication, Version

PAGE = 20
OPEN = [stage for stage in Stage if stage not in {Stage.PUBLISHED, Stage.WITHDRAWN}]


@dataclass(frozen=True, slots=True)
class Listed:
    """A note in a list: where it stands and what its latest version is called."""

    note: Note
    title: str
    label: str


def note(id: UUID) -> Note:
    """The note within reach. Raises NotFound."""
    found: Note | None = Note.objects.filter(pk=id).select_related("area").first()
    if found is None:
        raise NotFound
    return found


def latest(note: Note) -> Version:
    """What it says now, published or not. Raises NotFound."""
    found: Version | None = Version.objects.filter(note=note, number=note.latest).first()
    if found is None:
        raise NotFound
    return found


def versions(note: Note) -> list[Version]:
    """All versions, the newest first."""
    return list(Version.objects.filter(note=note).order_by("-number")[:50])


def deeds(note: Note) -> list[Deed]:
    """What happened to it, the newest first."""
    return list(Deed.objects.filter(note=note).order_by("-id")[:200])


def approvers(note: Note) -> set[str]:
    """Who approved the latest version since it was last handed in."""
    rows = Deed.objects.filter(note=note, number=note.latest).order_by("id")
    since: set[str] = set()
    for verb, actor in rows.values_list("verb", "actor"):
        match verb:
            case Verb.SUBMIT | Verb.SEND_BACK | Verb.RESUME:
                since = set()
            case Verb.APPROVE:
                since.add(actor)
    return since


def said(version: Version) -> dict[str, str]:
    """The words of a version by the name of the field."""
    names = ("title", "words", "title_en", "words_en")
    return {name: getattr(version, name) for name in names}


def on_the_desk(*, everything: bool = False, after: str = "") -> tuple[list[Listed], str]:
    """Notes within reach that wait for somebody, or all; last changed first, and the next key."""
    rows = Note.objects.order_by("-changed_at", "-id")
    if not everything:
        rows = rows.filter(Q(stage__in=OPEN) | Q(look_again_at__isnull=False))
    if after:
        at, id = _key(after)
        rows = rows.filter(changed_at__lte=at).filter(Q(changed_at__lt=at) | Q(id__lt=id))
    found = list(rows[: PAGE + 1])
    following = _key_of(found[PAGE - 1].changed_at, found[PAGE - 1].pk) if found[PAGE:] else ""
    found = found[:PAGE]
    wanted = Q(pk=None)
    for one in found:
        wanted |= Q(note=one.pk, number=one.latest)
    told = {
        row[0]: (row[1], row[2])
        for row in Version.objects.filter(wanted).values_list("note_id", "title", "label")
    }
    return [Listed(one, *told.get(one.pk, ("", ""))) for one in found], following


def due(limit: int = 100) -> list[UUID]:
    """Notes within reach whose time has come, the longest waiting first."""
    rows = Note.objects.filter(stage=Stage.SCHEDULED, due_at__lte=now()).order_by("due_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def published(*, category: str = "", after: str = "") -> tuple[list[Publication], str]:
    """What everybody may read, the newest first, and the key of what follows."""
    rows = Publication.objects.filter(withdrawn_at=None).order_by("-published_at", "-id")
    rows = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now())).select_related("area")
    if category:
        rows = rows.filter(category=category)
    if after:
        at, id = _key(after)
        rows = rows.filter(published_at__lte=at).filter(Q(published_at__lt=at) | Q(id__lt=id))
    found = list(rows[: PAGE + 1])
    following = _key_of(found[PAGE - 1].published_at, found[PAGE - 1].pk) if found[PAGE:] else ""
    return found[:PAGE], following


def publication(id: UUID) -> Publication:
    """One of them, also one that is over or withdrawn. Raises NotFound."""
    found = Publication.objects.filter(pk=id).select_related("area").first()
    if found is None:
        raise NotFound
    return found


def _key_of(at: datetime, id: UUID) -> str:
    return f"{int(at.timestamp() * 1_000_000):x}.{id.hex}"


def _key(text: str) -> tuple[datetime, UUID]:
    stamp, _dot, hexadecimal = text.partition(".")
    try:
        return datetime.fromtimestamp(int(stamp, 16) / 1_000_000, UTC), UUID(hexadecimal)
    except (ValueError, OverflowError, OSError) as problem:
        raise Invalid(
            _("This page of the list is not known. Start again from the top.")
        ) from problem

"""One step of a note: the table asked, the row moved by compare-and-swap, the deed kept."""

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Refusal, Stale
from zhitong.kernel.scope import current
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.channels import looks
from zhitong.lines.microblog.desk.domain import Stage, Verb, WrongStage, move
from zhitong.lines.microblog.desk.lints import lints, private
from zhitong.lines.microblog.desk.models import Deed, Note, Version


class NotNow(Refusal):
    """The note is at a stage that has no such step."""

    status = 409
    code = "not_now"
    sentence = _("This is not possible at the stage the note is in. Reload to see it.")


class OwnWords(Refusal):
    """Whoever wrote a version wants to approve it."""

    status = 409
    code = "own_words"
    sentence = _("Somebody else has to approve what you wrote. Ask a colleague.")


def target_of(note: Note) -> str:
    """How the audit log names a note."""
    return f"desk.Note:{note.pk}"


def must_be_clean(note: Note, version: Version) -> None:
    """Raises Invalid when something in it may not go out, on this way or that."""
    told = [
        *lints(**queries.said(version)),
        *private(version.why),
        *looks(note.category, note.pk, version.number),
    ]
    stops = [lint.sentence for lint in told if lint.stops]
    if stops:
        raise Invalid(fields={"words": stops[0]})


def require(note: Note, verb: Verb, version: int | None) -> Stage:
    if version is not None and version != note.version:
        raise Stale
    try:
        return move(Stage(note.stage), verb)
    except WrongStage as wrong:
        raise NotNow(reason=str(wrong)) from wrong


def step(note: Note, verb: Verb, *, version: int | None = None, **changes: object) -> None:
    """Move the note, if nobody else has meanwhile. Raises NotNow, Stale."""
    _swap(note, {"stage": require(note, verb, version), **changes})
    acted_on(target_of(note), path=note.area_path, verb=verb.value)


def touch(note: Note) -> None:
    _swap(note, {})
    acted_on(target_of(note), path=note.area_path)


def _swap(note: Note, changes: dict[str, object]) -> None:
    changes = {**changes, "changed_at": now(), "version": note.version + 1}
    if Note.objects.filter(pk=note.pk, version=note.version).update(**changes) != 1:
        raise Stale
    for name, value in changes.items():
        setattr(note, name, value)


def deed(note: Note, verb: Verb, words: str = "") -> None:
    scope = current()
    Deed.objects.create(
        note=note,
        number=note.latest,
        verb=verb,
        actor=scope.actor,
        label=scope.label,
        words=words,
        at=now(),
    )

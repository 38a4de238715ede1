"""Asking, taking back, deciding, carrying out."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.clock.queries import business_calendar
from zhitong.kernel.errors import Invalid, NotFound, Refusal, Stale
from zhitong.kernel.retention.actions import END
from zhitong.kernel.rights import domain, queries
from zhitong.kernel.rights.domain import ANSWER_WITHIN, THINK_AGAIN, Fate, Kind, State
from zhitong.kernel.rights.events import DataAnswered, DataAsked
from zhitong.kernel.rights.models import DataRequest
from zhitong.kernel.rights.registry import Held, held, parted
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_text

ASK, TAKE_BACK = "rights.ask", "rights.take_back"
DECIDE, CARRY_OUT = "rights.decide", "rights.carry_out"
LONGEST = 2_000


class StillNeeded(Refusal):
    """What shall be erased is still needed for what it was given for."""

    status = 409
    code = "still_needed"


class AskedAlready(Refusal):
    """There is an open request about the same thing."""

    status = 409
    code = "asked_already"
    sentence = _("You have asked for this already. You see below how it stands.")


class NotInThatState(Refusal):
    """The request is not in that state any more."""

    status = 409
    code = "not_in_that_state"
    sentence = _("The request is not in that state any more. Reload to see it.")


@action(ASK, describe=_("Ask for one's own data to be erased or corrected"))
def ask(*, target: str, kind: str, words: str = "") -> DataRequest:
    """Ask for something about what is kept under ``target``; returns the request.

    What nothing forbids is granted at once and carried out after the time to think again; the rest
    is decided by a person within fifteen working days. Raises StillNeeded with the reason.
    """
    found = held(target)
    wanted = Kind(kind) if kind in set(Kind) else _unknown()
    said = _words(words, required=wanted is Kind.CORRECT)
    at = now()
    try:
        way = domain.course(wanted, found.fate, at)
    except domain.NotPossible as problem:
        raise StillNeeded(found.why) from problem
    row = DataRequest(
        kind=wanted,
        target=target,
        path=found.path,
        resident_key=found.resident_key,
        tracking_digest=found.tracking_digest,
        words=said,
        state=way.state,
        asked_at=at,
        due_at=business_calendar().end_of_workday(at, ANSWER_WITHIN),
        carry_at=way.carry_at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        raise AskedAlready from problem
    acted_on(target, path=found.path, kind=wanted.value, state=way.state.value)
    emit(DataAsked(str(row.pk), target, wanted.value, way.state.value), path=found.path)
    return row


@action(TAKE_BACK, describe=_("Take back a request about one's own data"))
def take_back(*, id: UUID) -> None:
    """Take a request back that is not decided or not carried out yet."""
    row = queries.request(id)
    _move(row, "take_back", ended_at=now(), carry_at=None)


@action(DECIDE, describe=_("Decide about a resident's request about their data"))
def decide(*, id: UUID, granted: bool, answer: str, version: int | None = None) -> None:
    """Grant or refuse, with words that the resident reads. A refusal says why, and until when."""
    row, scope = queries.request(id), current()
    if version is not None and version != row.version:
        raise Stale
    at = now()
    changes = {
        "answer": _words(answer, required=True, field="answer"),
        "decided_at": at,
        "decided_by": scope.actor,
        "decided_label": scope.label,
    }
    if not granted:
        _move(row, "refuse", ended_at=at, **changes)
    elif row.kind == Kind.CORRECT:
        _move(row, "grant", carry_at=at, **changes)
        _move(row, "carry_out", ended_at=at)
    else:
        _move(row, "grant", carry_at=at + THINK_AGAIN, **changes)
    emit(DataAnswered(str(row.pk), row.target, row.kind, str(row.state)), path=row.path)


@action(CARRY_OUT, describe=_("Erase what a resident asked to be erased"), lends=frozenset({END}))
def carry_out(*, id: UUID) -> None:
    """Erase, once the time to think again is over. What has come to be needed again stays, and the
    request says why. Raises NotYetPlaced while the audit log is behind."""
    row, at = queries.request(id), now()
    if row.carry_at is None or row.carry_at > at or row.kind != Kind.ERASE:
        raise NotInThatState
    found = _still_there(row.target)
    if found and found.fate is Fate.STAYS:
        _move(row, "refuse", ended_at=at, answer=str(found.why), carry_at=None)
        return
    if found:
        keeper, key = parted(row.target)
        keeper.erase(key)
    _move(row, "carry_out", ended_at=at, words="", answer="")


def forget_words(target: str) -> None:
    """Remove what was written in requests about something that is being emptied."""
    DataRequest.objects.filter(target=target).update(words="", answer="")


def _still_there(target: str) -> Held | None:
    """What is kept under a target; None when its time was over in the meantime."""
    try:
        return held(target)
    except NotFound:
        return None


def _move(row: DataRequest, verb: str, **changes: object) -> None:
    try:
        state = domain.move(State(row.state), verb)
    except domain.NotPossible as problem:
        raise NotInThatState from problem
    changes |= {"state": state, "version": row.version + 1}
    if DataRequest.objects.filter(pk=row.pk, version=row.version).update(**changes) != 1:
        raise Stale
    for name, value in changes.items():
        setattr(row, name, value)
    acted_on(row.target, path=row.path, kind=row.kind, state=state.value)


def _unknown() -> Kind:
    raise Invalid(fields={"kind": _("Choose what you ask for.")})


def _words(text: str, *, required: bool, field: str = "words") -> str:
    try:
        clean = clean_text(text, max_length=LONGEST).strip()
    except Invalid as problem:
        raise Invalid(fields={field: problem.message}) from problem
    if required and not clean:
        raise Invalid(fields={field: _("Please write something here.")})
    return clean

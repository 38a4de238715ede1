"""A warning goes out as an alert when its note does, and ends with it."""

from uuid import UUID

from zhitong.kernel.bus.emit import reacts_to
from zhitong.lines.microblog.alerts.actions import end, issue
from zhitong.lines.microblog.desk.events import NotePublished, NoteWithdrawn


@reacts_to(NotePublished, permits={"alerts.issue"})
def send_the_alert(fact: NotePublished) -> None:
    """A version is out: so is its alert, if it is a warning."""
    issue(note=UUID(fact.note), number=fact.number)


@reacts_to(NoteWithdrawn, permits={"alerts.end"})
def send_the_end(fact: NoteWithdrawn) -> None:
    """It was withdrawn: whoever follows the alerts is told."""
    end(note=UUID(fact.note))

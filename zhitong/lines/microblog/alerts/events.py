"""What is announced of warnings."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AlertIssued:
    """A CAP message is out; ``type`` is Alert, Update or Cancel."""

    AGGREGATE: ClassVar[str] = "note"
    note: str
    identifier: str
    type: str

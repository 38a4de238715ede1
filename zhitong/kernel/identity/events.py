"""What happens in identity that others may want to hear of."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody was given a post in a role."""

    AGGREGATE: ClassVar[str] = "account"

    account: str
    post: str
    role: str
    appointment: str


@dataclass(frozen=True, slots=True)
class AppointmentEnded:
    """Somebody gave a post back."""

    AGGREGATE: ClassVar[str] = "account"

    account: str
    post: str
    appointment: str


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody took further permits for a few hours, with a reason that everybody can read."""

    AGGREGATE: ClassVar[str] = "account"

    account: str
    post: str
    role: str
    reason: str
    hours: int


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """A role has other permits from now on."""

    AGGREGATE: ClassVar[str] = "role"

    role: str
    added: list[str]
    removed: list[str]


@dataclass(frozen=True, slots=True)
class AbsenceRecorded:
    """Somebody is going to be away, and the deputy holds their posts meanwhile."""

    AGGREGATE: ClassVar[str] = "account"

    account: str
    deputy: str
    absence: str


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    """A leave was ended early; what the deputy held for it has ended too."""

    AGGREGATE: ClassVar[str] = "account"

    account: str
    deputy: str
    absence: str

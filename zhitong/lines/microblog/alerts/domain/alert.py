"""What a warning says. The names are those of CAP 1.2 §3.2; values are spelled as it does."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """How an alert is to be handled."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MessageType(StrEnum):
    """What an alert is, beside those before it. CAP calls this msgType."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class Reach(StrEnum):
    """Whom an alert is for. CAP calls this scope, which here is something else."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


class Category(StrEnum):
    """What kind of thing is happening."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENVIRONMENT = "Env"
    TRANSPORT = "Transport"
    INFRASTRUCTURE = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class ResponseType(StrEnum):
    """What people are asked to do."""

    SHELTER = "Shelter"
    EVACUATE = "Evacuate"
    PREPARE = "Prepare"
    EXECUTE = "Execute"
    AVOID = "Avoid"
    MONITOR = "Monitor"
    ASSESS = "Assess"
    ALL_CLEAR = "AllClear"
    NONE = "None"


class Urgency(StrEnum):
    """How soon something must be done."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(StrEnum):
    """How bad it is for life and property."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(StrEnum):
    """How sure it is."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in WGS 84, degrees; latitude first, as CAP has it."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Circle:
    """All within so many kilometres of a place."""

    centre: Point
    radius_km: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where an alert holds. CAP calls this area; geocodes are (scheme, code)."""

    description: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[tuple[str, str], ...] = ()
    altitude_ft: float | None = None
    ceiling_ft: float | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to look at or hear beside the words."""

    description: str
    media_type: str
    uri: str = ""
    size: int | None = None
    digest: str = ""
    embedded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What is said in one language about one thing that is happening."""

    event: str
    categories: tuple[Category, ...]
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    language: str = "en-US"  # what CAP takes a missing one for
    responses: tuple[ResponseType, ...] = ()
    audience: str = ""
    event_codes: tuple[tuple[str, str], ...] = ()
    effective_at: datetime | None = None
    onset_at: datetime | None = None
    expires_at: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    resources: tuple[Resource, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """The name of an alert in the whole world: who sent it, under which name, and when."""

    sender: str
    identifier: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message of CAP. It never changes: a correction is another one that refers to it."""

    identifier: str
    sender: str
    sent_at: datetime
    status: Status
    type: MessageType
    reach: Reach
    source: str = ""
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()

    @property
    def name(self) -> Reference:
        """What other alerts call this one."""
        return Reference(self.sender, self.identifier, self.sent_at)

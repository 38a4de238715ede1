"""Warnings as plain Python. Terms and limits: OASIS Common Alerting Protocol 1.2 (2010)."""

from zhitong.lines.microblog.alerts.domain.alert import (
    Alert,
    Category,
    Certainty,
    Circle,
    Info,
    MessageType,
    Place,
    Point,
    Reach,
    Reference,
    Resource,
    ResponseType,
    Severity,
    Status,
    Urgency,
)
from zhitong.lines.microblog.alerts.domain.rules import Fault, Rule, check

__all__ = [
    "Alert",
    "Category",
    "Certainty",
    "Circle",
    "Fault",
    "Info",
    "MessageType",
    "Place",
    "Point",
    "Reach",
    "Reference",
    "Resource",
    "ResponseType",
    "Rule",
    "Severity",
    "Status",
    "Urgency",
    "check",
]

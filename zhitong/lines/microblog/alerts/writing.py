"""A warning as a CAP 1.2 document: the bytes that others read, verify and keep."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from zhitong.lines.microblog.alerts.domain import (
    Alert,
    Circle,
    Info,
    Place,
    Point,
    Reference,
    Resource,
)

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MAKE = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
Element = Any
"""An element of lxml, which is a C type that cannot be named in a signature of ours."""


def write(alert: Alert) -> Element:
    """The document, without a signature, in the order of elements that the schema demands."""
    root = MAKE("alert")
    _put(root, "identifier", alert.identifier)
    _put(root, "sender", alert.sender)
    _put(root, "sent", moment(alert.sent_at))
    _put(root, "status", alert.status)
    _put(root, "msgType", alert.type)
    _put(root, "source", alert.source)
    _put(root, "scope", alert.reach)
    _put(root, "restriction", alert.restriction)
    _put(root, "addresses", _listed(alert.addresses))
    _each(root, "code", alert.codes)
    _put(root, "note", alert.note)
    _put(root, "references", " ".join(map(referred, alert.references)))
    _put(root, "incidents", _listed(alert.incidents))
    for info in alert.infos:
        root.append(_info(info))
    return root


def document(root: Element) -> bytes:
    """The bytes to send. Nothing is indented: white space would be part of what is signed."""
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def moment(at: datetime) -> str:
    """A time as CAP has it: to the second, with an offset and never Z; UTC is written -00:00."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone is no time")
    text = at.isoformat(timespec="seconds")
    return f"{text[:-6]}-00:00" if at.utcoffset() == UTC.utcoffset(None) else text


def referred(name: Reference) -> str:
    """How one alert names another."""
    return f"{name.sender},{name.identifier},{moment(name.sent_at)}"


def _put(parent: Element, name: str, text: object) -> None:
    """An element with text; nothing where there is nothing to say."""
    if text not in ("", None):
        parent.append(MAKE(name, str(text)))


def _each(parent: Element, name: str, texts: Iterable[object]) -> None:
    for text in texts:
        _put(parent, name, text)


def _pairs(parent: Element, name: str, pairs: Iterable[tuple[str, str]]) -> None:
    for key, value in pairs:
        parent.append(MAKE(name, MAKE("valueName", key), MAKE("value", value)))


def _listed(words: Iterable[str]) -> str:
    """Several words in one element; those with a space in them are quoted (CAP 1.2 §3.2.1)."""
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def _info(info: Info) -> Element:
    element = MAKE("info")
    _put(element, "language", info.language)
    _each(element, "category", info.categories)
    _put(element, "event", info.event)
    _each(element, "responseType", info.responses)
    _put(element, "urgency", info.urgency)
    _put(element, "severity", info.severity)
    _put(element, "certainty", info.certainty)
    _put(element, "audience", info.audience)
    _pairs(element, "eventCode", info.event_codes)
    times = {"effective": info.effective_at, "onset": info.onset_at, "expires": info.expires_at}
    for name, at in times.items():
        _put(element, name, moment(at) if at else None)
    _put(element, "senderName", info.sender_name)
    _put(element, "headline", info.headline)
    _put(element, "description", info.description)
    _put(element, "instruction", info.instruction)
    _put(element, "web", info.web)
    _put(element, "contact", info.contact)
    _pairs(element, "parameter", info.parameters)
    for resource in info.resources:
        element.append(_resource(resource))
    for place in info.places:
        element.append(_place(place))
    return element


def _resource(resource: Resource) -> Element:
    """What it is and where; what is embedded elsewhere stays there."""
    element = MAKE("resource")
    _put(element, "resourceDesc", resource.description)
    _put(element, "mimeType", resource.media_type)
    _put(element, "size", resource.size)
    _put(element, "uri", resource.uri)
    _put(element, "digest", resource.digest)
    return element


def _place(place: Place) -> Element:
    element = MAKE("area")
    _put(element, "areaDesc", place.description)
    _each(element, "polygon", (" ".join(map(_point, line)) for line in place.polygons))
    _each(element, "circle", map(_circle, place.circles))
    _pairs(element, "geocode", place.geocodes)
    _put(element, "altitude", None if place.altitude_ft is None else number(place.altitude_ft))
    _put(element, "ceiling", None if place.ceiling_ft is None else number(place.ceiling_ft))
    return element


def number(value: float) -> str:
    """A decimal number without an exponent, which the schema does not know."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def _point(point: Point) -> str:
    return f"{number(point.latitude)},{number(point.longitude)}"


def _circle(circle: Circle) -> str:
    return f"{_point(circle.centre)} {number(circle.radius_km)}"

"""An alert of somebody else: bytes from outside become an Alert, or a reason why not.

Nothing is fetched, nothing is expanded: a document type, which is where entities come from, is
refused on a first pass that builds nothing, and so is what has too many elements or too deep ones.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from xml.parsers import expat

from lxml import etree

from zhitong.lines.microblog.alerts.domain import (
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

LARGEST = 1_000_000
"""Bytes; public feeds ask for less than 900 kB."""
MOST_ELEMENTS = 20_000
DEEPEST = 40
CAP = re.compile(r"\{urn:oasis:names:tc:emergency:cap:(1\.[012])\}alert")
DECIMAL = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?")
LISTED = re.compile(r'"([^"]*)"|(\S+)')
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
Element = Any
Kind = TypeVar("Kind", bound=StrEnum)


class Reason(StrEnum):
    """Why something is no alert that we could read."""

    TOO_LARGE = "too_large"
    DOCUMENT_TYPE = "document_type"
    NOT_XML = "not_xml"
    NOT_CAP = "not_cap"
    VERSION = "version"
    INCOMPLETE = "incomplete"
    NO_SUCH_VALUE = "no_such_value"
    NO_SUCH_TIME = "no_such_time"
    NO_SUCH_NUMBER = "no_such_number"


class Unreadable(ValueError):
    """It cannot be read; ``where`` is the element, '' for the whole."""

    def __init__(self, reason: Reason, where: str = "") -> None:
        super().__init__(f"{reason} {where}".strip())
        self.reason = reason
        self.where = where


def read(data: bytes) -> Alert:
    """The alert of a CAP 1.2 document, as it stands. Raises Unreadable.

    What it says is not judged here, see domain.rules; a signature is not looked at, see signing.
    """
    return alert_of(tree_of(data))


def tree_of(data: bytes) -> Element:
    """The elements of a document, without comments and instructions. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE)
    _look_through(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable(Reason.NOT_XML) from problem


def _look_through(data: bytes) -> None:
    """One pass that keeps nothing. Raises Unreadable at the first thing that may not be there."""
    depth = count = 0

    def typed(*_declared: object) -> None:
        raise Unreadable(Reason.DOCUMENT_TYPE)

    def begins(*_element: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise Unreadable(Reason.TOO_LARGE)

    def ends(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = typed
    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable(Reason.NOT_XML) from problem


def alert_of(root: Element) -> Alert:
    """The alert that an element is. Raises Unreadable."""
    named = CAP.fullmatch(str(root.tag))
    if named is None:
        raise Unreadable(Reason.NOT_CAP)
    if named[1] != "1.2":
        raise Unreadable(Reason.VERSION, named[1])
    top = _Reader(root)
    return Alert(
        identifier=top.demand("identifier"),
        sender=top.demand("sender"),
        sent_at=_time(top.demand("sent"), "sent"),
        status=top.one_of(Status, "status"),
        type=top.one_of(MessageType, "msgType"),
        source=top.text("source"),
        reach=top.one_of(Reach, "scope"),
        restriction=top.text("restriction"),
        addresses=_listed(top.text("addresses")),
        codes=top.texts("code"),
        note=top.text("note"),
        references=tuple(_references(top.text("references"))),
        incidents=_listed(top.text("incidents")),
        infos=tuple(_info(part) for part in top.parts("info")),
    )


class _Reader:
    """The children of one element by name; other namespaces, such as signatures, are passed by."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.space = str(element.tag).partition("}")[0] + "}"

    def parts(self, name: str) -> list["_Reader"]:
        return [_Reader(child) for child in self.element.findall(f"{self.space}{name}")]

    def texts(self, name: str) -> tuple[str, ...]:
        found = (str(part.element.text or "").strip() for part in self.parts(name))
        return tuple(text for text in found if text)

    def text(self, name: str) -> str:
        return next(iter(self.texts(name)), "")

    def demand(self, name: str) -> str:
        text = self.text(name)
        if not text:
            raise Unreadable(Reason.INCOMPLETE, name)
        return text

    def one_of(self, kind: type[Kind], name: str) -> Kind:
        return _value(kind, self.demand(name), name)

    def all_of(self, kind: type[Kind], name: str) -> tuple[Kind, ...]:
        return tuple(_value(kind, text, name) for text in self.texts(name))

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        return tuple((one.text("valueName"), one.text("value")) for one in self.parts(name))

    def time(self, name: str) -> datetime | None:
        text = self.text(name)
        return _time(text, name) if text else None

    def number(self, name: str) -> float | None:
        text = self.text(name)
        return _number(text, name) if text else None


def _info(part: _Reader) -> Info:
    return Info(
        language=part.text("language") or "en-US",
        categories=part.all_of(Category, "category"),
        event=part.demand("event"),
        responses=part.all_of(ResponseType, "responseType"),
        urgency=part.one_of(Urgency, "urgency"),
        severity=part.one_of(Severity, "severity"),
        certainty=part.one_of(Certainty, "certainty"),
        audience=part.text("audience"),
        event_codes=part.pairs("eventCode"),
        effective_at=part.time("effective"),
        onset_at=part.time("onset"),
        expires_at=part.time("expires"),
        sender_name=part.text("senderName"),
        headline=part.text("headline"),
        description=part.text("description"),
        instruction=part.text("instruction"),
        web=part.text("web"),
        contact=part.text("contact"),
        parameters=part.pairs("parameter"),
        resources=tuple(_resource(one) for one in part.parts("resource")),
        places=tuple(_place(one) for one in part.parts("area")),
    )


def _resource(part: _Reader) -> Resource:
    size = part.text("size")
    return Resource(
        description=part.text("resourceDesc"),
        media_type=part.text("mimeType"),
        uri=part.text("uri"),
        size=int(_number(size, "size")) if size else None,
        digest=part.text("digest"),
        embedded=bool(part.text("derefUri")),
    )


def _place(part: _Reader) -> Place:
    return Place(
        description=part.text("areaDesc"),
        polygons=tuple(_line(text) for text in part.texts("polygon")),
        circles=tuple(_circle(text) for text in part.texts("circle")),
        geocodes=part.pairs("geocode"),
        altitude_ft=part.number("altitude"),
        ceiling_ft=part.number("ceiling"),
    )


def _line(text: str) -> tuple[Point, ...]:
    return tuple(_point(pair, "polygon") for pair in text.split())


def _circle(text: str) -> Circle:
    centre, _space, radius = text.partition(" ")
    return Circle(_point(centre, "circle"), _number(radius, "circle"))


def _point(pair: str, where: str) -> Point:
    latitude, comma, longitude = pair.partition(",")
    if not comma:
        raise Unreadable(Reason.NO_SUCH_NUMBER, where)
    return Point(_number(latitude, where), _number(longitude, where))


def _number(text: str, where: str) -> float:
    """A decimal number in plain digits: neither an infinity nor an exponent."""
    if not DECIMAL.fullmatch(text.strip()):
        raise Unreadable(Reason.NO_SUCH_NUMBER, where)
    return float(text)


def _time(text: str, where: str) -> datetime:
    """A time as CAP has it; Z and a missing offset are not allowed (CAP 1.2 §3.3.2)."""
    if not WHEN.fullmatch(text):
        raise Unreadable(Reason.NO_SUCH_TIME, where)
    try:
        return datetime.fromisoformat(text)
    except ValueError as problem:
        raise Unreadable(Reason.NO_SUCH_TIME, where) from problem


def _value(kind: type[Kind], text: str, where: str) -> Kind:
    try:
        return kind(text)
    except ValueError as problem:
        raise Unreadable(Reason.NO_SUCH_VALUE, where) from problem


def _listed(text: str) -> tuple[str, ...]:
    """Words apart by white space; those in double quotes may hold some."""
    return tuple(quoted or plain for quoted, plain in LISTED.findall(text))


def _references(text: str) -> Iterator[Reference]:
    for word in text.split():
        sender, _comma, rest = word.partition(",")
        identifier, comma, sent = rest.rpartition(",")
        if not comma:
            raise Unreadable(Reason.INCOMPLETE, "references")
        yield Reference(sender, identifier, _time(sent, "references"))

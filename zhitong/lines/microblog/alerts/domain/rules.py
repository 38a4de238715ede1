"""What must hold for an alert before anybody is warned with it.

The schema of CAP says what an alert looks like; these are the things that it cannot say. Sources:
OASIS CAP 1.2 (2010) §3.2, and what aggregators of public alerts ask of those they carry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from zhitong.lines.microblog.alerts.domain.alert import (
    Alert,
    Certainty,
    Info,
    MessageType,
    Place,
    Reach,
    Severity,
    Status,
    Urgency,
)
from zhitong.lines.microblog.alerts.domain.geometry import (
    crosses_itself,
    is_circle,
    is_closed,
    on_earth,
)

LONGEST_HEADLINE = 140
"""Characters; CAP 1.2 §3.2.2 asks for a headline that short devices can show whole."""
FORBIDDEN = re.compile(r"[\s,<&]")
MARKUP = re.compile(r"<[a-zA-Z/!?]|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Rule(StrEnum):
    """What may be wrong."""

    NAME = "name"
    ZONE = "zone"
    REFERENCES_MISSING = "references_missing"
    REFERS_FORWARD = "refers_forward"
    REFERENCE_UNKNOWN = "reference_unknown"
    RESTRICTION = "restriction"
    ADDRESSES = "addresses"
    INFO_MISSING = "info_missing"
    CATEGORIES_DIFFER = "categories_differ"
    EVENT_DIFFERS = "event_differs"
    SAME_WORDS = "same_words"
    LANGUAGE = "language"
    CATEGORY_MISSING = "category_missing"
    EVENT_MISSING = "event_missing"
    URGENCY_UNKNOWN = "urgency_unknown"
    SEVERITY_UNKNOWN = "severity_unknown"
    CERTAINTY_UNKNOWN = "certainty_unknown"
    HEADLINE_MISSING = "headline_missing"
    HEADLINE_LONG = "headline_long"
    WORDS_REPEATED = "words_repeated"
    DESCRIPTION_MISSING = "description_missing"
    MARKUP = "markup"
    EXPIRES_MISSING = "expires_missing"
    EXPIRES_EARLY = "expires_early"
    PLACE_MISSING = "place_missing"
    PLACE_UNBOUND = "place_unbound"
    PLACE_UNNAMED = "place_unnamed"
    OFF_EARTH = "off_earth"
    POLYGON_OPEN = "polygon_open"
    POLYGON_CROSSES = "polygon_crosses"
    CIRCLE = "circle"
    HEIGHT = "height"
    RESOURCE = "resource"
    TEST = "test"
    INSTRUCTION_MISSING = "instruction_missing"
    RESPONSE_MISSING = "response_missing"
    SENDER_NAME_MISSING = "sender_name_missing"
    WEB_MISSING = "web_missing"
    CONTACT_MISSING = "contact_missing"


ADVICE = frozenset(
    {
        Rule.TEST,
        Rule.INSTRUCTION_MISSING,
        Rule.RESPONSE_MISSING,
        Rule.SENDER_NAME_MISSING,
        Rule.WEB_MISSING,
        Rule.CONTACT_MISSING,
        Rule.CERTAINTY_UNKNOWN,
        Rule.SEVERITY_UNKNOWN,
        Rule.URGENCY_UNKNOWN,
    }
)
"""What others' alerts may lack and still warn; ours may not."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and where: ``info.2.place.1``, numbers from 1, '' for the whole."""

    where: str
    rule: Rule

    @property
    def advice(self) -> bool:
        """Whether it is only something that ought to be better."""
        return self.rule in ADVICE


def check(alert: Alert, *, known: Iterable[datetime | None] = ()) -> list[Fault]:
    """All that is wrong with an alert, in the order in which a reader meets it.

    ``known`` says of each of its references when that was sent, None for one nobody has.
    """
    faults = [Fault("", rule) for rule in _whole(alert)]
    faults += [Fault("", Rule.REFERENCE_UNKNOWN) for sent in known if sent is None]
    faults += [Fault("", rule) for rule in _together(alert.infos)]
    for number, info in enumerate(alert.infos, start=1):
        where = f"info.{number}"
        faults += [Fault(where, rule) for rule in _info(alert, info)]
        for place_number, place in enumerate(info.places, start=1):
            here = f"{where}.place.{place_number}"
            faults += [Fault(here, rule) for rule in _place(place)]
    return list(dict.fromkeys(faults))


def _whole(alert: Alert) -> Iterator[Rule]:
    if any(not name or FORBIDDEN.search(name) for name in (alert.identifier, alert.sender)):
        yield Rule.NAME
    if any(moment.tzinfo is None for moment in _moments(alert)):
        yield Rule.ZONE
        return
    if alert.type is not MessageType.ALERT and not alert.references:
        yield Rule.REFERENCES_MISSING
    if any(one == alert.name or one.sent_at > alert.sent_at for one in alert.references):
        yield Rule.REFERS_FORWARD
    if bool(alert.restriction) != (alert.reach is Reach.RESTRICTED):
        yield Rule.RESTRICTION
    if alert.reach is Reach.PRIVATE and not alert.addresses:
        yield Rule.ADDRESSES
    if alert.type in {MessageType.ALERT, MessageType.UPDATE} and not alert.infos:
        yield Rule.INFO_MISSING
    if alert.status is Status.TEST and alert.reach is Reach.PUBLIC:
        yield Rule.TEST


def _moments(alert: Alert) -> Iterator[datetime]:
    yield alert.sent_at
    yield from (one.sent_at for one in alert.references)
    for info in alert.infos:
        for moment in (info.effective_at, info.onset_at, info.expires_at):
            if moment is not None:
                yield moment


def _together(infos: tuple[Info, ...]) -> Iterator[Rule]:
    """An alert is about one thing, said once in each language."""
    if len({(frozenset(one.categories), frozenset(one.event_codes)) for one in infos}) > 1:
        yield Rule.CATEGORIES_DIFFER
    for one, other in combinations(infos, 2):
        if one.language.lower() == other.language.lower():
            if one.event != other.event:
                yield Rule.EVENT_DIFFERS
        elif one.description and one.description == other.description:
            yield Rule.SAME_WORDS


def _info(alert: Alert, info: Info) -> Iterator[Rule]:
    yield from _said(info)
    missing = {
        Rule.CATEGORY_MISSING: not info.categories,
        Rule.EVENT_MISSING: not info.event.strip(),
        Rule.URGENCY_UNKNOWN: info.urgency is Urgency.UNKNOWN,
        Rule.SEVERITY_UNKNOWN: info.severity is Severity.UNKNOWN,
        Rule.CERTAINTY_UNKNOWN: info.certainty is Certainty.UNKNOWN,
        Rule.PLACE_MISSING: not info.places,
        Rule.RESPONSE_MISSING: not info.responses,
        Rule.SENDER_NAME_MISSING: not info.sender_name.strip(),
        Rule.WEB_MISSING: not info.web.strip(),
        Rule.CONTACT_MISSING: not info.contact.strip(),
        Rule.EXPIRES_MISSING: info.expires_at is None,
        Rule.LANGUAGE: not LANGUAGE.fullmatch(info.language),
        Rule.RESOURCE: any(
            not one.embedded and not ABSOLUTE.match(one.uri) for one in info.resources
        ),
    }
    yield from (rule for rule, lacks in missing.items() if lacks)
    begins = info.effective_at or alert.sent_at
    if info.expires_at and _comparable(info.expires_at, begins) and info.expires_at <= begins:
        yield Rule.EXPIRES_EARLY


def _comparable(one: datetime, other: datetime) -> bool:
    return (one.tzinfo is None) == (other.tzinfo is None)


def _said(info: Info) -> Iterator[Rule]:
    words = [info.headline.strip(), info.description.strip(), info.instruction.strip()]
    headline, description, instruction = words
    if not headline:
        yield Rule.HEADLINE_MISSING
    if len(headline) > LONGEST_HEADLINE:
        yield Rule.HEADLINE_LONG
    if not description:
        yield Rule.DESCRIPTION_MISSING
    if not instruction:
        yield Rule.INSTRUCTION_MISSING
    said = [text for text in words if text]
    if len(set(said)) < len(said):
        yield Rule.WORDS_REPEATED
    if any(MARKUP.search(text) for text in [*words, info.event]):
        yield Rule.MARKUP


def _place(place: Place) -> Iterator[Rule]:
    if not place.description.strip():
        yield Rule.PLACE_UNNAMED
    if not (place.polygons or place.circles or place.geocodes):
        yield Rule.PLACE_UNBOUND
    for polygon in place.polygons:
        if not all(map(on_earth, polygon)):
            yield Rule.OFF_EARTH
        elif not is_closed(polygon):
            yield Rule.POLYGON_OPEN
        elif crosses_itself(polygon):
            yield Rule.POLYGON_CROSSES
    if not all(map(is_circle, place.circles)):
        yield Rule.CIRCLE
    if place.ceiling_ft is not None and (
        place.altitude_ft is None or place.altitude_ft > place.ceiling_ft
    ):
        yield Rule.HEIGHT

"""Due times as a calendar feed (RFC 5545; names and pace as in RFC 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

ALARMS = (0, 30, 120, 1440)
"""Minutes before a due time at which a calendar may ring."""
PACE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One due time: nothing of what was said, and nobody's name."""

    uid: str
    at: datetime
    since: datetime
    changes: int
    summary: str
    place: str
    url: str


def feed(dues: Iterable[Due], *, name: str, alarm: int) -> bytes:
    """The feed. The same due times give the same bytes, so that a client can ask for news only."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zhitong//Due times//ZH")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", PACE, parameters={"VALUE": "DURATION"})
    for due in dues:
        calendar.add_component(_event(due, alarm))
    return bytes(calendar.to_ical())


def _event(due: Due, alarm: int) -> Event:
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", _whole(due.since))
    event.add("dtstart", _whole(due.at))
    event.add("sequence", due.changes)
    event.add("summary", due.summary)
    event.add("location", due.place)
    event.add("url", due.url)
    event.add("transp", "TRANSPARENT")
    if alarm:
        ring = Alarm()
        ring.add("action", "DISPLAY")
        ring.add("description", due.summary)
        ring.add("trigger", timedelta(minutes=-alarm))
        event.add_component(ring)
    return event


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)

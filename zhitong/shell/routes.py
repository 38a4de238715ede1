"""The three buses and the loop: which stops are planned, and which are open today.

The plan is fixed here, so that the home page can say honestly what is still to come. The module
that builds a stop opens it with ``open_stop`` in its AppConfig.ready().
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.shell.navigation import address


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """One service: a short name for the map, and what it does for people."""

    key: str
    name: str | Promise
    about: str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One bus line, or the loop, which has no number. ``line-<key>`` is its colour class."""

    key: str
    number: str
    short: str | Promise
    name: str | Promise
    promise: str | Promise
    stops: tuple[PlannedStop, ...]


@dataclass(frozen=True, slots=True)
class SeenStop:
    """A stop as it is today: ``open`` or still coming; ``url`` may be empty for an open one."""

    plan: PlannedStop
    open: bool
    url: str


LINES: tuple[Line, ...] = (
    Line(
        "livelihood",
        "1",
        _("Livelihood"),
        _("Livelihood line"),
        _("Help comes to your door."),
        (
            PlannedStop(
                "visits", _("Home visits"), _("Your community officer comes by and listens.")
            ),
            PlannedStop(
                "aid", _("Aid"), _("Help for households in hardship, seen through to the end.")
            ),
            PlannedStop("pairing", _("Pairing"), _("One officer stays with one family.")),
            PlannedStop("hotline", _("Family hotline"), _("Children call their parents far away.")),
            PlannedStop("counsel", _("Counselling"), _("A quiet room and someone who listens.")),
        ),
    ),
    Line(
        "microblog",
        "2",
        _("Microblog"),
        _("Microblog line"),
        _("News goes out, questions come back."),
        (
            PlannedStop("news", _("News"), _("What the bureau does, in plain words.")),
            PlannedStop(
                "warnings", _("Warnings"), _("Weather, traffic and fraud warnings in time.")
            ),
            PlannedStop("questions", _("Questions"), _("A comment or a message gets an answer.")),
            PlannedStop("guides", _("Guides"), _("How to get a document, and what to bring.")),
            PlannedStop("appeals", _("Appeals"), _("Neighbours lend a hand.")),
        ),
    ),
    Line(
        "station",
        "3",
        _("Station"),
        _("Station line"),
        _("The police office round the corner."),
        (
            PlannedStop(
                "offices", _("Offices"), _("Where the nearest one is and when it is open.")
            ),
            PlannedStop("queue", _("Queue number"), _("Take a number before you leave home.")),
            PlannedStop("booking", _("Appointments"), _("Book a time at the window.")),
            PlannedStop("mediation", _("Mediation"), _("Settle a quarrel at one table.")),
            PlannedStop("school", _("School patrol"), _("Officers at the school gate.")),
        ),
    ),
)

LOOP = Line(
    "loop",
    "",
    _("Loop"),
    _("The loop"),
    _("Nothing you say gets lost."),
    (
        PlannedStop(
            "say",
            _("Say something"),
            _("Ask for help, ask a question, report a problem. No account needed."),
        ),
        PlannedStop(
            "track", _("Follow it by code"), _("See who has it and when the next step is due.")
        ),
        PlannedStop(
            "rate",
            _("Rate the answer"),
            _("One tap on the tracking page. Not satisfied? It goes round again."),
        ),
        PlannedStop(
            "readers",
            _("Who opened it"),
            _("See on the tracking page who read your words, and why."),
        ),
    ),
)

_open: dict[str, str] = {}


def open_stop(key: str, *, url_name: str = "") -> None:
    """Say that a planned stop works from now on.

    ``key`` is ``<line>.<stop>``, such as ``loop.say``. ``url_name`` is empty for a stop that is
    reached from elsewhere, such as rating from the tracking page. Raises KeyError if not planned.
    """
    line, _dot, stop = key.partition(".")
    if not any(plan.key == stop for plan in _line(line).stops):
        raise KeyError(key)
    _open[key] = url_name


def _line(key: str) -> Line:
    return {line.key: line for line in (*LINES, LOOP)}[key]


def stops_of(line: Line) -> list[SeenStop]:
    """The stops of one line as they are today."""
    return [_seen(line, plan) for plan in line.stops]


def _seen(line: Line, plan: PlannedStop) -> SeenStop:
    key = f"{line.key}.{plan.key}"
    name = _open.get(key, "")
    return SeenStop(plan, open=key in _open, url=address(name) if name else "")


def door(key: str) -> str:
    """The address of an open stop, or an empty string."""
    name = _open.get(key, "")
    return address(name) if name else ""

"""Which alerts belong together, whatever order they come in.

An update or a cancellation names the alerts before it. Alerts that are tied by such names,
directly or through others, are one story; so are those that name one nobody has yet, until it
comes. What a story says is what its latest alert says that is no cancellation; it is over when
the latest of all is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhitong.lines.microblog.alerts.domain.alert import Alert, MessageType, Reference

TELLS = frozenset({MessageType.ALERT, MessageType.UPDATE})


@dataclass(frozen=True, slots=True)
class Story:
    """Alerts that belong together, earliest first, and the names in them that nobody has yet."""

    alerts: tuple[Alert, ...]
    missing: frozenset[Reference]

    @property
    def latest(self) -> Alert:
        """The last alert of all."""
        return self.alerts[-1]

    @property
    def content(self) -> Alert | None:
        """What holds, or held before it was cancelled; None when only a cancellation has come."""
        telling = [alert for alert in self.alerts if alert.type in TELLS]
        return telling[-1] if telling else None

    @property
    def is_cancelled(self) -> bool:
        """Whether it is over before its time."""
        return self.latest.type is MessageType.CANCEL


@dataclass(slots=True)
class _Circles:
    """Names that belong together, each pointing towards the one that stands for all."""

    above: dict[Reference, Reference] = field(default_factory=dict)

    def head(self, name: Reference) -> Reference:
        path = []
        while (higher := self.above.setdefault(name, name)) != name:
            path.append(name)
            name = higher
        for below in path:
            self.above[below] = name
        return name

    def tie(self, one: Reference, other: Reference) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self.above[second] = first


def stories(alerts: Iterable[Alert]) -> list[Story]:
    """The stories, by their first alert. The same alert told twice counts once.

    Acknowledgements and reports of errors tell nothing to the public and are left out.
    """
    told = {alert.name: alert for alert in alerts if alert.type in {*TELLS, MessageType.CANCEL}}
    circles = _Circles()
    for name, alert in told.items():
        circles.head(name)
        for reference in alert.references:
            circles.tie(name, reference)
    gathered: dict[Reference, set[Reference]] = {}
    for name in circles.above:
        gathered.setdefault(circles.head(name), set()).add(name)
    found = [
        Story(
            tuple(sorted((told[name] for name in names if name in told), key=_in_time)),
            frozenset(name for name in names if name not in told),
        )
        for names in gathered.values()
    ]
    return sorted(found, key=lambda story: _in_time(story.alerts[0]))


def _in_time(alert: Alert) -> tuple[object, str, str]:
    return alert.sent_at, alert.sender, alert.identifier


def same_words(one: Alert, other: Alert) -> bool:
    """Whether the same was sent again under another name without a reference: a defect."""
    return (
        one.name != other.name
        and one.type is other.type is MessageType.ALERT
        and one.infos == other.infos
    )

"""Where a note goes besides the news page. A channel opens itself while starting up.

The desk knows no channel by name: it shows what each asks for, and lets nothing out that one of
them stops.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from zhitong.kernel.errors import Sentence
from zhitong.lines.microblog.desk.lints import Lint

Look = Callable[[UUID, int], list[Lint]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way out: for which categories, what it says of a version, and its page for a note."""

    code: str
    label: Sentence
    categories: frozenset[str]
    look: Look
    url_name: str


_channels: dict[str, Channel] = {}


def open_channel(channel: Channel) -> None:
    """Offer a channel. The same code again replaces it."""
    _channels[channel.code] = channel


def channels_for(category: str) -> list[Channel]:
    """The channels that a note of this category goes to."""
    return [one for one in _channels.values() if category in one.categories]


def looks(category: str, note: UUID, number: int) -> list[Lint]:
    """What they say of a version."""
    return [lint for one in channels_for(category) for lint in one.look(note, number)]

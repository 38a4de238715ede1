"""The listener whose effects are counted."""

from bench.echo.models import Heard
from zhitong.kernel.bus.emit import reacts_to
from zhitong.loop.events import MatterReceived


@reacts_to(MatterReceived, permits=set())
def echo(fact: MatterReceived) -> None:
    """One row for each time the fact is heard."""
    Heard.objects.create(matter=fact.matter)

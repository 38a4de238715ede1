"""How often each external id, each fact and each effect is in the database."""

import json
from collections import Counter

from bench.echo.models import Heard
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.emit import fact_name
from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.loop.events import MatterReceived
from zhitong.loop.models import Matter


def counts() -> str:
    """One JSON object; matters are counted by the sender's id, everything else by the matter's."""
    name = fact_name(MatterReceived)
    with beyond_reach():
        ids = list(Matter.unguarded.values_list("external_id", flat=True))
    facts = Event.objects.filter(name=name)
    done = Delivery.objects.filter(event__name=name, done_at__isnull=False, skipped=False)
    opened = AuditEntry.objects.filter(action="loop.open").values_list("target", flat=True)
    found = {
        "matters": Counter(one.rpartition(":")[2] for one in ids),
        "events": Counter(facts.values_list("aggregate", flat=True)),
        "done": Counter(done.values_list("aggregate", flat=True)),
        "effects": Counter(Heard.objects.values_list("matter", flat=True)),
        "audited": sorted({target.rpartition(":")[2] for target in opened}),
        "owed": Delivery.objects.filter(done_at=None).count(),
    }
    return json.dumps(found)

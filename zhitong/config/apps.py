"""Starting up: every module that registers actions, reactions or timers is imported here."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

from zhitong.kernel.areas.words import TITLE as AREAS
from zhitong.kernel.days.words import TITLE as DAYS
from zhitong.kernel.retention.words import TITLE as OVER
from zhitong.kernel.rights.words import REQUESTS
from zhitong.kernel.webhooks.words import TITLE as WEBHOOKS
from zhitong.kernel.worker.words import TITLE as OUTBOX
from zhitong.shell.navigation import open_door

SPEAKING = (
    "checks", "channel", "actions", "reactions", "announcing", "timers", "retention", "holdings",
)  # fmt: skip
DOORS = (
    ("rights:requests", REQUESTS, "rights.decide", "eye", 70),
    ("retention:over", OVER, "retention.watch", "clock", 78),
    ("webhooks:webhooks", WEBHOOKS, "webhooks.watch", "on", 79),
)
ALSO = (
    "zhitong.kernel.audit.web.views",  # declares audit.read, which a role may be given
    "zhitong.kernel.checks",
    "zhitong.kernel.retention.rules",
    "zhitong.kernel.retention.web.views",  # declares retention.watch
    "zhitong.kernel.rotation",
)


class ConfigConfig(AppConfig):
    name = "zhitong.config"
    label = "config"

    def ready(self) -> None:
        """Import what registers itself, so that every process knows the same registries."""
        open_door(url_name="areas:areas", label=AREAS, permit="areas.look", icon="place", order=40)
        open_door(url_name="days:days", label=DAYS, permit="clock.set_day", icon="clock", order=75)
        open_door(url_name="worker:outbox", label=OUTBOX, permit="bus.watch", icon="warn", order=80)
        for name, label, permit, icon, order in DOORS:
            open_door(url_name=name, label=label, permit=permit, icon=icon, order=order)
        for module in ALSO:
            import_module(module)
        for app in apps.get_app_configs():
            if app.name.startswith("zhitong."):
                for part in SPEAKING:
                    if find_spec(f"{app.name}.{part}"):
                        import_module(f"{app.name}.{part}")

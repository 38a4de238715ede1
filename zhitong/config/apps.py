"""Starting up: every module that registers actions, reactions or timers is imported here."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

SPEAKING = ("checks", "actions", "reactions", "timers")
ALSO = ("zhitong.kernel.checks", "zhitong.kernel.days")


class ConfigConfig(AppConfig):
    name = "zhitong.config"
    label = "config"

    def ready(self) -> None:
        """Import what registers itself, so that every process knows the same registries."""
        for module in ALSO:
            import_module(module)
        for app in apps.get_app_configs():
            if app.name.startswith("zhitong."):
                for part in SPEAKING:
                    if find_spec(f"{app.name}.{part}"):
                        import_module(f"{app.name}.{part}")

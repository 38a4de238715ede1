"""Warnings as a Django app: a stop for everybody."""

from django.apps import AppConfig

from zhitong.shell.routes import open_stop


class AlertsConfig(AppConfig):
    name = "zhitong.lines.microblog.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Open the stop on the map."""
        open_stop("microblog.warnings", url_name="alerts:warnings")

"""The shell as a Django app: templates, static files, catalogue, and the door to identity's pages.

Identity lies below the shell and cannot open its doors itself.
"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhitong.shell.navigation import open_door


class ShellConfig(AppConfig):
    name = "zhitong.shell"
    label = "shell"

    def ready(self) -> None:
        """Open the doors to the people who serve and to the audit log."""
        open_door(
            url_name="identity:people",
            label=_("People"),
            permit="identity.people",
            icon="person",
            order=70,
        )
        open_door(
            url_name="audit:log", label=_("Audit log"), permit="audit.read", icon="shield", order=75
        )

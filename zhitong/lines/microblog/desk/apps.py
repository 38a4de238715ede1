"""The desk as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhitong.shell.navigation import open_door
from zhitong.shell.routes import open_stop


class DeskConfig(AppConfig):
    name = "zhitong.lines.microblog.desk"
    label = "desk"

    def ready(self) -> None:
        """Open the desk's door on the strip, and the public's stop on the map."""
        open_stop("microblog.news", url_name="desk:news")
        open_door(
            url_name="desk:desk", label=_("Microblog desk"), permit="desk.write", icon="note",
            order=35,
        )  # fmt: skip

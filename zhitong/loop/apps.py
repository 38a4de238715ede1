"""The loop as a Django app: what it opens on the route map and on the strip of doors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhitong.shell.navigation import open_door
from zhitong.shell.routes import open_stop


class LoopConfig(AppConfig):
    name = "zhitong.loop"
    label = "loop"

    def ready(self) -> None:
        """Open the stops and doors of the loop."""
        open_stop("loop.say", url_name="loop:say")
        open_stop("loop.track", url_name="loop:track")
        open_stop("loop.rate")
        open_stop("loop.readers")
        open_door(
            url_name="loop:board",
            label=_("Departure board"),
            permit="loop.board",
            icon="board",
            order=10,
        )
        open_door(
            url_name="loop:search", label=_("Search"), permit="loop.search", icon="search", order=20
        )
        open_door(
            url_name="loop:say_for",
            label=_("Write down a matter"),
            permit="loop.behalf",
            icon="note",
            order=30,
        )
        open_door(
            url_name="loop:routes",
            label=_("Who gets what"),
            permit="loop.set_route",
            icon="on",
            order=60,
        )
        open_door(
            url_name="loop:mine",
            label=_("My matters"),
            permit="loop.follow",
            icon="track",
            order=10,
        )

"""The loop as a Django app: what it opens on the route map and on the strip of doors."""

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.rights.words import MY_DATA
from zhitong.shell.navigation import open_door
from zhitong.shell.routes import open_stop

DOORS: tuple[tuple[str, Promise, str, str, int], ...] = (
    ("loop:board", _("Departure board"), "loop.board", "board", 10),
    ("loop:mine", _("My matters"), "loop.follow", "track", 10),
    ("loop:my_data", MY_DATA, "rights.export", "eye", 12),
    ("loop:reminders", _("Reminders"), "loop.board", "clock", 15),
    ("loop:tasks", _("Work for colleagues"), "loop.end_task", "person", 17),
    ("loop:returns", _("Returns to decide"), "loop.decide_return", "again", 16),
    ("loop:search", _("Search"), "loop.search", "search", 20),
    ("loop:say_for", _("Write down a matter"), "loop.behalf", "note", 30),
    ("loop:supervise", _("Supervisor's board"), "loop.rates", "eye", 12),
    ("loop:replies", _("Prepared answers"), "loop.write_reply", "speak", 45),
    ("loop:rates", _("The three rates"), "loop.rates", "rate", 50),
    ("loop:promises", _("Promised times"), "loop.adopt_policy", "clock", 61),
    ("loop:routes", _("Who gets what"), "loop.set_route", "on", 60),
)
"""Address, label, permit, icon and place on the strip."""


class LoopConfig(AppConfig):
    name = "zhitong.loop"
    label = "loop"

    def ready(self) -> None:
        """Open the stops and doors of the loop."""
        open_stop("loop.say", url_name="loop:say")
        open_stop("loop.track", url_name="loop:track")
        open_stop("loop.rate")
        open_stop("loop.readers")
        for url_name, label, permit, icon, order in DOORS:
            open_door(url_name=url_name, label=label, permit=permit, icon=icon, order=order)

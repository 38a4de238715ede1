"""Doors of the staff frame. Upper floors open theirs while starting up; the shell only shows them.

The shell lies below the modules, so it cannot know their addresses. A module calls
``open_door`` in its AppConfig.ready(); a door is shown to whoever holds its permit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from zhitong.kernel.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One entry of the strip: where it leads, and which permit it needs."""

    url_name: str
    label: str | Promise
    permit: str
    icon: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door as this person sees it on this page."""

    label: str | Promise
    icon: str
    url: str
    here: bool


_doors: dict[str, Door] = {}


def open_door(
    *, url_name: str, label: str | Promise, permit: str, icon: str = "", order: int = 50
) -> None:
    """Put a door on the strip. The same url_name again replaces it."""
    _doors[url_name] = Door(url_name=url_name, label=label, permit=permit, icon=icon, order=order)


def doors_for(scope: Scope | None, path: str) -> list[OpenDoor]:
    """The doors this scope may open, in order; ``here`` marks the one that leads to ``path``."""
    if scope is None:
        return []
    held = (door for door in _doors.values() if door.permit in scope.permits)
    return [
        OpenDoor(door.label, door.icon, url, here=url == path)
        for door in sorted(held, key=lambda door: (door.order, door.url_name))
        if (url := address(door.url_name))
    ]


NEAR = 7
"""Doors that stand side by side; a strip with more of them folds the others away."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The doors of a page: those side by side, and those behind the last one."""

    near: Sequence[OpenDoor]
    folded: Sequence[OpenDoor]

    @property
    def inside(self) -> OpenDoor | None:
        """The folded door that leads here, if one does."""
        return next((door for door in self.folded if door.here), None)


def strip_of(doors: Sequence[OpenDoor]) -> Strip:
    """The first doors side by side; a single one too many is not worth folding."""
    if len(doors) <= NEAR + 1:
        return Strip(doors, ())
    return Strip(doors[:NEAR], doors[NEAR:])


@cache
def address(url_name: str) -> str:
    """The address of a named page, or an empty string when no module provides it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""

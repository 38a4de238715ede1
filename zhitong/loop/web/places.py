"""The area picker of this county: townships, and the villages of the chosen one.

Staff may also find a place by its name, pinyin, initials or code. Every step of that works
without a script: its buttons send the form as it is, with what was pressed as ``step``.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from zhitong.kernel.areas.codes import DIGITS, Level, is_code
from zhitong.kernel.areas.finding import search
from zhitong.kernel.areas.queries import labels, townships, villages
from zhitong.shell.parts import Choice, Finder

TOWN = DIGITS[Level.TOWNSHIP]
LONGEST = DIGITS[Level.VILLAGE]
LONGEST_NAME = 60
FOUND = "place:"
"""A step that chooses a place that was found: this, and its code."""


def picker(
    town: str = "", village: str = "", error: object = "", *, finder: Finder | None = None
) -> dict[str, Any]:
    """What the area picker component takes. ``finder`` adds the search, for staff."""
    offered = villages(town) if town.isdecimal() else []
    return {
        "towns": [Choice(area.code, area.name) for area in townships(settings.COUNTY)],
        "villages": [Choice(area.code, area.name) for area in offered],
        "town": town,
        "village": village,
        "refresh": reverse("loop:staff_places" if finder else "loop:places"),
        "error": error,
        "finder": finder,
    }


def picker_after(
    sent: Mapping[str, Any], error: object = "", *, finding: bool = False
) -> dict[str, Any]:
    """The same after a step on the way, or after a form that has something to mend."""
    town, village = (str(sent.get(name, ""))[:LONGEST] for name in ("town", "village"))
    if not finding:
        return picker(town, village, error)
    step, words = str(sent.get("step", "")), str(sent.get("find", "")).strip()[:LONGEST_NAME]
    code = step.removeprefix(FOUND)
    if step.startswith(FOUND) and is_code(code) and len(code) >= TOWN:
        return picker(code[:TOWN], code, error, finder=Finder())
    return picker(town, village, error, finder=Finder(words, _found(words)))


def on_the_way(sent: Mapping[str, Any]) -> bool:
    """Whether a button of the picker was pressed, and not the one that sends the form."""
    step = str(sent.get("step", ""))
    if step == "find":  # also what Enter presses in any box of the form
        return bool(str(sent.get("find", "")).strip())
    return step == "villages" or step.startswith(FOUND)


def _found(words: str) -> tuple[Choice, ...]:
    if not words:
        return ()
    codes = [area.code for area in search(words, within=settings.COUNTY) if len(area.code) >= TOWN]
    named = labels(codes)
    return tuple(Choice(code, named[code]) for code in codes)

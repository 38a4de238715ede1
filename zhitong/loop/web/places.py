"""The area picker of this county: townships, and the villages of the chosen one."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from zhitong.kernel.areas.queries import townships, villages
from zhitong.shell.parts import Choice


def picker(town: str = "", village: str = "", error: object = "") -> dict[str, Any]:
    """What the area picker component takes."""
    offered = villages(town) if town.isdecimal() else []
    return {
        "towns": [Choice(area.code, area.name) for area in townships(settings.COUNTY)],
        "villages": [Choice(area.code, area.name) for area in offered],
        "town": town,
        "village": village,
        "refresh": reverse("loop:places"),
        "error": error,
    }

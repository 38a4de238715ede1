"""The small county that benchmarks run on: real areas, one post per township, one program."""

from typing import Any

from zhitong.config.demo.places import COUNTY, county_table
from zhitong.kernel.areas.actions import import_areas
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.identity.actions.clients import issue_api_key
from zhitong.kernel.identity.actions.posts import create_post, ensure_roles
from zhitong.kernel.scope import Reach, Scope, acting

PERMITS = frozenset(
    {
        "areas.import",
        "identity.ensure_roles",
        "identity.create_post",
        "identity.issue_api_key",
    }
)
PROGRAM = ["loop.open"]


def found() -> dict[str, Any]:
    """Set the county up through actions; returns its villages and the program's key."""
    path = path_of(COUNTY)
    maker = Scope("system:bench", Reach((path,)), PERMITS, "benchmark", label="benchmark")
    with acting(maker):
        import_areas(files={f"{COUNTY}.csv": county_table()})
        ensure_roles()
        bureau = create_post(name="分局", kind="bureau", area=COUNTY)
        for town in Area.objects.filter(level="township", path__startswith=path):
            create_post(name=f"{town.name}派出所", kind="station", area=town.code, parent=bureau)
        _client, key = issue_api_key(name="bench", channel="api", permits=PROGRAM, path=path)
    villages = Area.objects.filter(level="village", path__startswith=path)
    return {"key": key, "villages": sorted(villages.values_list("code", flat=True))}

"""The scenes of the demo: hand-written threads that can be walked through in the running site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from zhitong.config.demo.dice import dice
from zhitong.config.demo.history import RESIDENT, PlannedMatter, PlannedStep
from zhitong.config.demo.hours import ZONE
from zhitong.config.demo.people import SIGN_IN_RESIDENT, Crowd, Resident
from zhitong.config.demo.phrases import data, filled
from zhitong.config.demo.places import Gazetteer, Place
from zhitong.config.demo.stations import Service, station_name

FILES = ("scenes-help", "scenes-warnings", "scenes-station")
SIGN_IN = "sign-in"
WITHOUT_PHONE = "microblog"


@dataclass(frozen=True, slots=True)
class Scene:
    """One hand-written thread; several of the same key differ by the month they fit in."""

    key: str
    title: str
    english: str
    place: str
    days_ago: int
    channel: str
    category: str
    resident: str
    words: str
    steps: tuple[Mapping[str, Any], ...]
    time: str = "00:00"
    minutes_ago: int = 0
    weekday: int = 0
    months: frozenset[int] = frozenset(range(1, 13))
    photo: str = ""

    def opened_at(self, until: datetime) -> datetime:
        """When the scene begins, for a demo made at ``until``."""
        if self.minutes_ago:
            return until - timedelta(minutes=self.minutes_ago)
        day = until.astimezone(ZONE).date() - timedelta(days=self.days_ago)
        while self.weekday and day.isoweekday() != self.weekday:
            day -= timedelta(days=1)
        return datetime.combine(day, time.fromisoformat(self.time), ZONE)


@cache
def scenes() -> tuple[Scene, ...]:
    """All scenes, as they are written."""
    return tuple(_scene(entry) for name in FILES for entry in data(name)["scene"])


def _scene(entry: Mapping[str, Any]) -> Scene:
    months = frozenset(entry.get("months", range(1, 13)))
    plain = {**entry, "months": months, "steps": tuple(entry["steps"])}
    return Scene(**{**plain, "words": entry["words"].strip()})


def played(gazetteer: Gazetteer, service: Service, until: datetime) -> list[PlannedMatter]:
    """The scenes as matters, each as far as it has come by ``until``."""
    crowd = Crowd(dice("lingcheng-scenes"))
    month = until.astimezone(ZONE).month
    found = []
    for number, scene in enumerate(scenes(), 1):
        if month in scene.months:
            found.append(_matter(scene, number, gazetteer, service, crowd, until).until(until))
    return found


def _matter(
    scene: Scene, number: int, gazetteer: Gazetteer, service: Service, crowd: Crowd, until: datetime
) -> PlannedMatter:
    place = gazetteer.named(scene.place)
    parts = cast_of(place, service)
    town = gazetteer.township_of(place)
    slots = {part: service.name_of(username) for part, username in parts.items()}
    slots["station"] = station_name(town)
    opened_at = scene.opened_at(until)
    resident = _resident(scene, crowd)
    opener = {"counter": "clerk" if scene.category != "children" else "officer", "phone": "officer"}
    return PlannedMatter(
        external_id=_external_id(number, scene),
        opened_at=opened_at,
        area=place.code,
        category=scene.category,
        channel=scene.channel,
        words=filled(scene.words, slots, dice("")),
        resident=resident,
        opener=parts.get(opener.get(scene.channel, ""), ""),
        scene=scene.key,
        photo=scene.photo,
        topic=scene.key,
        steps=tuple(_step(entry, opened_at, parts, slots, gazetteer) for entry in scene.steps),
    )


def _resident(scene: Scene, crowd: Crowd) -> Resident:
    """Whose words these are; on the microblog there is a screen name and no number."""
    if scene.resident == SIGN_IN:
        return SIGN_IN_RESIDENT
    if scene.channel == WITHOUT_PHONE:
        return Resident(scene.resident, "")
    return crowd.named(scene.resident)


def _step(
    entry: Mapping[str, Any],
    opened_at: datetime,
    parts: Mapping[str, str],
    slots: Mapping[str, str],
    gazetteer: Gazetteer,
) -> PlannedStep:
    day = opened_at.astimezone(ZONE).date() + timedelta(days=entry["day"])
    by = entry["by"]
    return PlannedStep(
        do=entry["do"],
        at=datetime.combine(day, time.fromisoformat(entry["time"]), ZONE),
        by=RESIDENT if by == RESIDENT else parts[by],
        text=filled(entry.get("text", ""), slots, dice("")),
        outcome=entry.get("outcome", ""),
        stars=entry.get("stars", 0),
        to=parts[entry["to"]] if "to" in entry else "",
        area=gazetteer.named(entry["area"]).code if "area" in entry else "",
        into=_named(entry["into"]) if "into" in entry else "",
    )


def _external_id(number: int, scene: Scene) -> str:
    return f"demo-scene-{number:02d}-{scene.key}"


def _named(key: str) -> str:
    """The external id of the scene with this key."""
    numbered = enumerate(scenes(), 1)
    return next(_external_id(number, scene) for number, scene in numbered if scene.key == key)


def cast_of(place: Place, service: Service) -> dict[str, str]:
    """Who plays which part where ``place`` is: part to user name."""
    town = place.code[:9]
    return {
        "officer": service.officers[place.code],
        "chief": service.chiefs[town],
        "clerk": service.clerks[town],
        "supervisor": service.desks["command"],
        "editor": service.desks["editors"],
        "window": service.desks["window"],
    }

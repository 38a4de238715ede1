"""The county's areas as the demo needs them, read from the table that is delivered with areas."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from zhitong.kernel.areas.codes import Level, level_of, parent_of, path_of, short_name

COUNTY = "371403"


@dataclass(frozen=True, slots=True)
class Place:
    """One area: its code and official name."""

    code: str
    name: str

    @property
    def short(self) -> str:
        """The name as people say it."""
        return short_name(self.name)

    @property
    def stem(self) -> str:
        """The bare name, without the word for village or community."""
        return self.short.removesuffix("社区").removesuffix("村") or self.short

    @property
    def path(self) -> str:
        """The reach path."""
        return path_of(self.code)

    @property
    def is_community(self) -> bool:
        """Whether people here live in a residential community rather than a village."""
        return self.short.endswith("社区")


def county_table() -> bytes:
    """The delivered table of the demo county's areas."""
    table = files("zhitong.kernel.areas") / "data" / f"{COUNTY}.csv"
    return table.read_bytes()


def read_places(table: bytes) -> tuple[Place, ...]:
    """All places in a table of areas, in the order of their codes."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    return tuple(sorted((Place(r["code"], r["name"]) for r in rows), key=lambda p: p.code))


def townships(places: Sequence[Place]) -> list[Place]:
    """The townships and streets among the places."""
    return [place for place in places if level_of(place.code) is Level.TOWNSHIP]


def villages(places: Sequence[Place], township: Place) -> list[Place]:
    """The villages and communities of one township."""
    return [
        place
        for place in places
        if level_of(place.code) is Level.VILLAGE and parent_of(place.code) == township.code
    ]


class Gazetteer:
    """Finding places by code, and by the names that the scenes use."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.by_code = {place.code: place for place in places}
        self.townships = townships(places)
        self.villages = {town.code: villages(places, town) for town in self.townships}

    def township_of(self, place: Place) -> Place:
        """The township that a place belongs to (a township belongs to itself)."""
        return self.by_code[place.code[:9]]

    def named(self, name: str) -> Place:
        """The place that ``township/village`` names. Raises KeyError when there is none."""
        town_name, _slash, stem = name.partition("/")
        for town in self.townships:
            if town.name == town_name:
                for village in self.villages[town.code]:
                    if stem in {village.stem, village.short}:
                        return village
        raise KeyError(name)

"""Who serves in the demo county: bureau, thirteen stations, sixty offices, sixty people.

Deterministic: posts and people follow from the table of areas alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from zhitong.config.demo.dice import dice
from zhitong.config.demo.people import OFFICER_MEN, OFFICER_WOMEN, SURNAMES
from zhitong.config.demo.places import COUNTY, Gazetteer, Place
from zhitong.config.demo.sign_ins import SIGN_INS

BUREAU = "陵城公安分局"
OFFICES = 60
LARGE = 3
SMALL = 1
FORMER = 0.3


HOME = "371403102"
"""The township of the shared community officer and window clerk: 糜镇."""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post: ``key`` is ours, ``kind`` is the kernel's, ``parent`` the key of the post above."""

    key: str
    name: str
    kind: str
    area: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """Somebody at a post. Days count back from the day the demo is made: 400 is long ago."""

    post: str
    role: str
    from_days: int
    to_days: int | None = None
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStaff:
    """One person who serves; the first term is the post they act under."""

    username: str
    name: str
    terms: tuple[PlannedTerm, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """Everybody and everything that serves, and who looks after which place."""

    posts: tuple[PlannedPost, ...]
    staff: tuple[PlannedStaff, ...]
    officers: dict[str, str]
    clerks: dict[str, str]
    chiefs: dict[str, str]
    offices: dict[str, str]
    desks: dict[str, str]

    def name_of(self, username: str) -> str:
        """The name behind a user name."""
        return next(one.name for one in self.staff if one.username == username)


def station_name(town: Place) -> str:
    """A station is named after its township: 安德派出所, 宋家派出所, but 糜镇派出所."""
    stem = town.name.removesuffix("街道").removesuffix("乡")
    return f"{stem if len(stem) < 3 else stem.removesuffix('镇')}派出所"


def service(gazetteer: Gazetteer) -> Service:
    """Posts, people and who looks after which village."""
    return _Founding(gazetteer).found()


class _Founding:
    """Sets the service up township by township, drawing names that are used once only."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.rng = dice("lingcheng-service")
        self.posts: list[PlannedPost] = []
        self.staff: list[PlannedStaff] = []
        self.service = Service((), (), {}, {}, {}, {}, {})
        self.names = {one.name for one in SIGN_INS}
        self.usernames = {one.username for one in SIGN_INS}

    def found(self) -> Service:
        self._bureau()
        shares = shared_out(
            OFFICES, [len(self.gazetteer.villages[t.code]) for t in self.gazetteer.townships]
        )
        for town, offices in zip(self.gazetteer.townships, shares, strict=True):
            self._station(town, offices)
        made = self.service
        return Service(
            tuple(self.posts), tuple(self.staff),
            made.officers, made.clerks, made.chiefs, made.offices, made.desks,
        )  # fmt: skip

    def _bureau(self) -> None:
        desks = (
            ("command", f"{BUREAU}指挥中心", "bureau", "supervisor", ("sunwei", "")),
            ("window", f"{BUREAU}户政大厅", "window", "window_clerk", ("", "")),
            ("editors", f"{BUREAU}微博编辑室", "desk", "editor", ("zhaoyue", "")),
            ("audit", f"{BUREAU}警务督察审计岗", "desk", "auditor", ("chenjing",)),
            ("systems", f"{BUREAU}科信系统岗", "desk", "administrator", ("zhouhai",)),
        )
        for key, name, kind, role, seats in desks:
            self.posts.append(PlannedPost(key, name, kind, COUNTY, "command" * (key != "command")))
            for username in seats:
                person = self._person(username, (PlannedTerm(key, role, self._days()),))
                self.service.desks.setdefault(key, person.username)

    def _station(self, town: Place, offices: int) -> None:
        station, window = f"station-{town.code}", f"window-{town.code}"
        self.posts += [
            PlannedPost(station, station_name(town), "station", town.code, "command"),
            PlannedPost(window, f"{station_name(town)}户籍窗口", "window", town.code, station),
        ]
        chief = self._person("", (PlannedTerm(station, "supervisor", self._days()),))
        home = town.code == HOME
        clerk_terms = (PlannedTerm(window, "window_clerk", self._days()),)
        clerk = self._person("liumin" if home else "", clerk_terms)
        self.service.chiefs[town.code] = chief.username
        self.service.clerks[town.code] = clerk.username
        self._beats(town, station, offices)

    def _beats(self, town: Place, station: str, offices: int) -> None:
        """Villages in order, cut into one stretch per office; officers hold offices in turn."""
        villages = self.gazetteer.villages[town.code]
        count = _officers(len(villages), offices)
        beats = [villages[len(villages) * i // offices : len(villages) * (i + 1) // offices]
                 for i in range(offices)]  # fmt: skip
        held: list[list[str]] = [[] for _ in range(count)]
        keys = []
        for number, beat in enumerate(beats):
            seat = _seat(beat, self.rng)
            key = f"office-{seat.code}"
            self.posts.append(
                PlannedPost(key, f"{seat.stem}警务室", "community", seat.code, station)
            )
            held[number * count // offices].append(key)
            keys.append((key, beat, number * count // offices))
        people = [
            self._officer(town, station, posts, first=index == 0)
            for index, posts in enumerate(held)
        ]
        for key, beat, index in keys:
            self.service.offices[key] = people[index].username
            self.service.officers.update({place.code: people[index].username for place in beat})
        self.service.officers[town.code] = people[0].username

    def _officer(
        self, town: Place, station: str, posts: Sequence[str], *, first: bool
    ) -> PlannedStaff:
        days = self._days()
        role = "community_officer"
        terms = [PlannedTerm(posts[0], role, days + 1)]
        terms += [PlannedTerm(post, role, days) for post in posts[1:]]
        terms.append(PlannedTerm(station, role, days, deputy=True))
        if first and town.code != HOME and self.rng.random() < FORMER:
            terms.append(PlannedTerm(f"station-{HOME}", role, days + 500, days + 2))
        username = "wangping" if first and town.code == HOME else ""
        return self._person(username, tuple(terms))

    def _days(self) -> int:
        return self.rng.randint(200, 1500)

    def _person(self, username: str, terms: tuple[PlannedTerm, ...]) -> PlannedStaff:
        known = next((one.name for one in SIGN_INS if username and one.username == username), "")
        while not known:
            given = self.rng.choice(OFFICER_WOMEN if self.rng.random() < 0.35 else OFFICER_MEN)
            surname = self.rng.choice(SURNAMES)
            name, username = surname[0] + given[0], surname[1] + given[1]
            if name not in self.names and username not in self.usernames:
                known = name
        self.names.add(known)
        self.usernames.add(username)
        person = PlannedStaff(username, known, terms)
        self.staff.append(person)
        return person


def _officers(villages: int, offices: int) -> int:
    """How many community officers a station has: more where there is more to look after."""
    if villages >= 100:
        return LARGE
    return min(offices, SMALL if villages < 20 else 2)


def _seat(beat: Sequence[Place], rng: Random) -> Place:
    """Where the office of a beat stands: in the community if there is one."""
    communities = [place for place in beat if place.is_community]
    return rng.choice(communities or list(beat))


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` out by weight, two at least for each (largest remainder)."""
    least = 2
    rest = total - least * len(weights)
    exact = [rest * weight / sum(weights) for weight in weights]
    shares = [least + int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: int(exact[i]) - exact[i])
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares

"""The demo's past: a few hundred matters over ninety days, ending now. A pure function."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from math import exp

from zhitong.config.demo.dice import dice
from zhitong.config.demo.history import PlannedMatter
from zhitong.config.demo.hours import ZONE, spoken_at
from zhitong.config.demo.people import SCREEN_NAMES, Crowd, Resident
from zhitong.config.demo.phrases import Pen, Topic, topics, words
from zhitong.config.demo.places import Gazetteer, Place
from zhitong.config.demo.scenes import cast_of, played
from zhitong.config.demo.stations import HOME, Service, service, station_name
from zhitong.config.demo.story import Story, hand_of

MATTERS = 300
DAYS = 90
LATELY = 1.4
HOME_WEIGHT = 2.5
HOME_LATELY = 9.0
RECENT = timedelta(days=5)
TOWN_WEIGHT = 4.0
WEEKEND = 0.75
PHOTO = 0.6
FROM_AFAR = re.compile("子女来电|紧急来电")
CAME_BY = re.compile("[到来](?:窗口|警务室|所)|当面口头")
FORGOTTEN = timedelta(days=24)
"""How long ago the oldest matter was opened that somebody may have left lying."""
CHANNELS = {"web": 48, "phone": 24, "counter": 14, "microblog": 16, "api": 8}


def plan(seed: str, areas: Sequence[Place], until: datetime) -> list[PlannedMatter]:
    """All matters of the demo up to ``until``, in the order in which they were opened."""
    gazetteer = Gazetteer(areas)
    serving = service(gazetteer)
    scenes = played(gazetteer, serving, until)
    drawn = Draw(seed, gazetteer, serving, until).matters(MATTERS - len(scenes))
    return sorted([*scenes, *drawn], key=lambda matter: (matter.opened_at, matter.external_id))


def texts_for(topic: Topic, channel: str) -> tuple[str, ...]:
    """What somebody has written about a topic for one door; nobody walks in from far away."""
    if channel == "counter":
        return tuple(text for text in topic.records if not FROM_AFAR.search(text))
    return {"web": topic.bodies, "microblog": topic.comments}.get(channel, topic.records)


def noted(text: str, channel: str) -> str:
    """A record in the words of its door: somebody rang up, or came by."""
    if channel == "counter":
        return text.replace("来电", "来所")
    return CAME_BY.sub("来电", text)


class Draw:
    """Draws matters one after the other, all from one seed."""

    def __init__(self, seed: str, gazetteer: Gazetteer, serving: Service, until: datetime) -> None:
        self.rng = dice(f"lingcheng-{seed}")
        self.gazetteer, self.serving, self.until = gazetteer, serving, until
        self.pen = Pen(self.rng)
        self.crowd = Crowd(self.rng)
        self.uses: Counter[str] = Counter()
        self.everywhere = [p for found in gazetteer.villages.values() for p in found]
        self.places: dict[tuple[str, bool], tuple[list[Place], list[float]]] = {}

    def matters(self, count: int) -> list[PlannedMatter]:
        """So many matters, each as it stands at the end."""
        moments = sorted(self._moment() for _ in range(count))
        return [self._matter(number, day) for number, day in enumerate(moments, 1)]

    def _moment(self) -> datetime:
        """A day of the last ninety, the latest ones likelier, weekends less so."""
        while True:
            ago = self.rng.uniform(0, DAYS)
            day = self.until.astimezone(ZONE) - timedelta(days=ago)
            quiet = WEEKEND if day.weekday() > 4 else 1.0
            likely = quiet * (1 + LATELY * exp(-ago / 4)) / (1 + LATELY)
            if self.rng.random() < likely:
                return day

    def _matter(self, number: int, day: datetime) -> PlannedMatter:
        channel = self.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        topic = self._topic(channel, day)
        place = self._place(topic, recent=self.until - day < RECENT)
        hours = "office" if channel == "counter" else topic.hours
        opened_at = spoken_at(day.date(), hours, self.rng)
        if opened_at > self.until:
            opened_at -= timedelta(days=1)
        resident = self._resident(channel)
        parts = cast_of(place, self.serving)
        slots = self._slots(place, parts, resident)
        slots["hand"] = self.serving.name_of(parts[hand_of(topic, channel)])
        pair, said = self._said(topic, channel, slots)
        late = self.until - opened_at < FORGOTTEN
        story = Story(self.rng, self.pen, topic, slots, parts, channel, opened_at, pair, late)
        return PlannedMatter(
            external_id=f"demo-{number:04d}",
            opened_at=opened_at,
            area=place.code,
            category=topic.category,
            channel=channel,
            words=said,
            resident=resident,
            opener=self._opener(topic, channel, parts),
            photo=topic.photo if channel == "web" and self.rng.random() < PHOTO else "",
            topic=topic.id,
            steps=story.told(),
        ).until(self.until)

    def _topic(self, channel: str, day: datetime) -> Topic:
        """A topic for which somebody has written something for this door, least used first."""
        shut = {"school"} if day.weekday() > 4 else set()
        fitting = [
            topic
            for topic in topics()
            if day.month in topic.months
            and topic.category not in shut
            and texts_for(topic, channel)
        ]
        weights = [self._freshness(topic, channel) for topic in fitting]
        topic = self.rng.choices(fitting, weights)[0]
        self.uses[topic.id] += 1
        self.uses.update(texts_for(topic, channel))
        return topic

    def _freshness(self, topic: Topic, channel: str) -> float:
        """How welcome a topic is: less the more often it, or its texts for a door, were used."""
        texts = texts_for(topic, channel)
        worn = sum(self.uses[text] for text in texts) / len(texts) ** 2
        return topic.weight / (1 + self.uses[topic.id]) ** 2 / (1 + worn) ** 2

    def _place(self, topic: Topic, *, recent: bool) -> Place:
        """Where it happens; of late more often where the shared officer serves."""
        key = topic.where, recent
        if key not in self.places:
            wanted = {"village": False, "community": True}.get(topic.where)
            fitting = [p for p in self.everywhere if wanted is None or p.is_community is wanted]
            home = HOME_LATELY if recent else HOME_WEIGHT
            weights = [
                (home if place.code.startswith(HOME) else 1.0)
                * (TOWN_WEIGHT if place.is_community else 1.0)
                for place in fitting
            ]
            self.places[key] = fitting, list(accumulate(weights))
        fitting, cumulated = self.places[key]
        return self.rng.choices(fitting, cum_weights=cumulated)[0]

    def _resident(self, channel: str) -> Resident:
        if channel == "microblog":
            return Resident(self.rng.choice(SCREEN_NAMES), "")
        return self.crowd.somebody()

    def _said(self, topic: Topic, channel: str, slots: dict[str, str]) -> tuple[int, str]:
        """What is said, and which of the paired texts it was (-1: none)."""
        pairs = {"microblog": topic.comment_pair}
        index, said = self.pen.choose(texts_for(topic, channel), slots)
        pair = index if channel == "web" else pairs.get(channel, topic.record_pair)
        pair = pair if topic.paired else -1
        shared = words().shared
        if channel in {"api", "counter", "phone"}:
            said = noted(said, channel)
        if channel == "api":
            return pair, self.rng.choice(shared["transfers"]) + said
        if channel == "web":
            if "好，" not in said[:6] and self.rng.random() < 0.3:
                said = self.rng.choice(shared["greetings"]) + said
            if not said.endswith(("！", "？", "谢谢。")) and self.rng.random() < 0.25:
                said += self.rng.choice(shared["thanks"])
        return pair, said

    def _opener(self, topic: Topic, channel: str, parts: dict[str, str]) -> str:
        if channel == "counter":
            papers = topic.category in {"household", "temporary"}
            return parts["clerk" if papers else "officer"]
        return {"phone": parts["officer"], "microblog": parts["editor"]}.get(channel, "")

    def _slots(self, place: Place, parts: dict[str, str], resident: Resident) -> dict[str, str]:
        """The words of one matter, chosen once so that they stay the same throughout."""
        local = words().community if place.is_community else words().village
        slots = {
            gap: self.rng.choice(choices)
            for gap, choices in sorted({**words().everywhere, **local}.items())
        }
        town = self.gazetteer.township_of(place)
        neighbour = self.rng.choice([s for s in "王李张刘赵陈杨孙" if s != resident.surname])
        return slots | {
            "place": place.short,
            "town": town.name,
            "station": station_name(town),
            "officer": self.serving.name_of(parts["officer"]),
            "clerk": self.serving.name_of(parts["clerk"]),
            "sur": resident.surname,
            "call": resident.call,
            "neighbour": neighbour,
        }

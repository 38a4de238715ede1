"""What becomes of one matter: a plausible thread from the texts of its topic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from zhitong.config.demo.history import RESIDENT, PlannedStep
from zhitong.config.demo.hours import awake, later, minutes, soon
from zhitong.config.demo.phrases import Pen, Topic, words

STALLED = {"received": 0.05, "owned": 0.07, "answered": 0.07}
WITHDRAWN = 0.05
WITHDRAWN_HERE = 0.2
ADDED = 0.1
NOTED = 0.6
CLOSING_NOTE = 0.3
RATED = 0.78
UNHAPPY = 0.4
HOUR = 60.0
DAY = 24 * HOUR


def hand_of(topic: Topic, channel: str) -> str:
    """Whose work it is: the command centre's on the microblog, the window's for papers."""
    if channel == "microblog":
        return "supervisor"
    papers = topic.category in {"household", "temporary"}
    visits = "{officer}" in "".join(topic.answers)
    return "clerk" if papers and not visits else "officer"


@dataclass(slots=True)
class Story:
    """Writes the steps of one matter, one after the other.

    ``pair`` is the place of the body among its topic's, where texts are paired, else -1;
    ``late`` allows that it was forgotten.
    """

    rng: Random
    pen: Pen
    topic: Topic
    slots: Mapping[str, str]
    parts: Mapping[str, str]
    channel: str
    at: datetime
    pair: int
    late: bool
    steps: list[PlannedStep] = field(default_factory=list)

    def told(self) -> tuple[PlannedStep, ...]:
        """The whole thread; what lies in the future is cut off later."""
        if self._stalls("received"):
            return ()
        if self.topic.refusals:
            self._refused()
        elif self.rng.random() < (WITHDRAWN_HERE if self.topic.withdraw else WITHDRAWN):
            self._withdrawn()
        else:
            self._answered()
        return tuple(self.steps)

    def _stalls(self, stage: str) -> bool:
        """Whether it is left lying here: of late only, older ones have been chased up."""
        return self.late and not self.topic.urgent and self.rng.random() < STALLED[stage]

    @property
    def _hand(self) -> str:
        """Who works on it."""
        return self.parts[hand_of(self.topic, self.channel)]

    def _do(self, verb: str, by: str, text: str = "", *, outcome: str = "", stars: int = 0) -> None:
        self.steps.append(PlannedStep(verb, self.at, by, text, outcome, stars))

    def _say(self, verb: str, by: str, sources: tuple[str, ...], *, stars: int = 0) -> None:
        self._do(verb, by, self.pen.write(sources, self._words()), stars=stars)

    def _words(self) -> dict[str, str]:
        """The words for the gaps, with a day that lies ahead now."""
        day, visit = soon(self.at, self.rng)
        return {**self.slots, "day": day, "visit": visit}

    def _paired(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The texts that go with what was said."""
        return (texts[self.pair],) if 0 <= self.pair < len(texts) else texts

    def _shared(self, kind: str) -> tuple[str, ...]:
        """Short texts for any topic: those of the door, the category or the outcome."""
        shared = words().shared
        tags = (self.channel, self.topic.category, self.topic.outcome, "solved")
        return tuple(next(shared[key] for tag in tags if (key := f"{kind}_{tag}") in shared))

    def _wait(self, usual: float, *, on_duty: bool = True) -> None:
        gone = minutes(self.rng, usual)
        if self.topic.urgent and on_duty and gone < 4 * HOUR:
            self.at += timedelta(minutes=gone)
        elif on_duty:
            self.at = later(self.at, gone, office=self.topic.category == "household")
        else:
            self.at = awake(self.at, gone)

    def _taken(self) -> None:
        self._wait(6 if self.topic.urgent else 50)
        self._do("take", self._hand)

    def _refused(self) -> None:
        self._taken()
        self._wait(3 * HOUR)
        refuser = self.parts["supervisor" if self.channel == "microblog" else "officer"]
        self._say("refuse", refuser, self.topic.refusals)

    def _withdrawn(self) -> None:
        if self.rng.random() < 0.6:
            self._taken()
        self._wait(4 * HOUR, on_duty=False)
        said = self.topic.withdraw or tuple(words().shared["withdrawals"])
        self._say("withdraw", RESIDENT, said)

    def _answered(self) -> None:
        self._taken()
        if self._stalls("owned"):
            return
        self._between()
        self._wait(50 if self.topic.urgent else 9 * HOUR)
        answerer = self.parts["editor"] if self.channel == "microblog" else self._hand
        number = self._answer(answerer, self._paired(self.topic.answers))
        if self._stalls("answered"):
            return
        self._closed()
        self._judged(number)

    def _answer(self, by: str, texts: tuple[str, ...]) -> int:
        """Answer as people do: sometimes with a name in front and one's own below."""
        slots = self._words()
        number, text = self.pen.choose(texts, slots)
        if self.channel != "microblog":
            if self.rng.random() < 0.35 and not text.startswith((slots["sur"], "您好", "别急")):
                text = f"{slots['sur']}{slots['call']}，您好。{text}"
            if self.rng.random() < 0.4:
                text += f"—— {slots['station']} {slots['hand']}"
        self._do("answer", by, text)
        return number

    def _between(self) -> None:
        if self.rng.random() < ADDED and self.channel == "web":
            self._wait(2 * HOUR, on_duty=False)
            self._say("add", RESIDENT, tuple(words().shared["adds"]))
        if self.rng.random() < NOTED:
            self._wait(30 if self.topic.urgent else 2 * HOUR)
            self._say("note", self._hand, self._notes)

    def _closed(self) -> None:
        self._wait(9 * HOUR)
        if self.rng.random() < CLOSING_NOTE:
            self._say("note", self._hand, self._shared("closes"))
            self._wait(4)
        self._do("close", self._hand, outcome=self.topic.outcome)

    def _judged(self, answer: int) -> None:
        fits = self.topic.again_after in {-1, answer}
        if self.topic.again and fits and self.rng.random() < UNHAPPY:
            self._again()
        elif self.rng.random() < RATED:
            self._wait(10 * HOUR, on_duty=False)
            self._rated()

    @property
    def _notes(self) -> tuple[str, ...]:
        own = self.topic.notes if self.channel != "microblog" else ()
        return own or self._shared("notes")

    @property
    def _praise(self) -> tuple[str, ...]:
        return self._paired(self.topic.praise)

    def _rated(self) -> None:
        stars = self.rng.choices((5, 4, 3), (68, 24, 8))[0]
        middling = tuple(words().shared["middling"])
        said = self._praise if stars > 3 else middling
        if self.rng.random() < 0.72 and said:
            self._say("rate", RESIDENT, said, stars=stars)
        else:
            self._do("rate", RESIDENT, stars=stars)

    def _again(self) -> None:
        self._wait(6 * DAY, on_duty=False)
        if self.topic.grumble and self.rng.random() < 0.4:
            self._say("rate", RESIDENT, self.topic.grumble, stars=self.rng.choice((1, 2, 2)))
        else:
            self._say("reopen", RESIDENT, self.topic.again)
        self._wait(2 * HOUR)
        self._do("take", self._hand)
        self._wait(DAY)
        self._say("answer", self._hand, self.topic.finals)
        self._closed()
        if self.rng.random() < RATED:
            self._wait(10 * HOUR, on_duty=False)
            self._rated()

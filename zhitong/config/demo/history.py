"""What the demo's past consists of: matters and their steps, in plain data."""

from dataclasses import dataclass, replace
from datetime import datetime

from zhitong.config.demo.people import Resident
from zhitong.loop.domain import SATISFIED_FROM

RESIDENT = "resident"
"""In place of a user name: the person whose matter it is."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step: what is done, when, by whom (a user name or RESIDENT), and with which words.

    ``into`` is the external id of the matter that this one is merged into.
    """

    do: str
    at: datetime
    by: str
    text: str = ""
    outcome: str = ""
    stars: int = 0
    to: str = ""
    area: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMatter:
    """One matter: who said what where, through which door, and what became of it.

    ``opener`` is the user name of whoever wrote it down, empty when it came by itself;
    ``scene`` is the key of a hand-written scene; ``photo`` names a drawing.
    """

    external_id: str
    opened_at: datetime
    area: str
    category: str
    channel: str
    words: str
    resident: Resident
    opener: str = ""
    scene: str = ""
    photo: str = ""
    topic: str = ""
    steps: tuple[PlannedStep, ...] = ()

    def until(self, moment: datetime) -> "PlannedMatter":
        """The same matter as it stands at ``moment``: later steps have not happened."""
        happened: list[PlannedStep] = []
        for step in self.steps:
            if step.at > moment:
                break
            happened.append(step)
        return replace(self, steps=tuple(happened))

    @property
    def stage(self) -> str:
        """Where the matter ends up, named as the loop names its stages."""
        stage = "received"
        for step in self.steps:
            unhappy = step.do == "rate" and step.stars < SATISFIED_FROM
            stage = "owned" if unhappy else _AFTER.get(step.do, stage)
        return stage

    @property
    def rounds(self) -> int:
        """How often it went round."""
        again = [
            s
            for s in self.steps
            if s.do == "reopen" or (s.do == "rate" and s.stars < SATISFIED_FROM)
        ]
        return 1 + len(again)


_AFTER = {
    "take": "owned",
    "reassign": "received",
    "answer": "answered",
    "close": "closed",
    "rate": "rated",
    "reopen": "owned",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "merge": "merged",
}

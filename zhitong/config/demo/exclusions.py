"""A few matters that somebody wants left out of the rates: yes, no, and not decided yet."""

from collections.abc import Sequence
from uuid import UUID

from zhitong.config.demo.founding import Serving
from zhitong.config.demo.history import PlannedMatter
from zhitong.config.demo.phrases import data
from zhitong.kernel.scope import acting
from zhitong.loop.actions import decide_exclusion, propose_exclusion

PROPOSE = "loop.propose_exclusion"
DECIDER = "sunwei"
EVERY = 9
"""Far enough apart that they lie in several places and months."""


def leave_out(serving: Serving, ids: dict[str, UUID], matters: Sequence[PlannedMatter]) -> None:
    """Propose what the texts say, each by whoever had the matter in hand, and decide it."""
    hands = [(matter, _hand(matter)) for matter in matters if matter.stage in {"closed", "rated"}]
    fitting = [
        (matter, hand)
        for matter, hand in hands
        if hand not in {"", DECIDER} and PROPOSE in serving.scope_of(hand).permits
    ]
    for (matter, hand), told in zip(
        fitting[::EVERY], data("exclusions")["exclusion"], strict=False
    ):
        with acting(serving.scope_of(hand)):
            proposal = propose_exclusion(id=ids[matter.external_id], reason=told["reason"])
        if "accepted" in told:
            with acting(serving.scope_of(DECIDER)):
                decide_exclusion(id=proposal, accepted=told["accepted"], answer=told["answer"])


def _hand(matter: PlannedMatter) -> str:
    """Who took it in hand last."""
    return next((step.by for step in reversed(matter.steps) if step.do == "take"), "")

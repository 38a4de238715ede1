"""What the resident whom visitors sign in as has asked for about their data: open, and answered."""

from collections.abc import Sequence
from uuid import UUID

from zhitong.config.demo.founding import Serving, scope_of_resident
from zhitong.config.demo.history import PlannedMatter
from zhitong.config.demo.people import SIGN_IN_RESIDENT
from zhitong.config.demo.phrases import data
from zhitong.kernel.rights.actions import ask, decide
from zhitong.kernel.scope import acting
from zhitong.loop.models import target_of

DECIDER = "sunwei"


def ask_about_data(
    serving: Serving, ids: dict[str, UUID], matters: Sequence[PlannedMatter]
) -> None:
    """One request for each of the resident's own matters that has ended, as far as they go."""
    ended = [
        one
        for one in matters
        if one.resident == SIGN_IN_RESIDENT
        and one.channel == "web"
        and one.stage in {"closed", "rated"}
    ]
    for matter, told in zip(ended, data("requests")["request"], strict=False):
        with acting(scope_of_resident(serving.resident)):
            row = ask(
                target=target_of(ids[matter.external_id]), kind=told["kind"], words=told["words"]
            )
        if "answer" in told:
            with acting(serving.scope_of(DECIDER)):
                decide(id=row.pk, granted=True, answer=told["answer"])

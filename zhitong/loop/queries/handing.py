"""Whether a matter is with another line."""

from zhitong.loop.domain import Verb
from zhitong.loop.domain.handing import Handed, out_with
from zhitong.loop.models import Matter, Step


def handed(matter: Matter) -> Handed | None:
    """Where it was handed over to, or None while nobody else has it. One query."""
    steps = Step.objects.filter(matter=matter, verb__in=(Verb.HAND_OVER, Verb.TAKE_BACK))
    return out_with(steps.order_by("at", "id").values_list("verb", "at", "data"))

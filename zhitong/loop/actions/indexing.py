"""Keeping what a matter can be found by beside it, in the transaction that changes it."""

from zhitong.loop.domain import Verb
from zhitong.loop.models import Matter, MatterWords, Step

INDEXED = 200


def index_new(matter: Matter) -> None:
    """Write the searchable words of a matter on whose timeline nothing has been said yet."""
    MatterWords.write(owner=matter.pk, texts=(matter.code, matter.words))


def index(matter: Matter) -> None:
    """Write the searchable words of a matter: its code, its words, its public steps.

    Sealed fields and internal notes are left out: whoever finds a row by a word learns that the
    word is there. So is what was passed on from another matter: it is found there.
    """
    steps = Step.objects.filter(matter=matter, public=True).exclude(text="")
    steps = steps.exclude(verb=Verb.TOLD)
    said = steps.order_by("at", "id").values_list("text", flat=True)[:INDEXED]
    MatterWords.write(owner=matter.pk, texts=(matter.code, matter.words, *said))

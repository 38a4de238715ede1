"""Residents who signed in with their phone."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7


def new_key() -> str:
    """A new resident's key, as it appears in reaches and on matters."""
    return str(uuid7())


class Resident(Guarded):
    """A phone that proved itself: that is all we keep of its owner here.

    ``path`` is always empty: no officer reaches residents by area. The row opens to its owner,
    and to whoever holds the blind index of a number that was just proved by a one-time code.
    """

    GUARD = Guard(path="path", own="key", link="phone_index")

    key = models.CharField(primary_key=True, max_length=36, default=new_key, editable=False)
    path = PlainField(max_length=64, default="", editable=False)
    phone = SealedField(kind="phone")
    phone_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(path=""), name="identity_resident_is_nowhere"
            ),
        ]

    def __str__(self) -> str:
        return self.key

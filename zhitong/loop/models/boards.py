"""What stood open at the end of each day, township by township."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.guarded import Guard, Guarded


class BoardDay(Guarded):
    """How many matters of a township were open, late and at risk, at the last count of a day.

    Sums without a person in them. The row of today is written anew every minute.
    """

    GUARD = Guard(path="town")

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    town = PlainField(max_length=20)
    open = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    risk = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["day", "town"], name="loop_board_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.town}"

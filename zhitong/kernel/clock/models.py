"""Days that are worked, or not, against the general rule."""

from django.db import models


class DayException(models.Model):
    """One day that this county works, or is free, whatever the calendar package says.

    Fills the gap until a new year's notice is known and carries local decisions, such as a
    snow day.
    """

    day = models.DateField(primary_key=True, help_text="The day, in the county's zone.")
    working = models.BooleanField(help_text="Whether it is worked.")
    name = models.CharField(max_length=60, help_text="The occasion, as people call it.")
    source = models.CharField(max_length=200, help_text="Who decided, and in which notice.")

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

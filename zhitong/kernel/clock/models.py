"""Days that are worked, or not, against the general rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayException(models.Model):
    """One day that this county works, or is free, whatever the calendar package says.

    Fills the gap until a new year's notice is known and carries local decisions, such as a
    snow day.
    """

    day = models.DateField(_("day"), primary_key=True)
    working = models.BooleanField(_("worked"))
    name = models.CharField(_("name"), max_length=60)
    source = models.CharField(_("decided by"), max_length=200)

    class Meta:
        verbose_name = _("day exception")
        verbose_name_plural = _("day exceptions")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

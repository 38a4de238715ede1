"""What was heard. Deliberately without a unique key: a doubled delivery must show."""

from typing import ClassVar

from django.db import models


class Heard(models.Model):
    """One effect of one delivery."""

    objects: ClassVar[models.Manager["Heard"]] = models.Manager()

    matter = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.matter

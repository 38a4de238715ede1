"""What was heard. Deliberately without a unique key: a doubled delivery must show."""

from django.db import models


class Heard(models.Model):
    """One effect of one delivery."""

    matter = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.matter

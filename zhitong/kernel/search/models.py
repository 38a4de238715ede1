"""Where tokens are kept."""

from typing import Any, Self, cast

from django.db import models

from zhitong.kernel.search.domain import tokens
from zhitong.kernel.search.fields import TokensField


class Words(models.Model):
    """The searchable words of one row of another model, kept beside it.

    A subclass adds ``owner``, a OneToOneField with CASCADE and a ``related_name``, so that
    the words go when the row goes. There is no ``objects``: the words of a guarded row are
    as private as the row, so they are asked only through it (``queries.matching``).
    """

    id = models.BigAutoField(primary_key=True)
    tokens = TokensField()
    owner_id: Any

    rows = models.Manager[Self]()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"words {self.pk}"

    @classmethod
    def write(cls, *, owner: object, texts: tuple[str, ...]) -> None:
        """Store the words of the owning row (its primary key), replacing earlier ones.

        For actions, in the transaction that writes the row. Never pass sealed or confidential
        fields: whoever may find a row by a word learns that the word is there.
        """
        row = cast("Self", cls(tokens=tokens("\n".join(texts))))
        row.owner_id = owner
        cls.rows.bulk_create(
            [row], update_conflicts=True, unique_fields=["owner"], update_fields=["tokens"]
        )

"""The model field for personal data that the database must not show."""

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from zhitong.kernel.crypto.masks import MASKS
from zhitong.kernel.crypto.sealed import Sealed

Taken_contra = TypeVar("Taken_contra", contravariant=True)
Given_co = TypeVar("Given_co", covariant=True)

if TYPE_CHECKING:

    class SealedColumn(models.Field[Taken_contra, Given_co]):
        _pyi_private_set_type: str | Sealed
        _pyi_private_get_type: Sealed

else:

    class SealedColumn(models.BinaryField):
        """A bytes column that may be named with type arguments, as the stubs do."""

        def __class_getitem__(cls, _: object) -> type[models.BinaryField]:
            return cls


class SealedAttribute(DeferredAttribute):
    """Gives out the row's value bound to its row; takes a text or a Sealed of the same row."""

    field: "SealedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        held = super().__get__(instance, cls)
        if instance is None or not isinstance(held, Sealed):
            return held
        return held.at(self.field.place(instance.pk))

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self.field.taken(value)


class SealedField(SealedColumn[Taken_contra, Given_co]):
    """Text kept as an AES-256-GCM box that opens only in its own row and column.

    Assign a string and save; what is read back is a Sealed, which shows a mask. ``kind`` is one
    of phone, id_number, name or generic and chooses the mask. An empty string is stored as
    NULL. The box is bound to the model's label, the field's name and the primary key: renaming
    any of them needs a data migration, and the key must be known before the row is saved.
    Sealed columns cannot be searched; keep a ``blind_index`` beside them for that.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, kind: str = "generic", **kwargs: Any) -> None:
        if kind not in MASKS:
            raise ValueError(f"no mask for {kind!r}")
        self.kind = kind
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "kind": self.kind}

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if isinstance(self.model._meta.pk, models.AutoField):
            hint = "Give the model a UUID primary key with default=uuid7."
            found.append(checks.Error("A sealed field binds to its row's id.", hint=hint, obj=self))
        return found

    def place(self, pk: object) -> str:
        """The context that a box of this field is bound to, or '' while the row has no id."""
        meta = self.model._meta
        return "" if pk is None else f"{meta.label_lower}.{self.name}:{meta.pk.to_python(pk)}"

    def taken(self, value: object) -> object:
        """What an assignment to the field puts into the row."""
        if value is None or value in ("", b""):
            return None
        if isinstance(value, str):
            return Sealed(kind=self.kind, text=value)
        if isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        raise TypeError(f"{self.name} takes a text")

    def from_db_value(self, value: Any, *_: object) -> Sealed | None:
        """A box fresh from the database; it learns its row from the attribute."""
        return None if value is None else Sealed(kind=self.kind, box=bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("a sealed value is written through its row, never by update()")
        return value.boxed()

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise TypeError("a sealed value is never serialised")

"""A value that hides itself: printing, formatting or logging it shows a mask, never the text."""

from typing import NoReturn, Self

from django.utils.crypto import constant_time_compare
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.boxes import Unreadable, key_id, open_sealed, seal
from zhitong.kernel.crypto.masks import HIDDEN, MASKS


class Sealed:
    """A sealed text, or one about to be sealed, and where it belongs.

    Only ``zhitong.kernel.reveal`` shows the text, for a purpose and with an audit entry. A
    Sealed cannot be pickled, serialised to JSON, compared or measured.
    """

    __slots__ = ("_box", "_kind", "_place", "_text")

    def __init__(self, *, kind: str, text: str = "", box: bytes = b"", place: str = "") -> None:
        if bool(text) == bool(box):
            raise ValueError("either a text or a box, and not an empty one")
        self._kind = kind
        self._text = text
        self._box = box
        self._place = place

    @property
    def place(self) -> str:
        """Model, field and row this belongs to, or '' while it belongs nowhere."""
        return self._place

    def at(self, place: str) -> Self:
        """This value as belonging to ``place``. Raises TypeError if it belongs elsewhere."""
        if self._place == place:
            return self
        if self._place:
            raise TypeError("a sealed value cannot be copied to another row: reveal it instead")
        return type(self)(kind=self._kind, text=self._text, box=self._box, place=place)

    @sensitive_variables()
    def boxed(self) -> bytes:
        """The box to store. Raises TypeError without a place, Unreadable if it fits no more."""
        if not self._place:
            raise TypeError("a sealed value is written through its row, never by update()")
        if self._box:
            open_sealed(self._box, context=self._place.encode())
            return self._box
        return seal(self._text.encode("utf-8"), context=self._place.encode())

    @property
    def key(self) -> str:
        """The id of the key that sealed this, or '' before it is stored."""
        return key_id(self._box) if self._box else ""

    @property
    def mask(self) -> str:
        """What may be seen of it: ``138****5678``."""
        try:
            return MASKS[self._kind](unsealed(self))
        except Unreadable:
            return HIDDEN

    def __str__(self) -> str:
        return self.mask

    def __repr__(self) -> str:
        return f"<Sealed {self.mask}>"

    def __format__(self, spec: str) -> str:
        return format(self.mask, spec)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a sealed value is never serialised")

    def __getstate__(self) -> NoReturn:
        raise TypeError("a sealed value is never serialised")


@sensitive_variables()
def unsealed(sealed: Sealed) -> str:
    """The text itself, for ``kernel.reveal`` and for machinery that uses it without showing it.

    A test lists who may call this. Raises Unreadable.
    """
    text, box, place = sealed._text, sealed._box, sealed._place  # noqa: SLF001
    return text or open_sealed(box, context=place.encode()).decode("utf-8")


@sensitive_variables()
def holds(sealed: Sealed | None, text: str) -> bool:
    """Whether this is what is sealed; '' stands for nothing sealed. It says no more than that.

    For whoever sends something again: they know the text, and learn only that it is the same.
    Raises Unreadable.
    """
    return constant_time_compare(unsealed(sealed) if sealed else "", text)

"""What may be seen of a sealed value without a purpose."""

from collections.abc import Callable

HIDDEN = "****"


def _phone(text: str) -> str:
    return f"{text[:3]}{HIDDEN}{text[-4:]}" if len(text) >= 11 else HIDDEN


def _id_number(text: str) -> str:
    return f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}" if len(text) >= 15 else HIDDEN


def _name(text: str) -> str:
    return f"{text[:1]}**" if len(text) >= 2 else HIDDEN


def _all(text: str) -> str:
    return HIDDEN


MASKS: dict[str, Callable[[str], str]] = {
    "phone": _phone,
    "id_number": _id_number,
    "name": _name,
    "generic": _all,
}

"""One message about several things becomes several matters, each with its words."""

from uuid import UUID

FEWEST, MOST = 2, 9
"""Matters that a message is split into; the first one is the message itself."""

MARK = "split:"


def part_id(origin: UUID, number: int) -> str:
    """What the door calls part ``number`` of a matter: the same for the same part, always."""
    return f"{MARK}{origin.hex}:{number}"


def origin_of(external_id: str) -> UUID | None:
    """The matter that one with this external id was split from, or None."""
    hexadecimal = external_id.removeprefix(MARK).partition(":")[0]
    if not external_id.startswith(MARK) or len(hexadecimal) != 32:
        return None
    try:
        return UUID(hexadecimal)
    except ValueError:
        return None

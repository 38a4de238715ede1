"""A small invented world that the crafted mails speak to: matters, addresses, ids and codes."""

from dataclasses import dataclass

from zhitong.kernel.crypto.codes import ALPHABET, grouped
from zhitong.kernel.mail.letter import Letter
from zhitong.kernel.mail.placing import Found, Place, place
from zhitong.kernel.mail.reading import read

HOST = "zhitong.example"
OWN = "say@zhitong.example"


@dataclass(frozen=True)
class Known:
    """A matter that came in by mail."""

    id: str
    address: str
    sent: str
    received: str
    tracking: str
    staff: str


def _code(number: int, length: int) -> str:
    letters = "".join(
        ALPHABET[(number * 7 + at * 11 + at * at * number) % 32] for at in range(length)
    )
    return grouped(letters)


MATTERS = [
    Known(
        id=f"matter-{number}",
        address=f"resident{number}@mail.example",
        sent=f"{number:040x}@{HOST}",
        received=f"first.{number}@mail.example",
        tracking=_code(number, 16),
        staff=_code(number + 100, 8),
    )
    for number in range(1, 13)
]
FOUND = Found(
    references={id: one.id for one in MATTERS for id in (one.sent, one.received)},
    tracking={one.tracking: one.id for one in MATTERS},
    staff={one.staff: one.id for one in MATTERS},
    speaks=lambda matter, address: any(
        one.id == matter and one.address == address for one in MATTERS
    ),
)


def received(raw: bytes) -> Letter:
    """The letter as our door reads it."""
    return read(raw, own=[OWN], host=HOST)


def placed(raw: bytes) -> Place:
    """Where it ends."""
    return place(received(raw), FOUND)

"""Checkpoints: signed tree heads as text (C2SP tlog-checkpoint in a C2SP signed note).

zhitong-audit/371403            name of the log
1284                            entries in it
pFxv…=                          root of the tree over them, Base64
at 1764000000000000             when it was signed, microseconds since 1970 in UTC
restored 1310                   only after a declared restore: entries there had been

— zhitong-audit/371403 k3Y…=    Base64 of key id (4 bytes) and Ed25519 signature (64)
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

SIGNATURE = "— "
ED25519 = b"\x01"


class BadNote(ValueError):
    """Not a checkpoint of this log, or not as it was signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """After ``size`` entries the root was ``root``. ``lost`` is set by a declared restore."""

    origin: str
    size: int
    root: bytes
    at_us: int
    lost: int | None = None

    def text(self) -> str:
        """The lines that are signed."""
        restored = "" if self.lost is None else f"restored {self.lost}\n"
        root = base64.b64encode(self.root).decode("ascii")
        return f"{self.origin}\n{self.size}\n{root}\nat {self.at_us}\n{restored}"


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of the log's signing key."""

    name: str
    key: Ed25519PublicKey

    @property
    def id(self) -> bytes:
        """Key id of C2SP signed notes."""
        raw = self.key.public_bytes_raw()
        return sha256(self.name.encode() + b"\n" + ED25519 + raw).digest()[:4]

    def __str__(self) -> str:
        raw = base64.b64encode(ED25519 + self.key.public_bytes_raw()).decode("ascii")
        return f"{self.name}+{self.id.hex()}+{raw}"

    def open(self, note: str) -> Checkpoint:
        """The checkpoint in a note. Raises BadNote unless this key signed exactly this."""
        text, _mark, last = note.rpartition(f"\n{SIGNATURE}{self.name} ")
        try:
            signed = base64.b64decode(last.removesuffix("\n"), validate=True)
            self.key.verify(signed[4:], text.encode())
        except (InvalidSignature, ValueError) as error:
            raise BadNote("the signature does not fit") from error
        checkpoint = _parse(text)
        if signed[:4] != self.id or checkpoint.origin != self.name or checkpoint.text() != text:
            raise BadNote("signed, but not a checkpoint of this log")
        return checkpoint


@dataclass(frozen=True, slots=True)
class Signer:
    """The secret half."""

    name: str
    key: Ed25519PrivateKey

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        text = checkpoint.text()
        signed = Verifier(self.name, self.key.public_key()).id + self.key.sign(text.encode())
        return f"{text}\n{SIGNATURE}{self.name} {base64.b64encode(signed).decode('ascii')}\n"


def split(text: str) -> Iterator[str]:
    """The notes in a file that holds one after the other; a torn last one is left out."""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        if line.startswith(SIGNATURE) and line.endswith("\n"):
            yield "".join(lines)
            lines.clear()


def _parse(text: str) -> Checkpoint:
    try:
        origin, size, root, at, *more = text.splitlines()
        lost = int(more[0].removeprefix("restored ")) if more else None
        at_us = int(at.removeprefix("at "))
        return Checkpoint(origin, int(size), base64.b64decode(root, validate=True), at_us, lost)
    except (ValueError, IndexError) as error:
        raise BadNote("not a checkpoint") from error

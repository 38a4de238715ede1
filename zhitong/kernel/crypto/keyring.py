"""The keys of one instance: one file, made on the first start, readable by its owner only.

The key that signs cookies is not among them; the settings keep it in a file beside this one.

Losing the file means losing every sealed value; copying it means reading them. It is backed up
apart from the database.
"""

import base64
import fcntl
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from zhitong.kernel.clock.port import now

FILE = "keyring.json"
PURPOSES = ("index", "tracking", "audit-seal", "audit-sign")
KEY_BYTES = 32
Stored = dict[str, Any]
T = TypeVar("T")


class KeyTrouble(RuntimeError):
    """The keys cannot be used. The message says which file and what to do, never a key."""


@dataclass(frozen=True, slots=True, repr=False)
class SealKey:
    """One version of the key that seals fields."""

    id: str
    made_at: datetime
    cipher: AESGCM


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """Every key, by purpose. ``active`` is the id of the seal key that new values get."""

    active: str
    seals: dict[str, SealKey]
    purposes: dict[str, bytes] = field(default_factory=dict)

    ID_BYTES: ClassVar[int] = 4

    def __repr__(self) -> str:
        return f"<KeyRing active={self.active} of {len(self.seals)}>"

    def purpose(self, name: str) -> bytes:
        """The 32-byte key for one of PURPOSES. Raises KeyTrouble for an unknown name."""
        try:
            return self.purposes[name]
        except KeyError:
            raise KeyTrouble(f"there is no key for the purpose {name!r}") from None

    def derived(self, name: str, length: int = KEY_BYTES) -> bytes:
        """A key for a purpose that came after the file of keys was made (HKDF, RFC 5869).

        It changes when the signing key of the audit log does; nothing is learnt of that from it.
        """
        root = self.purpose("audit-sign")
        info = f"zhitong {name}".encode()
        return HKDF(hashes.SHA256(), length, salt=None, info=info).derive(root)

    @property
    def audit_signer(self) -> Ed25519PrivateKey:
        """The key that signs the checkpoints of the audit log (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self.purpose("audit-sign"))


_held: dict[Path, tuple[tuple[int, int, int], KeyRing]] = {}


def keyring() -> KeyRing:
    """The keys of this instance, read again as soon as their file changes."""
    return ring_in(Path(settings.DATA) / "keys")


def ring_in(folder: Path) -> KeyRing:
    """The keys kept in ``folder``, made if there are none yet.

    Raises KeyTrouble when the file is damaged or open to other users of the machine.
    """
    path = folder / FILE
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        _create(path)
        about = path.stat()
    stamp = (about.st_ino, about.st_mtime_ns, about.st_size)
    known = _held.get(path)
    if known is None or known[0] != stamp:
        known = _held[path] = (stamp, _load(path, about.st_mode))
    return known[1]


def add_seal_key(folder: Path) -> str:
    """Make a new seal key, let it be the active one, and return its id."""

    def add(stored: Stored) -> str:
        identifier = _fresh_id(stored["seal"])
        stored["seal"][identifier] = _new_seal()
        stored["active"] = identifier
        return identifier

    return _change(folder, add)


def retire_seal_keys(folder: Path, unused: set[str], *, grace: timedelta) -> list[str]:
    """Destroy the seal keys named in ``unused`` and return the ids that went.

    The active key always stays. Nothing goes before ``grace`` has passed since the active key
    was made: a transaction that began before may still be writing with the older one.
    """

    def retire(stored: Stored) -> list[str]:
        since = datetime.fromisoformat(stored["seal"][stored["active"]]["made_at"])
        if now() - since < grace:
            return []
        gone = sorted((unused & set(stored["seal"])) - {stored["active"]})
        for identifier in gone:
            del stored["seal"][identifier]
        return gone

    return _change(folder, retire)


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _new_seal() -> dict[str, str]:
    return {"key": _new_key(), "made_at": now().isoformat(timespec="microseconds")}


def _fresh_id(taken: dict[str, Any]) -> str:
    while (identifier := secrets.token_hex(KeyRing.ID_BYTES)) in taken:
        continue
    return identifier


def _create(path: Path) -> None:
    """Make the first keys. Of several processes starting at once, one wins and all agree."""
    first = _fresh_id({})
    stored: Stored = {
        "version": 1,
        "active": first,
        "seal": {first: _new_seal()},
        "purpose": {name: _new_key() for name in PURPOSES},
    }
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = _write_beside(path, stored)
    except OSError as error:
        raise KeyTrouble(f"cannot make keys in {path.parent}: {error.strerror}") from error
    try:
        os.link(written, path)
    except FileExistsError:
        return
    finally:
        written.unlink()


def _write_beside(path: Path, stored: Stored) -> Path:
    handle, name = tempfile.mkstemp(prefix=".keyring-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(stored, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _load(path: Path, mode: int) -> KeyRing:
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyTrouble(f"{path} is open to other users: run chmod 600 on it")
    try:
        stored = json.loads(path.read_text("ascii"))
        seals = {
            identifier: SealKey(
                identifier,
                datetime.fromisoformat(one["made_at"]),
                AESGCM(_key(one["key"])),
            )
            for identifier, one in stored["seal"].items()
        }
        purposes = {name: _key(stored["purpose"][name]) for name in PURPOSES}
        seals[stored["active"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyTrouble(f"{path} is damaged: put its backup copy back") from None
    except OSError as error:
        raise KeyTrouble(f"cannot read {path}: {error.strerror}") from error
    return KeyRing(stored["active"], seals, purposes)


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("wrong key length")
    return key


def _change(folder: Path, change: Callable[[Stored], T]) -> T:
    path = folder / FILE
    ring_in(folder)
    with _locked(folder):
        stored: Stored = json.loads(path.read_text("ascii"))
        result = change(stored)
        _write_beside(path, stored).replace(path)
        return result


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

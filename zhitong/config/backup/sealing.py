"""The folder of keys as one file, sealed by a passphrase.

The passphrase is stretched with scrypt (RFC 7914; N=2^17, r=8, p=1: 128 MB and about half a
second) and seals with AES-256-GCM. Layout: magic, salt (16 bytes), nonce (12), sealed tar.
"""

import hashlib
import io
import os
import tarfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from zhitong.config.obstacles import Obstacle
from zhitong.kernel.crypto.keyring import ring_in

MAGIC = b"zhitong-keys-1\n"
SALT, NONCE = 16, 12
SHORTEST = 12  # characters of a passphrase


def passphrase_in(file: Path) -> str:
    """The first line of a file. Raises Obstacle when it is too short to protect anything."""
    text = file.read_text("utf-8").splitlines()[:1]
    if not text or len(text[0]) < SHORTEST:
        raise Obstacle(f"the passphrase in {file} needs at least {SHORTEST} characters")
    return text[0]


def fingerprint(keys: Path) -> str:
    """Which keys these are, told without telling any of them: the log's public key, hashed."""
    public = ring_in(keys).audit_signer.public_key().public_bytes_raw()
    return hashlib.sha256(public).hexdigest()[:16]


def seal(keys: Path, passphrase: str) -> bytes:
    """Everything in the folder of keys, readable with the passphrase only."""
    ring_in(keys)  # makes the keys of an instance that has needed none so far
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(path for path in keys.iterdir() if path.is_file()):
            tar.add(path, path.name)
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    sealed = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, packed.getvalue(), MAGIC)
    return MAGIC + salt + nonce + sealed


def unseal(data: bytes, passphrase: str, keys: Path) -> None:
    """Write the keys into a folder. Raises Obstacle for a wrong passphrase."""
    rest = data.removeprefix(MAGIC)
    salt, nonce, sealed = rest[:SALT], rest[SALT : SALT + NONCE], rest[SALT + NONCE :]
    try:
        packed = AESGCM(_stretch(passphrase, salt)).decrypt(nonce, sealed, MAGIC)
    except (InvalidTag, ValueError) as error:
        raise Obstacle("the passphrase does not open the keys of this backup") from error
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(keys, filter="data")
    for path in keys.iterdir():
        path.chmod(0o600)


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode())

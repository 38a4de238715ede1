"""What the audit log needs of the key ring: a seal key, a signing key and a public name."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from zhitong.kernel.audit.notes import Signer, Verifier
from zhitong.kernel.crypto.keyring import keyring


def origin() -> str:
    """The name of this log in its checkpoints: one log per county instance."""
    return f"zhitong-audit/{settings.COUNTY}"


def seal_key() -> bytes:
    """The secret with which the sequencer seals entries."""
    return keyring().purpose("audit-seal")


def signer() -> Signer:
    """Signs checkpoints in the name of this log."""
    key: Ed25519PrivateKey = keyring().audit_signer
    return Signer(origin(), key)


def verifier() -> Verifier:
    """Checks what ``signer`` signed; its text form is safe to publish."""
    return Verifier(origin(), keyring().audit_signer.public_key())

"""The key of the county's warnings, made from the key ring, and the certificate for it."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhitong.kernel.crypto.keyring import keyring

LASTS = timedelta(days=3 * 365)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (NIST SP 800-186 §3.2.1.3): private keys are 1 to this less one."""


def signing_key() -> ec.EllipticCurvePrivateKey:
    """Always the same for the same key ring; nothing of it is kept elsewhere."""
    seed = keyring().derived("cap-signature", 48)
    number = int.from_bytes(seed, "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def new_certificate(name: str, at: datetime) -> x509.Certificate:
    """A certificate in the county's own name; readers learn it from the page of warnings."""
    key = signing_key()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )

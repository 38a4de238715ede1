"""A passkey in software: P-256, no attestation, a counter (W3C Web Authentication §6)."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData


@dataclass
class SoftKey:
    """One authenticator that holds one credential."""

    origin: str = "http://localhost"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    count: int = 1

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer a registration."""
        asked = options["publicKey"]
        attested = AttestedCredentialData.create(
            b"\0" * 16, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(asked["rp"]["id"], 0x41, attested)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {
                "clientDataJSON": websafe_encode(self._client_data("webauthn.create", asked)),
                "attestationObject": websafe_encode(attestation),
            }
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer a question for proof."""
        asked = options["publicKey"]
        self.count += 1
        data = self._data(asked["rpId"], 0x01)
        said = self._client_data("webauthn.get", asked)
        signed = self.key.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(said),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signed),
            }
        )

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        identifier = websafe_encode(self.credential_id)
        return {"id": identifier, "rawId": identifier, "type": "public-key", "response": response}

    def _client_data(self, kind: str, asked: dict[str, Any]) -> bytes:
        challenge = websafe_encode(websafe_decode(asked["challenge"]))
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _data(self, rp_id: str, flags: int, attested: bytes = b"") -> bytes:
        flag = AuthenticatorData.FLAG(flags)
        digest = sha256(rp_id.encode()).digest()
        return bytes(AuthenticatorData.create(digest, flag, self.count, attested))

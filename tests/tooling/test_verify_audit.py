"""The second verifier of the audit log: alone, small, and right about signatures."""

import ast
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tools import verify_audit

SOURCE = Path(verify_audit.__file__)

# RFC 8032 §7.1, tests 1 to 3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


def test_published_signatures():
    for public, message, box in VECTORS:
        parts = [bytes.fromhex(text) for text in (public, message, box)]
        assert verify_audit.signed(*parts)
        assert not verify_audit.signed(parts[0], parts[1] + b"x", parts[2])


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_it_agrees_about_any_signature(secret, message, bit):
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, box = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify_audit.signed(public, message, box)
    wrong = bytearray(box)
    wrong[bit // 8] ^= 1 << bit % 8
    try:
        assert not verify_audit.signed(public, message, bytes(wrong))
    except ValueError as error:
        assert "point" in str(error)


def test_it_is_short_and_needs_nothing_but_python():
    text = SOURCE.read_text("utf-8")
    assert len(text.splitlines()) < 200
    for node in ast.walk(ast.parse(text)):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(name.partition(".")[0] in sys.stdlib_module_names for name in names)


def test_it_runs_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", str(SOURCE), str(tmp_path), str(SOURCE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "entries.jsonl" in done.stderr

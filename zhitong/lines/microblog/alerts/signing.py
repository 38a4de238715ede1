"""Who says so: an enveloped XML signature on a CAP document.

ECDSA on P-256 with SHA-256 (XML Signature 1.1), by a certificate of the county's own, whose
fingerprint is public. A signature tells that a document was not altered on its way; whose key it
is, a reader has to have learnt elsewhere.
"""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from zhitong.lines.microblog.alerts.domain import Alert
from zhitong.lines.microblog.alerts.reading import alert_of, tree_of
from zhitong.lines.microblog.alerts.writing import Element, document, write

METHODS = frozenset(
    {SignatureMethod.ECDSA_SHA256, SignatureMethod.ECDSA_SHA384, SignatureMethod.RSA_SHA256}
)
EXPECTED = SignatureConfiguration(
    location="./",
    signature_methods=METHODS,
    digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384}),
)
"""One signature, right below the alert; nothing with SHA-1, as old alerts have it."""


class Forged(ValueError):
    """The document is not what the holder of that certificate signed."""


def signed(alert: Alert, key: EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    """The alert as a signed document."""
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.ECDSA_SHA256, digest_algorithm=DigestAlgorithm.SHA256
    )
    root: Element = signer.sign(write(alert), key=key, cert=[certificate])
    return document(root)


def read_signed(data: bytes, certificate: x509.Certificate) -> Alert:
    """The alert that the holder of the certificate signed: what is signed, and nothing beside it.

    Raises Unreadable for what is no alert, Forged for what was not signed so.
    """
    tree_of(data)
    try:
        found = XMLVerifier().verify(data, x509_cert=certificate, expect_config=EXPECTED)
    except (SignXMLException, ValueError, etree.LxmlError) as problem:
        raise Forged(str(problem)) from problem
    one = found[0] if isinstance(found, list) else found
    return alert_of(tree_of(one.signed_data))

"""Warnings to test with, all invented, and certificates that last an hour."""

from datetime import UTC, datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhitong.lines.microblog.alerts.domain import (
    Alert,
    Category,
    Certainty,
    Info,
    MessageType,
    Place,
    Point,
    Reach,
    ResponseType,
    Severity,
    Status,
    Urgency,
)

HERE = timezone(timedelta(hours=8))
SENT = datetime(2026, 7, 12, 16, 20, tzinfo=HERE)
SQUARE = (Point(37.3, 116.5), Point(37.3, 116.6), Point(37.4, 116.6), Point(37.4, 116.5))
TOWN = Place("糜镇", polygons=((*SQUARE, SQUARE[0]),), geocodes=(("GB/T 2260", "371403102"),))
CHINESE = Info(
    language="zh-CN",
    categories=(Category.SAFETY,),
    event="电信诈骗",
    responses=(ResponseType.AVOID, ResponseType.MONITOR),
    urgency=Urgency.IMMEDIATE,
    severity=Severity.SEVERE,
    certainty=Certainty.OBSERVED,
    effective_at=SENT,
    expires_at=SENT + timedelta(days=3),
    sender_name="陵城公安",
    headline="有人冒充社保工作人员要求转账",
    description="今天我区接到多起来电，对方自称社保工作人员，要求把钱转到“安全账户”。",
    instruction="不要转账，不要说出验证码；已经转账的，马上拨打110。",
    web="https://example.org/alerts/1",
    contact="110",
    places=(TOWN,),
)
ENGLISH = Info(
    language="en",
    categories=(Category.SAFETY,),
    event="telephone fraud",
    responses=(ResponseType.AVOID, ResponseType.MONITOR),
    urgency=Urgency.IMMEDIATE,
    severity=Severity.SEVERE,
    certainty=Certainty.OBSERVED,
    effective_at=SENT,
    expires_at=SENT + timedelta(days=3),
    sender_name="Lingcheng Police",
    headline="Callers who claim to be from social security ask for money",
    description="Several people were called today and told to move money to a safe account.",
    instruction="Do not send money or codes. If you have, call 110 at once.",
    web="https://example.org/alerts/1",
    contact="110",
    places=(Place("Mizhen", geocodes=(("GB/T 2260", "371403102"),)),),
)
WARNING = Alert(
    identifier="2.49.0.1.156.371403.2026.1",
    sender="lingcheng@example.org",
    sent_at=SENT,
    status=Status.ACTUAL,
    type=MessageType.ALERT,
    reach=Reach.PUBLIC,
    infos=(CHINESE, ENGLISH),
)


def certificate() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A key and a certificate of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "zhitong test")])
    start = datetime.now(UTC) - timedelta(minutes=5)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    return key, made

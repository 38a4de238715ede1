"""Writing down an act, in the transaction that makes it true."""

import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import connection

from zhitong.kernel.audit.record import SALT_BYTES, SEPARATOR, leaf_of
from zhitong.kernel.clock.port import now
from zhitong.kernel.ids import uuid7

LINE_LENGTH: Final = 300
DETAILS_LENGTH: Final = 4000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_INSERT = (
    "INSERT INTO audit_entry (id, at_us, action, actor, label, target, path, purpose, details, "
    "salt, leaf, seal) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def microseconds(instant: datetime) -> int:
    """The instant as whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(at_us: int) -> datetime:
    """The reverse of ``microseconds``."""
    return _EPOCH + at_us * _MICROSECOND


def stored_id(entry: UUID) -> str | UUID:
    """The identifier as this database keeps it."""
    return entry if connection.features.has_native_uuid_field else entry.hex


def append(
    *,
    action: str,
    actor: str,
    label: str,
    target: str,
    path: str,
    purpose: str,
    details: Mapping[str, object],
) -> UUID:
    """Write one entry and return its id. One INSERT; no waiting for other writers.

    Lines are shortened to 300 characters and details to 4 kB of JSON: an act never fails
    because it is hard to describe. Raises RuntimeError outside a transaction, because an entry
    that outlives a rolled-back act, or the reverse, would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append() outside a transaction")
    entry = uuid7()
    lines = [_line(value) for value in (action, actor, label, target, path, purpose)]
    body: list[str | int] = [microseconds(now()), *lines, _compact(details)]
    salt = secrets.token_bytes(SALT_BYTES)
    leaf = leaf_of(salt, SEPARATOR.join([entry.hex, *map(str, body)]).encode())
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [stored_id(entry), *body, salt, leaf, b""])
    return entry


def _line(text: str) -> str:
    clean = _UNFIT.sub("\ufffd", text)
    return clean if len(clean) <= LINE_LENGTH else clean[: LINE_LENGTH - 1] + "…"


def _compact(details: Mapping[str, object]) -> str:
    text = json.dumps(
        details, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str
    )
    clean = _UNFIT.sub("\ufffd", text)
    if len(clean) <= DETAILS_LENGTH:
        return clean
    digest = sha256(clean.encode()).hexdigest()
    return json.dumps({"too_long": len(clean), "sha256": digest}, separators=(",", ":"))

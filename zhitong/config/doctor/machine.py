"""The machine and the folder: disk, clock, keys, built assets, backups."""

import shutil
import stat
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils import timezone

from zhitong.config.doctor.findings import Finding, bad, look, ok
from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.bus.models import Event
from zhitong.kernel.crypto.keyring import keyring

ROOM = 200 * 2**20  # bytes
SOME_ROOM = 2 * 2**30  # bytes
SKEW = 2.0  # seconds
BACKUP_AGE = timedelta(days=2)


def findings() -> Iterator[Finding]:
    """Everything about the machine."""
    yield _disk()
    yield _clock()
    yield _keys()
    yield _assets()
    yield _backups()


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    says = f"{free / 2**30:.1f} GB free"
    if free < ROOM:
        return bad("disk", says, "make room now: nothing more can be written soon")
    return ok("disk", says) if free > SOME_ROOM else look("disk", says, "make room")


def _clock() -> Finding:
    """Against the database server, and against what was written before."""
    began, wall = time.monotonic(), time.time()
    skew = abs(_database_time() - time.time())
    jumped = abs((time.time() - wall) - (time.monotonic() - began))
    newest = Event.objects.order_by("-id").values_list("at", flat=True).first()
    ahead = (newest - timezone.now()).total_seconds() if newest else 0.0
    zone = ZoneInfo(settings.TIME_ZONE)
    says = f"{timezone.now().astimezone(zone):%Y-%m-%d %H:%M:%S} {settings.TIME_ZONE}"
    if ahead > SKEW:
        todo = "set the clock and keep it with NTP; due times are wrong until then"
        return bad("clock", f"{says}: {ahead:.0f} s behind the newest fact", todo)
    if skew > SKEW or jumped > SKEW:
        return bad("clock", f"{says}: {skew:.0f} s off the database's", "run NTP on both machines")
    return ok("clock", says)


def _database_time() -> float:
    if connection.vendor != "postgresql":
        return time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        return float(cursor.fetchone()[0])


def _keys() -> Finding:
    folder = Path(settings.DATA) / "keys"
    with Attempt() as attempt:
        ring = keyring()
    if attempt.error is not None:
        todo = "put the saved folder of keys back"
        return bad("keys", f"cannot be used: {describe(attempt.error)}", todo)
    open_ones = [
        path.name
        for path in (folder, *folder.iterdir())
        if path.stat().st_size and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_ones:
        todo = f"chmod -R go-rwx {folder}"
        return bad("keys", f"others can read {', '.join(sorted(open_ones))}", todo)
    return ok("keys", f"active {ring.active}, {len(ring.seals)} in all, owner only")


def _assets() -> Finding:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return ok("assets", "built")
    return bad("assets", "style sheets are not built", "run 'make setup'")


def _backups() -> Finding:
    made = sorted((Path(settings.DATA) / "backups").glob("*.tar.gz"))
    todo = "run 'zhitong backup' every night and keep the file elsewhere"
    if not made:
        return look("backups", "none in the data folder", todo)
    age = timedelta(seconds=time.time() - made[-1].stat().st_mtime)
    says = f"{len(made)}; the newest is {age.total_seconds() / 3600:.0f} hours old"
    return ok("backups", says) if age < BACKUP_AGE else look("backups", says, todo)

"""Logs: one JSON object per line, without anything about people.

Addresses of pages can name matters, and texts of exceptions often quote data; neither is
written. A request is named by its route, a failure by its kind and the lines it passed.
"""

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from zhitong.kernel.bus.faults import describe

KEPT = 30 * 24 * 3600  # seconds that a day's file is kept
Entry = MutableMapping[str, Any]


class DailyFile(logging.Handler):
    """Appends to a file per day (UTC); several processes may write the same one.

    Each line is one write to a file opened for appending, so lines never mix.
    """

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = Path(folder)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a log that cannot be written never stops the work."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = f"zhitong-{datetime.now(UTC):%Y-%m-%d}.jsonl"
            with (self.folder / name).open("ab", buffering=0) as file:
                file.write(f"{self.format(record)}\n".encode())
        except OSError:
            self.handleError(record)


def sweep(folder: Path) -> int:
    """Delete the files of days long gone; returns how many."""
    old = [one for one in folder.glob("*.jsonl") if one.stat().st_mtime < time.time() - KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Standard log records as JSON."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            _without_data,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
    )


def _without_data(logger: Any, method: str, entry: Entry) -> Entry:
    """Routes for addresses, places for texts of exceptions."""
    del logger, method
    record: logging.LogRecord = entry["_record"]
    entry["process"] = record.process
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        entry["event"] = f"{getattr(record, 'status_code', 500)} {request.method}"
        entry["route"] = match.route if match else "no such address"
    failure = entry.pop("exc_info", None)
    error = failure[1] if isinstance(failure, tuple) else None
    if error is not None:
        entry["error"] = describe(error)
        frames = traceback.extract_tb(error.__traceback__)
        entry["passed"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return entry


def configuration(data: Path, *, to_stderr: bool) -> dict[str, Any]:
    """Django's LOGGING: into DATA/logs, or to stderr for a service manager."""
    stderr = {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "json"}
    file = {
        "()": "zhitong.config.logs.DailyFile",
        "folder": str(data / "logs"),
        "formatter": "json",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "zhitong.config.logs.formatter"}},
        "handlers": {"out": stderr if to_stderr else file},
        "root": {"handlers": ["out"], "level": "WARNING"},
        "loggers": {
            "zhitong": {"level": "INFO"},
            "django": {"handlers": ["out"], "level": "WARNING", "propagate": False},
            "django.request": {"level": "ERROR"},
        },
    }

"""Logs say where, never what."""

import json
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import RequestFactory

from zhitong.config.logs import KEPT, DailyFile, formatter, sweep


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    handler = DailyFile(str(tmp_path))
    handler.setFormatter(formatter())
    found = logging.getLogger("zhitong.config.tests")
    found.addHandler(handler)
    yield found
    found.removeHandler(handler)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in folder.iterdir() for line in path.read_text().splitlines()]


def test_a_failure_is_logged_without_what_it_quotes(log: logging.Logger, tmp_path: Path) -> None:
    try:
        int("13912345678x")
    except ValueError:
        log.exception("worker: %s", "step failed")
    (line,) = lines(tmp_path)
    assert line["event"] == "worker: step failed"
    assert str(line["error"]).startswith("ValueError at config/tests/test_logs.py")
    assert "139" not in json.dumps(line)


def test_a_request_is_named_by_its_route(
    log: logging.Logger, tmp_path: Path, rf: RequestFactory
) -> None:
    request = rf.get("/t/7Q4M0ZKD")
    log.error("Failed: %s", request.path, extra={"request": request, "status_code": 500})
    (line,) = lines(tmp_path)
    assert line["event"] == "500 GET"
    assert "7Q4M0ZKD" not in json.dumps(line)


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys) -> None:
    (tmp_path / "file").write_text("")
    handler = DailyFile(str(tmp_path / "file" / "logs"))
    handler.handle(logging.makeLogRecord({"msg": "x"}))


def test_old_files_go(tmp_path: Path) -> None:
    for name, age in (("old", KEPT + 60), ("new", 60)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("")
        os.utime(path, (time.time() - age,) * 2)
    assert sweep(tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new.jsonl"]

"""Benchmarks speak one language: progress on stderr, one JSON object last on stdout."""

import json
from types import SimpleNamespace

import pytest

from bench import runner
from zhitong.config.cli.main import main


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a benchmark sets for itself is taken back."""
    monkeypatch.setenv("ZHITONG_DATA", "unused")
    monkeypatch.setenv("ZHITONG_DATABASE_URL", "")


def pretend(monkeypatch: pytest.MonkeyPatch, run) -> None:
    monkeypatch.setattr(runner, "benchmarks", lambda: {"pretend": "bench.pretend"})
    monkeypatch.setattr(runner, "_load", lambda _name: SimpleNamespace(run=run))


def test_the_last_line_is_the_promised_object(monkeypatch, capsys) -> None:
    seen: dict[str, object] = {}

    def run(*, quick, say, options):
        seen.update(quick=quick, options=options)
        say("half way")
        return {"ratio": 1.234567, "lost": 0.0}

    pretend(monkeypatch, run)
    assert main(["bench", "pretend", "file.jsonl", "--quick"]) == 0
    printed = capsys.readouterr()
    line = json.loads(printed.out.splitlines()[-1])
    assert set(line) == {"bench", "figures", "machine", "commit", "seconds"}
    assert line["figures"] == {"ratio": 1.2346, "lost": 0}
    assert seen == {"quick": True, "options": ["file.jsonl"]}
    assert "half way" in printed.err
    assert "quick: smaller numbers" in printed.err


def test_json_alone(monkeypatch, capsys) -> None:
    pretend(monkeypatch, lambda **_: {"x": 2})
    assert main(["bench", "pretend", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_benchmark_that_fails_says_why(monkeypatch, capsys) -> None:
    def run(**_):
        raise RuntimeError("PostgreSQL is missing")

    pretend(monkeypatch, run)
    assert main(["bench", "pretend"]) == 1
    assert "PostgreSQL is missing" in capsys.readouterr().err


def test_names_are_listed(capsys) -> None:
    assert main(["bench"]) == 0
    assert "crash" in capsys.readouterr().err
    assert main(["bench", "nonsense"]) == 2


def test_nothing_names_this_machine() -> None:
    assert set(runner.machine()) == {"cpu", "cpus", "memory_gb", "load", "system", "python"}

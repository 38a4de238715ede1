"""Run every gate, tell how each went, and fail if one failed: the whole of ``make test``.

Gates that only read the code, and benchmarks with small numbers, run two at a time and print when
they are done; the test suites use both cores themselves and run one after the other.
``python -m tools.check ruff mypy`` runs only those.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
DJANGO = [PYTHON, "-m", "django"]
TESTS = [PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "--durations=12"]
POSTGRESQL = {"ZHITONG_TEST_DATABASE": "postgresql"}


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must hold: its name and the command that exits 0 when it does."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a gate went, and how many seconds it took."""

    gate: Gate
    passed: bool
    seconds: float


def templates() -> list[str]:
    """Every HTML template of ours."""
    return sorted(map(str, (ROOT / "zhitong").glob("**/templates/**/*.html")))


def quiet_gates() -> list[Gate]:
    """The gates that read the code without running it, the slowest first."""
    settings = {"DJANGO_SETTINGS_MODULE": "zhitong.config.settings"}
    deploy = {**settings, "ZHITONG_HTTPS": "1"}
    return [
        Gate("mypy", [str(BIN / "mypy")]),
        Gate("ruff", [str(BIN / "ruff"), "check", "."]),
        Gate("format", [str(BIN / "ruff"), "format", "--check", "."]),
        Gate("imports", [str(BIN / "lint-imports"), "--no-cache"]),
        Gate("translations", [PYTHON, "-m", "tools.messages", "check"]),
        Gate("templates", [str(BIN / "djade"), "--check", "--target-version=5.2", *templates()]),
        Gate("migrations", [*DJANGO, "makemigrations", "--check", "--dry-run"], settings),
        Gate("deployment", [*DJANGO, "check", "--deploy", "--fail-level=WARNING"], deploy),
    ]


def test_gates() -> list[Gate]:
    """The suites: everything on both databases, then the journeys in a real browser."""
    return [
        Gate("tests-sqlite", [*TESTS, "-m", "not journey"]),
        Gate("tests-postgresql", [*TESTS, "-m", "not journey"], POSTGRESQL),
        Gate("journeys", [*TESTS, "-m", "journey"]),
    ]


def smoke_gates() -> list[Gate]:
    """Every benchmark with small numbers: it runs, and ends as it should."""
    names = ("areas", "audit", "crash", "intake", "loop", "redaction", "similar")
    smoke = ["--quick", "--json"]
    return [Gate(f"bench-{name}", [str(BIN / "zhitong"), "bench", name, *smoke]) for name in names]


def every_gate() -> list[Gate]:
    """All of them, in the order in which they run."""
    return [*quiet_gates(), *test_gates(), *smoke_gates()]


def environment(data: str) -> dict[str, str]:
    """What every gate sees: a folder of its own, and no settings of the caller's."""
    foreign = ("ZHITONG_", "DJANGO_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "ZHITONG_DATA": data, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


def heading(text: str) -> None:
    """A line that is easy to find in a long log."""
    print(f"\n── {text} ".ljust(80, "─"), flush=True)


def run(gate: Gate, seen: dict[str, str], *, aloud: bool) -> tuple[Outcome, str]:
    """Run one gate; `aloud` lets it print as it goes, otherwise its output is returned."""
    started = time.monotonic()
    pipe = None if aloud else subprocess.PIPE
    done = subprocess.run(
        gate.command,
        cwd=ROOT,
        env={**seen, **gate.environment},
        stdin=subprocess.DEVNULL,
        stdout=pipe,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    return Outcome(gate, done.returncode == 0, seconds), done.stdout or ""


def report(outcome: Outcome, printed: str) -> None:
    """Heading and output of a quiet gate; what passed needs only its last line."""
    heading(f"{outcome.gate.name}: {outcome.seconds:.1f} s")
    text = printed.strip()
    print(text.splitlines()[-1] if outcome.passed and text else text, flush=True)


def run_all(wanted: set[str], data: str) -> list[Outcome]:
    """Every wanted gate, whatever happened to the others."""
    outcomes: list[Outcome] = []
    seen = environment(data)

    def quietly(gate: Gate) -> tuple[Outcome, str]:
        return run(gate, seen, aloud=False)

    def two_at_a_time(gates: list[Gate]) -> None:
        with ThreadPoolExecutor(max_workers=2) as pool:
            for outcome, printed in pool.map(quietly, chosen(gates, wanted)):
                report(outcome, printed)
                outcomes.append(outcome)

    two_at_a_time(quiet_gates())
    for gate in chosen(test_gates(), wanted):
        heading(gate.name)
        outcomes.append(run(gate, seen, aloud=True)[0])
    two_at_a_time(smoke_gates())
    return outcomes


def chosen(gates: Iterable[Gate], wanted: set[str]) -> list[Gate]:
    """The gates that were named; all of them when none was."""
    return [gate for gate in gates if not wanted or gate.name in wanted]


def main() -> int:
    """Run, summarise; 1 when any gate failed."""
    started = time.monotonic()
    wanted = set(sys.argv[1:])
    if unknown := wanted - {gate.name for gate in every_gate()}:
        print(f"no such gate: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    data = tempfile.mkdtemp(prefix="zhitong-check-")
    try:
        outcomes = run_all(wanted, data)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    heading("summary")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        print(f"{verdict}  {outcome.gate.name:<18} {outcome.seconds:6.1f} s")
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"whole run {time.monotonic() - started:.0f} s")
    print(f"gates: {len(outcomes) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())

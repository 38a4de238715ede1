"""``zhitong bench``: run one measurement and print its figures in the common form.

A benchmark is a module of this package with ``NAME`` and
``run(*, quick, say, options) -> dict[str, float]``.
"""

import json
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import django
from django.apps import apps

from zhitong.config.obstacles import Obstacle

ROOT = Path(__file__).resolve().parent.parent
Say = Callable[[str], None]
Figures = dict[str, float]
SWITCHES = {"--json", "--quick", "--debug"}


class Benchmark(Protocol):
    """A module that measures one thing."""

    NAME: str

    def run(self, *, quick: bool, say: Say, options: list[str]) -> Figures:
        """Measure; ``say`` tells people how far it is."""


def bench(options: Namespace) -> int:
    """List the benchmarks, or run one; the last line on stdout is one JSON object."""
    words = [word for word in options.rest if word not in SWITCHES]
    if options.name not in benchmarks():
        sys.stderr.write(f"benchmarks: {', '.join(sorted(benchmarks()))}\n")
        return 0 if options.name is None else 2
    quick = "--quick" in options.rest
    if quick:
        say("quick: smaller numbers, for a smoke test; not for comparisons")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # folders are removed, servers stopped
    began = time.monotonic()
    options.debug = "--debug" in options.rest
    try:
        with own_instance():
            figures = _load(options.name).run(quick=quick, say=say, options=words)
    except RuntimeError as error:
        raise Obstacle(f"{options.name}: {error}") from error
    line = {
        "bench": options.name,
        "figures": {key: _short(value) for key, value in figures.items()},
        "machine": machine(),
        "commit": commit(),
        "seconds": round(time.monotonic() - began, 1),
    }
    if "--json" not in options.rest:
        for key, value in figures.items():
            sys.stdout.write(f"{key:<32} {_short(value):>14}\n")
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


@contextmanager
def own_instance() -> Iterator[None]:
    """Django set up on an empty data folder, so that nothing real is ever measured or touched."""
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        os.environ["ZHITONG_DATA"] = folder
        os.environ["ZHITONG_DATABASE_URL"] = ""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
        if not apps.ready:
            django.setup()
        yield


def say(words: str) -> None:
    """Progress, on stderr."""
    sys.stderr.write(f"bench: {words}\n")
    sys.stderr.flush()


def benchmarks() -> dict[str, str]:
    """Every benchmark in this package: its NAME and its module."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if named := re.search(r'^NAME = "(\w+)"$', path.read_text("utf-8"), re.MULTILINE):
            found[named[1]] = f"bench.{path.stem}"
    return found


def _load(name: str) -> Benchmark:
    return cast("Benchmark", import_module(benchmarks()[name]))


def _short(value: float) -> float:
    return int(value) if float(value).is_integer() else float(f"{value:.5g}")


def machine() -> dict[str, object]:
    """What the figures depend on; no names of hosts or folders."""
    return {
        "cpu": _cpu(),
        "cpus": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")


def commit() -> str:
    """The commit that is measured; '' outside a repository."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()

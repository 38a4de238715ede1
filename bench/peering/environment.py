"""An environment of its own for what we compare with: its packages never meet ours."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

PINNED = (
    "django-helpdesk==2.6.1",
    "djangorestframework==3.18.3",
    "django-model-utils==5.0.0",
    "django-cleanup==9.0.0",
    "email-reply-parser==0.5.12",
    "Markdown==3.11.3",
    "nh3==0.3.8",
)
"""What it asks for, at the versions that were measured."""
SHARED = ("Django", "gunicorn", "pysqlite3", "psycopg", "psycopg-binary")
"""What both sides stand on, at the versions that we have."""


def python(say: Callable[[str], None]) -> Path:
    """The interpreter of the environment, made at the first call. Raises RuntimeError."""
    wanted = [*PINNED, *(f"{name}=={version(name)}" for name in SHARED)]
    mark = hashlib.sha256("\n".join([sys.version, *wanted]).encode()).hexdigest()[:16]
    folder = cache() / f"peers-{mark}"
    found = folder / "bin" / "python"
    if not (folder / "ready").exists():
        say(f"installing {PINNED[0]} into an environment of its own")
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run(
            [str(found), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        )
        (folder / "ready").touch()
    return found


def cache() -> Path:
    """Where it is kept between runs: outside of the repository."""
    above = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(above) / "zhitong"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines()[-3:]
        raise RuntimeError(f"it could not be installed, is a package index there? {words}")

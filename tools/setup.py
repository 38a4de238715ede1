"""Make the environment and the built assets; do nothing when nothing changed.

``python3 -m tools.setup`` prepares what ``make run`` needs, ``… test`` also what ``make test``
needs. It runs on the system's Python before anything is installed, so it imports only the
standard library. Every obstacle is one line that says what to do, and exit code 1.
"""

import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.debian import install_missing
from tools.obstacle import Obstacle

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
ROOM = 700 * 1024 * 1024  # bytes that a first installation takes
STATIC_KINDS = {".css", ".js", ".svg", ".png", ".ico", ".webmanifest", ".woff2", ".txt"}


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over names and contents, so that a changed, new or vanished file shows."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def step(
    name: str, inputs: Iterable[Path], work: Callable[[], None], result: Path = PYTHON
) -> None:
    """Do `work` unless it was done for these very inputs before and its `result` is there."""
    mark = fingerprint(inputs)
    stamp = STAMPS / name
    if result.exists() and stamp.is_file() and stamp.read_text() == mark:
        return
    print(f"zhitong: {name} …", flush=True)
    work()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(mark)


def run(command: list[str], failure: str) -> None:
    """Run quietly; when it fails show its last words and one clear line."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    words = done.stdout + done.stderr
    if os.strerror(errno.ENOSPC) in words:
        raise Obstacle("the disk is full: make room and start again")
    if "Failed building" in words or "error: command" in words:
        compilers = [name for name in ("gcc", "cc") if shutil.which(name)]
        if not compilers:
            raise Obstacle("a C compiler is missing: apt-get install gcc python3-dev")
    print("\n".join(words.strip().splitlines()[-15:]), file=sys.stderr)
    raise Obstacle(failure)


def make_environment() -> None:
    """Create ``.venv`` when it is missing or belongs to another Python."""
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Obstacle(
            f"python3-venv is missing: apt-get install python3-venv python{version}-venv"
        )
    if shutil.disk_usage(ROOT).free < ROOM:
        raise Obstacle(f"the disk is too full: {ROOM // 2**20} MB are needed in {ROOT}")
    print("zhitong: new environment in .venv …", flush=True)
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "the environment could not be made")


def install(lock: str) -> Callable[[], None]:
    """Install exactly what a lock names; every file must have the hash written there."""

    def work() -> None:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes"]
        command += ["--disable-pip-version-check", "--no-deps", "-r", f"requirements/{lock}.lock"]
        run(command, "the locked packages could not be installed: is the package index reachable?")

    return work


def install_ourselves() -> None:
    """Put ``zhitong`` on the environment's path, as the source that lies here."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    run([*command, "--disable-pip-version-check", "-e", "."], "zhitong could not be installed")


def compile_messages() -> None:
    """Translations: text to binary catalogues."""
    run([str(PYTHON), "-m", "tools.messages", "compile"], "the translations could not be built")


def collect_static() -> None:
    """Style sheets, scripts and pictures under names that never change their content."""
    os.environ["ZHITONG_DATA"] = str(STAMPS / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhitong.config.settings"
    command = [str(PYTHON), "-m", "django", "collectstatic", "--noinput", "--clear"]
    run(command, "the static files could not be built")


def static_files() -> list[Path]:
    """Every file below a ``static`` folder of ours."""
    found = (ROOT / "zhitong").glob("**/static/**/*")
    return [path for path in found if path.suffix in STATIC_KINDS]


def prepare(*, for_tests: bool) -> None:
    """Bring everything up to date. Raises Obstacle."""
    if not os.access(ROOT, os.W_OK):
        raise Obstacle(f"the folder {ROOT} is read-only: copy it to where you may write")
    make_environment()
    requirements = ROOT / "requirements"
    step("packages", [requirements / "run.lock"], install("run"))
    if for_tests:
        step("tools", [requirements / "test.lock"], install("test"))
    step("zhitong", [ROOT / "pyproject.toml", requirements / "run.in"], install_ourselves)
    step("translations", (ROOT / "zhitong").glob("**/*.po"), compile_messages)
    assets = [*static_files(), requirements / "run.lock"]
    step("assets", assets, collect_static, result=ROOT / "build" / "static" / "staticfiles.json")
    if for_tests:
        install_missing()


def main() -> int:
    """Prepare, or print the one line that says why not."""
    try:
        prepare(for_tests="test" in sys.argv[1:])
    except Obstacle as obstacle:
        print(f"zhitong: {obstacle}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"zhitong: {error.strerror}: {error.filename}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

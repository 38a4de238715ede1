"""Write requirements/*.lock anew from requirements/*.in, with the hash of every file.

Run it as ``make locks``. The locks name no package index, so that every machine uses its own.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
LOCKS = ("run", "test")
HEADER = "# Written by `make locks` from {name}.in. Do not edit by hand.\n"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
    "--annotation-style=line",
)


def compile_lock(name: str, *, upgrade: bool) -> None:
    """Pin everything that ``requirements/<name>.in`` asks for."""
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS]
    if upgrade:
        command.append("--upgrade")
    lock = FOLDER / f"{name}.lock"
    command += ["--output-file", str(lock.relative_to(ROOT)), f"requirements/{name}.in"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "CUSTOM_COMPILE_COMMAND": ""})
    kept = [line for line in lock.read_text().splitlines() if not re.match(r"--|# The foll", line)]
    lock.write_text(HEADER.format(name=name) + "\n".join(kept).strip() + "\n")


def foreign_lines(text: str) -> list[str]:
    """Lines of a lock that would tie it to one machine or one package index."""
    return [line for line in text.splitlines() if re.search(r"://|^\s*--(?!hash)|file:/", line)]


def main() -> int:
    """Compile every lock; refuse to leave one that names a host or a folder."""
    for name in LOCKS:
        compile_lock(name, upgrade="--upgrade" in sys.argv)
        if found := foreign_lines((FOLDER / f"{name}.lock").read_text()):
            print(f"requirements/{name}.lock names a machine or an index: {found}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

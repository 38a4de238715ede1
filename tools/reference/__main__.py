"""``python -m tools.reference write|check``."""

import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import django
from django.utils import translation

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"map.md": "tools.reference.map", "privacy.md": "tools.reference.privacy"}


def made() -> dict[Path, str]:
    """Each page's file and what should stand in it, in English whatever the terminal speaks."""
    django.setup()
    with translation.override("en"):
        pages: dict[str, Callable[[], str]] = {
            name: import_module(module).page for name, module in PAGES.items()
        }
        return {DOCS / name: page() for name, page in pages.items()}


def main() -> int:
    """Write the pages, or name those that are stale; 1 when there is one."""
    if sys.argv[1:] not in (["write"], ["check"]):
        print("usage: python -m tools.reference write|check", file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhitong.config.settings"
    with tempfile.TemporaryDirectory(prefix="zhitong-reference-") as data:
        os.environ["ZHITONG_DATA"] = data
        pages = made()
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if sys.argv[1] == "write":
            path.write_text(pages[path], encoding="utf-8")
        else:
            print(f"{path.name} is stale: make reference", file=sys.stderr)
    return 1 if stale and sys.argv[1] == "check" else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Write docs/settings.md from the settings themselves: ``python -m tools.settings``."""

from collections.abc import Iterator
from pathlib import Path

from zhitong.config.environment import Environment

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """# Settings

Set them in the environment of `zhitong`. Every one has a default that is safe; a wrong value stops
the start with one clear line. This page is written by `python -m tools.settings`.

| variable | default | meaning |
|---|---|---|
"""


def rows() -> Iterator[tuple[str, str, str]]:
    """Variable, default and meaning of each setting, in the order of the code."""
    for name, field in Environment.model_fields.items():
        default = f"`{field.default}`" if str(field.default) else "empty"
        yield f"`ZHITONG_{name.upper()}`", default, str(field.description)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows())


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

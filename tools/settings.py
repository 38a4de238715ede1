"""Write docs/settings.md from the settings themselves: ``python -m tools.settings``."""

from pathlib import Path

from zhitong.config.environment import Environment

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """# Settings

Set them in the environment of `zhitong`. Every one has a default that is safe; a wrong value stops
the start with one clear line. This page is written by `python -m tools.settings`.

| variable | default | meaning |
|---|---|---|
"""


def page() -> str:
    """One row for each setting, in the order of the code."""
    rows = []
    for name, field in Environment.model_fields.items():
        default = f"`{field.default}`" if str(field.default) else "empty"
        rows.append(f"| `ZHITONG_{name.upper()}` | {default} | {field.description} |\n")
    return HEAD + "".join(rows)


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m tools.messages check | compile | missing APP``.

``check`` names every sentence that is missing, empty, fuzzy, unused or hard-coded; ``compile``
builds the binary catalogues; ``missing loop`` prints entries to paste into that app's catalogue.
"""

import argparse
import json
from pathlib import Path

from tools.messages import catalogues

ROOT = Path("zhitong")


def check(apps: list[catalogues.App]) -> int:
    """Print every fault; 1 when there is one."""
    found = [fault for app in apps for fault in catalogues.faults(app)]
    found += catalogues.contradictions(apps)
    for fault in found:
        print(fault)
    said = sum(len(app.said()) for app in apps)
    print(f"{said} sentences in {len(apps)} apps, {len(found)} faults")
    return 1 if found else 0


def missing(app: catalogues.App) -> int:
    """Print a stub for each sentence that the catalogue lacks."""
    present = catalogues.entries(catalogues.load(app.catalogue))
    for known, said in app.said().items():
        if known in present:
            continue
        print(f"\n#: {said.where}")
        if said.context:
            print(f"msgctxt {json.dumps(said.context, ensure_ascii=False)}")
        print(f"msgid {json.dumps(said.text, ensure_ascii=False)}")
        if said.plural:
            print(f'msgid_plural {json.dumps(said.plural, ensure_ascii=False)}\nmsgstr[0] ""')
        else:
            print('msgstr ""')
    return 0


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("what", choices=["check", "compile", "missing"])
    parser.add_argument("app", nargs="?", default="", help="name of an app, for missing")
    asked = parser.parse_args()
    apps = list(catalogues.apps(ROOT))
    if asked.what == "check":
        return check(apps)
    if asked.what == "compile":
        for app in apps:
            catalogues.build(app)
        return 0
    named = [app for app in apps if app.folder.name == asked.app]
    if not named:
        parser.error(f"no such app; known: {', '.join(app.folder.name for app in apps)}")
    return missing(named[0])


if __name__ == "__main__":
    raise SystemExit(main())

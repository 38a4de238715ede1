"""Emptying a demo: everything that was stored goes, the keys stay."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from zhitong.config.demo.load import is_demo
from zhitong.config.obstacles import Obstacle

FOLDERS = ("media/photos", "audit")


def wipe() -> None:
    """Take every migration back and bring it up again. Raises Obstacle unless this is a demo."""
    if not is_demo():
        raise Obstacle(
            "this database does not hold the demo county, so nothing was deleted; use an empty "
            "--data folder for the demo"
        )
    for label in sorted(MigrationLoader(connection).migrated_apps):
        call_command("migrate", label, "zero", verbosity=0, interactive=False)
    for folder in FOLDERS:
        shutil.rmtree(Path(settings.DATA) / folder, ignore_errors=True)
    call_command("migrate", verbosity=0, interactive=False)

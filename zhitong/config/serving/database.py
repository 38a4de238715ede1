"""Bringing the database up to date, with a verified copy of an older one first."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhitong.config import postgresql
from zhitong.config.backup.making import make
from zhitong.config.obstacles import Obstacle

Say = Callable[[str], None]


def pending() -> list[str]:
    """Migrations that this version has and the database does not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def is_new() -> bool:
    """Whether nothing was ever migrated here."""
    return not MigrationExecutor(connection).loader.applied_migrations


def check_role() -> None:
    """Raise Obstacle when PostgreSQL's second wall would not hold our role back."""
    if role := postgresql.passes_walls():
        raise Obstacle(f"{postgresql.too_mighty(role)}: {postgresql.lessen(role)}")


def bring_up_to_date(say: Say) -> None:
    """Migrate if needed; an older database is copied first, and the copy verified.

    Raises Obstacle on a role that no wall holds back: its tables would belong to it.
    """
    check_role()
    waiting = pending()
    if not waiting:
        return
    if not is_new():
        say(f"upgrading the database ({len(waiting)} steps); making a backup copy first …")
        same_log = not any(name.startswith("audit.") for name in waiting)
        copy = make(settings.DATA / "backups", reason="before an upgrade", say=say, audit=same_log)
        say(f"verified backup: {copy}")
    say("preparing the database …")
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()

"""New permits reach the roles that a county has: an operation for migrations."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import migrations


def grants(
    new: Mapping[str, str], *, also: Mapping[str, str] | None = None
) -> migrations.RunPython:
    """Give each permit in ``new`` to every role, also a county's own, that holds the other one.

    ``also`` names permits that a delivered role gets in any case. Taken back on the way down: a
    permit that no longer exists would stop its role from being saved. The migration depends on
    ``("identity", "0001_initial")``.
    """
    extra = also or {}

    def wanted(name: str, held: set[str]) -> set[str]:
        by_another = {permit for permit, other in new.items() if other in held}
        return held | by_another | {permit for permit, role in extra.items() if role == name}

    def without(_name: str, held: set[str]) -> set[str]:
        return held - set(new) - set(extra)

    return migrations.RunPython(_setting(wanted), _setting(without))


def _setting(change: Callable[[str, set[str]], set[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        roles = apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias)
        for role in roles:
            permits = sorted(change(role.name, set(role.permits)))
            if permits != role.permits:
                role.permits = permits
                role.save(update_fields=["permits"])

    return run

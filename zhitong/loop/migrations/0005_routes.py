"""Rules about which post gets which matters, and the permits to set and end them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import zhitong.kernel.areas.models
import zhitong.kernel.ids

NEW = {"loop.set_route": "loop.adopt_policy", "loop.end_route": "loop.adopt_policy"}
"""The new permit goes to every role, also a county's own, that holds the other one."""


def grant(apps: Any, schema_editor: Any) -> None:
    """Give the new permits."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        wanted = {new for new, held in NEW.items() if held in role.permits} - set(role.permits)
        if wanted:
            role.permits = sorted([*role.permits, *wanted])
            role.save(update_fields=["permits"])


def withdraw(apps: Any, schema_editor: Any) -> None:
    """Take them away again: a permit that does not exist would stop its role from being saved."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        if set(NEW) & set(role.permits):
            role.permits = [name for name in role.permits if name not in NEW]
            role.save(update_fields=["permits"])


def key(to: str) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("loop", "0004_three_rates"),
        ("areas", "0001_initial"),
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=zhitong.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area_path", zhitong.kernel.areas.models.PlainField(max_length=20)),
                ("category", models.CharField(blank=True, default="", max_length=32)),
                ("reason", models.CharField(max_length=200)),
                ("set_by", models.CharField(max_length=120)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("area", key("areas.area")),
                ("post", key("identity.post")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["area_path", "category"], name="loop_route_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="loop_route_dates",
                    )
                ],
            },
        ),
        migrations.RunPython(grant, withdraw),
    ]

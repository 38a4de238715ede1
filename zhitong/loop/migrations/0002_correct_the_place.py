"""The place of a matter can be corrected: the verb, and the permit for who may pass matters on."""

from typing import Any

from django.db import migrations, models

AS_THOSE_WITH, NEW = "loop.reassign", "loop.move_area"


def grant(apps: Any, schema_editor: Any) -> None:
    """Give the new permit to every role that passes matters on, also to a county's own."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        if AS_THOSE_WITH in role.permits and NEW not in role.permits:
            role.permits = sorted([*role.permits, NEW])
            role.save(update_fields=["permits"])


def withdraw(apps: Any, schema_editor: Any) -> None:
    """Take it away again: a permit that no longer exists would stop its role from being saved."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        if NEW in role.permits:
            role.permits = [name for name in role.permits if name != NEW]
            role.save(update_fields=["permits"])


VERBS = (
    "open", "take", "reassign", "move_area", "note", "add", "answer", "close", "rate", "reopen",
    "withdraw", "refuse",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("loop", "0001_initial"), ("identity", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="verb",
            field=models.CharField(choices=[(verb, verb) for verb in VERBS], max_length=12),
        ),
        migrations.RunPython(grant, withdraw),
    ]

"""Matters are handed over to other lines and taken back: the verbs, and the permits for both."""

from typing import Any

from django.db import migrations, models

NEW = {"loop.hand_over": "loop.reassign", "loop.take_back": "loop.reassign"}
"""The new permit goes to every role, also a county's own, that holds the other one."""

VERBS = (
    "open", "take", "reassign", "move_area", "hand_over", "take_back", "note", "add", "ask",
    "answer", "close", "rate", "reopen", "withdraw", "refuse",
)  # fmt: skip


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


class Migration(migrations.Migration):
    dependencies = [("loop", "0007_public_summaries"), ("identity", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="verb",
            field=models.CharField(choices=[(verb, verb) for verb in VERBS], max_length=12),
        ),
        migrations.RunPython(grant, withdraw),
    ]

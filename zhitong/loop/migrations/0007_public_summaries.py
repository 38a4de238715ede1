"""The public summary of a matter, drafted by one person and reviewed by another; its permits."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import zhitong.kernel.ids
from zhitong.kernel.guarded import Guard
from zhitong.kernel.walls import RaiseWall

NEW = {
    "loop.draft_summary": "loop.note",
    "loop.review_summary": "loop.rates",
    "loop.withdraw_summary": "loop.rates",
}
"""The new permit goes to every role, also a county's own, that holds the other one."""


def grant(apps: Any, schema_editor: Any) -> None:
    """Give the new permits; the editor, as delivered, reviews too."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        wanted = {new for new, held in NEW.items() if held in role.permits}
        if role.name == "editor":
            wanted |= set(NEW)
        if wanted - set(role.permits):
            role.permits = sorted({*role.permits, *wanted})
            role.save(update_fields=["permits"])


def withdraw(apps: Any, schema_editor: Any) -> None:
    """Take them away again: a permit that does not exist would stop its role from being saved."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        if set(NEW) & set(role.permits):
            role.permits = [name for name in role.permits if name not in NEW]
            role.save(update_fields=["permits"])


class Migration(migrations.Migration):
    dependencies = [("loop", "0006_reminders"), ("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Summary",
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
                ("text", models.TextField()),
                ("kept", models.JSONField(default=list)),
                ("pictures", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("reviewed", "reviewed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("drafted_by", models.CharField(max_length=120)),
                ("drafted_label", models.CharField(blank=True, default="", max_length=120)),
                ("drafted_at", models.DateTimeField()),
                ("reviewed_by", models.CharField(blank=True, default="", max_length=120)),
                ("reviewed_label", models.CharField(blank=True, default="", max_length=120)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("withdrawn_label", models.CharField(blank=True, default="", max_length=120)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="summary",
                        to="loop.matter",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(reviewed_by=F("drafted_by")), name="loop_summary_by_two"
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="reviewed")
                        | (~Q(reviewed_by="") & Q(reviewed_at__isnull=False)),
                        name="loop_summary_reviewed",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                        name="loop_summary_withdrawn",
                    ),
                ],
            },
        ),
        RaiseWall("Summary", Guard(path="matter__area_path")),
        migrations.RunPython(grant, withdraw),
    ]

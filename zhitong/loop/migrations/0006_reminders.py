"""Reminders, and when each matter is looked at for the next one."""

import django.db.models.deletion
from django.db import migrations, models

from zhitong.kernel.guarded import Guard
from zhitong.kernel.walls import RaiseWall


class Migration(migrations.Migration):
    dependencies = [("loop", "0005_routes"), ("identity", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="remind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)),
                fields=["remind_at"],
                name="loop_remind",
            ),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField()),
                ("target", models.CharField(max_length=12)),
                ("rung", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="loop.matter",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.post",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["post", "id"], name="loop_reminder_of")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("matter", "round", "target", "rung"), name="loop_reminder_once"
                    )
                ],
            },
        ),
        RaiseWall("Reminder", Guard(path="matter__area_path")),
    ]

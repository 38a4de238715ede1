"""Leads ask other posts for work; what a matter is about is corrected; the permits for both."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import zhitong.kernel.ids
from zhitong.kernel.guarded import Guard
from zhitong.kernel.identity.grants import grants
from zhitong.kernel.walls import RaiseWall


def said() -> "models.CharField[str, str]":
    """A line that may stay empty."""
    return models.CharField(blank=True, default="", max_length=120)


class Migration(migrations.Migration):
    dependencies = [("loop", "0015_lists_and_calendars"), ("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Task",
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
                ("due_on", models.DateField()),
                ("asked_by", models.CharField(max_length=120)),
                ("asked_label", said()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("done", "done"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("answer", models.TextField(blank=True, default="")),
                ("ended_by", said()),
                ("ended_label", said()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
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
                "indexes": [
                    models.Index(
                        condition=Q(state="open"),
                        fields=["post", "due_on", "id"],
                        name="loop_task_of",
                    ),
                    models.Index(fields=["post", "ended_at"], name="loop_task_done"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state="open", ended_at=None)
                        | (~Q(state="open") & Q(ended_at__isnull=False)),
                        name="loop_task_ended",
                    )
                ],
            },
        ),
        RaiseWall("Task", Guard(path="matter__area_path")),
        grants(
            {
                "loop.reclassify": "loop.move_area",
                "loop.set_task": "loop.take",
                "loop.end_task": "loop.take",
                "loop.cancel_task": "loop.take",
            }
        ),
    ]

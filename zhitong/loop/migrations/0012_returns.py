"""Matters can be sent back, and a post above decides; the verbs of owning, and the permits."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import zhitong.kernel.ids
from zhitong.kernel.guarded import Guard
from zhitong.kernel.identity.grants import grants
from zhitong.kernel.walls import RaiseWall

VERBS = (
    "open", "take", "reassign", "send_back", "keep", "reclassify", "set_task", "end_task",
    "move_area", "hand_over", "take_back", "note", "add", "ask", "answer", "close", "rate",
    "reopen", "withdraw", "refuse",
)  # fmt: skip


def post(*, null: bool = False) -> "models.ForeignKey[object, object]":
    """A key to a post."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="identity.post",
    )


def said(length: int = 120) -> "models.CharField[str, str]":
    """A line that may stay empty."""
    return models.CharField(blank=True, default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [("loop", "0011_supervisors_board"), ("identity", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="verb",
            field=models.CharField(choices=[(verb, verb) for verb in VERBS], max_length=12),
        ),
        migrations.CreateModel(
            name="Return",
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
                ("reason", models.TextField()),
                ("asked_by", models.CharField(max_length=120)),
                ("asked_label", said()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("lapsed", "lapsed"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("answer", models.TextField(blank=True, default="")),
                ("decided_by", said()),
                ("decided_label", said()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="loop.matter",
                    ),
                ),
                ("of", post()),
                ("to", post()),
                ("told", post(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=Q(state="asked"), fields=["id"], name="loop_return_asked"
                    ),
                    models.Index(fields=["asked_at"], name="loop_return_period"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(state="asked"), fields=["matter"], name="loop_return_once"
                    ),
                    models.CheckConstraint(
                        condition=~Q(decided_by=F("asked_by")), name="loop_return_by_two"
                    ),
                    models.CheckConstraint(
                        condition=Q(state__in=["asked", "lapsed"], decided_at=None)
                        | Q(state__in=["accepted", "refused"], decided_at__isnull=False),
                        name="loop_return_decided",
                    ),
                ],
            },
        ),
        RaiseWall("Return", Guard(path="matter__area_path")),
        grants({"loop.send_back": "loop.take", "loop.decide_return": "loop.decide_exclusion"}),
    ]

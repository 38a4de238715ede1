"""Drafts, prepared answers, and the permits to keep them."""

from typing import Any

import django.db.models.deletion
import zhitong.kernel.ids
from django.db import migrations, models

from zhitong.kernel.guarded import Guard
from zhitong.kernel.walls import RaiseWall


NEW = {
    "loop.draft": "loop.note",
    "loop.answer_later": "loop.answer",
    "loop.call_off": "loop.answer",
    "loop.write_reply": "loop.answer",
    "loop.end_reply": "loop.answer",
}
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


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_initial"),
        ("loop", "0020_splitting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
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
                ("label", models.CharField(max_length=120)),
                (
                    "box",
                    models.CharField(
                        choices=[("answer", "answer"), ("note", "note"), ("waiting", "waiting")],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "solved"),
                            ("explained", "explained"),
                            ("handed_over", "handed_over"),
                            ("not_possible", "not_possible"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                ("goes_out_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(null=True)),
                ("came_back", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="identity.account",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="loop.matter",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("goes_out_at__isnull", False)),
                        fields=["goes_out_at"],
                        name="loop_draft_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("matter", "account", "box"), name="loop_draft_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("box", "waiting"),
                                ("goes_out_at__isnull", False),
                                ("version__isnull", False),
                            ),
                            models.Q(
                                models.Q(("box", "waiting"), _negated=True),
                                ("goes_out_at", None),
                                ("version", None),
                            ),
                            _connector="OR",
                        ),
                        name="loop_draft_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
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
                ("family", models.UUIDField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("title_zh", models.CharField(max_length=60)),
                ("title_en", models.CharField(max_length=60)),
                ("body", models.TextField()),
                ("categories", models.JSONField(default=list)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("written_by", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["ends_on", "post"], name="loop_reply_lasting")],
                "constraints": [
                    models.UniqueConstraint(fields=("family", "version"), name="loop_reply_version")
                ],
            },
        ),
        RaiseWall("Draft", Guard(path="matter__area_path")),
        migrations.RunPython(grant, withdraw),
    ]

"""What the supervisor's board counts: what stood open each day, what was passed on or reopened."""

from typing import Any

from django.db import migrations, models

import zhitong.kernel.areas.models
from zhitong.kernel.guarded import Guard
from zhitong.kernel.walls import RaiseWall


def count_again(apps: Any, schema_editor: Any) -> None:
    """Counting begins again at the first step, because it looks for more now."""
    apps.get_model("loop", "RateProgress").objects.using(schema_editor.connection.alias).delete()


def leave(apps: Any, schema_editor: Any) -> None:
    """Nothing to take back: what was counted more goes with its columns."""


def flag() -> models.BooleanField:
    return models.BooleanField(default=False)


def index(column: str) -> models.Index:
    return models.Index(
        condition=models.Q((column, True)), fields=["month", "matter"], name=f"loop_counted_{column}"
    )


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("loop", "0010_mail_door")]

    operations = [
        migrations.CreateModel(
            name="BoardDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("town", zhitong.kernel.areas.models.PlainField(max_length=20)),
                ("open", models.PositiveIntegerField()),
                ("late", models.PositiveIntegerField()),
                ("risk", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "town"), name="loop_board_day_once")
                ],
            },
        ),
        RaiseWall("BoardDay", Guard(path="town")),
        migrations.AddField("counted", "returned", flag()),
        migrations.AddField("counted", "reopened", flag()),
        migrations.AddField("ratecell", "returned", models.PositiveIntegerField(default=0)),
        migrations.AddField("ratecell", "reopened", models.PositiveIntegerField(default=0)),
        migrations.AddIndex("counted", index("returned")),
        migrations.AddIndex("counted", index("reopened")),
        migrations.RunPython(count_again, leave),
    ]

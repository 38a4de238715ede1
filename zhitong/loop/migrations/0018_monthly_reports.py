"""Monthly reports, and the permit to ask for them."""

from django.db import migrations, models
from django.db.models import Q

import zhitong.kernel.areas.models
import zhitong.kernel.ids
from zhitong.kernel.guarded import Guard
from zhitong.kernel.identity.grants import grants
from zhitong.kernel.walls import RaiseWall


class Migration(migrations.Migration):
    dependencies = [("loop", "0017_why_promises"), ("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Report",
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
                ("path", zhitong.kernel.areas.models.PlainField(max_length=20)),
                ("month", models.DateField()),
                ("as_of", models.DateTimeField()),
                ("asked_label", models.CharField(blank=True, default="", max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("held", models.JSONField(default=dict)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("numbers", models.TextField(blank=True, default="")),
                ("signature", models.CharField(blank=True, default="", max_length=64)),
                ("made_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("path", "month", "as_of"), name="loop_report_once"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["id"], condition=Q(made_at=None), name="loop_report_waiting"
                    ),
                    models.Index(fields=["month", "id"], name="loop_report_line"),
                ],
            },
        ),
        RaiseWall("Report", Guard(path="path")),
        grants({"loop.ask_report": "loop.rates"}),
    ]

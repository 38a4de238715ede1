"""Matters are merged and parted: the verbs, the stage, and who may."""

from django.db import migrations, models
from django.db.models import Q

from zhitong.kernel.identity.grants import grants

STAGES = ("received", "owned", "answered", "closed", "rated", "withdrawn", "refused", "merged")
VERBS = (
    "open", "take", "reassign", "send_back", "keep", "reclassify", "set_task", "end_task",
    "move_area", "hand_over", "take_back", "note", "add", "ask", "answer", "close", "rate",
    "reopen", "withdraw", "refuse", "merge", "unmerge", "join", "part", "told", "split",
)  # fmt: skip
OPEN = Q(stage__in=["received", "owned", "answered"], due_at__isnull=False)
ENDED = ["closed", "rated", "withdrawn", "refused", "merged"]


class Migration(migrations.Migration):
    dependencies = [("loop", "0018_monthly_reports"), ("identity", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="stage",
            field=models.CharField(
                choices=[(stage, stage) for stage in STAGES], default="received", max_length=12
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="stage",
            field=models.CharField(choices=[(stage, stage) for stage in STAGES], max_length=12),
        ),
        migrations.AlterField(
            model_name="step",
            name="verb",
            field=models.CharField(choices=[(verb, verb) for verb in VERBS], max_length=12),
        ),
        migrations.RemoveConstraint(model_name="matter", name="loop_due_until_ended"),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=OPEN | Q(stage__in=ENDED, due_at=None), name="loop_due_until_ended"
            ),
        ),
        grants({"loop.merge": "loop.reassign", "loop.unmerge": "loop.reassign"}),
    ]

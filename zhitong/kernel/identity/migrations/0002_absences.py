"""Who is away, and who stands in; the permit to record it for somebody who is ill."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import zhitong.kernel.ids
from zhitong.kernel.identity.grants import grants


def account() -> "models.ForeignKey[object, object]":
    """A key to an account."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.account"
    )


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("recorded_label", models.CharField(max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("account", account()),
                ("deputy", account()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "ends_on"], name="identity_absence_of"),
                    models.Index(fields=["deputy", "ends_on"], name="identity_absence_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ends_on__gte=F("starts_on")), name="identity_absence_dates"
                    ),
                    models.CheckConstraint(
                        condition=~Q(account=F("deputy")), name="identity_absence_of_two"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="absence",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.absence",
            ),
        ),
        grants({"identity.record_absence": "identity.break_glass"}),
    ]

"""When a matter was emptied, and the ended ones in order of their end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loop", "0012_returns")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="emptied_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("emptied_at", None), ("ended_at__isnull", False)),
                fields=["ended_at", "id"],
                name="loop_ended",
            ),
        ),
    ]

"""Why a version of the promises was adopted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loop", "0016_tasks")]

    operations = [
        migrations.AddField(
            model_name="policyversion",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]

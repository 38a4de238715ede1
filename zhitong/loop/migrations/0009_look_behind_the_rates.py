"""Ways to the rare matters behind the rates: left out, closed without contact, praised."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_initial"),
        ("loop", "0008_handing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="counted",
            index=models.Index(
                condition=models.Q(("excluded", True)),
                fields=["month", "matter"],
                name="loop_counted_out",
            ),
        ),
        migrations.AddIndex(
            model_name="counted",
            index=models.Index(
                condition=models.Q(("hasty", True)),
                fields=["month", "matter"],
                name="loop_counted_hasty",
            ),
        ),
        migrations.AddIndex(
            model_name="counted",
            index=models.Index(
                condition=models.Q(("stars", 5)), fields=["rated_at"], name="loop_counted_top"
            ),
        ),
    ]

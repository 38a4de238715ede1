from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("matter", models.CharField(max_length=60)),
            ],
        )
    ]

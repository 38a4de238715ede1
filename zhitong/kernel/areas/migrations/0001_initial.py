from django.db import migrations, models

import zhitong.kernel.areas.models
import zhitong.kernel.search.fields
from zhitong.kernel.search.schema import CreateSearchIndex


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("code", zhitong.kernel.areas.models.PlainField(max_length=12)),
                ("name", models.CharField(max_length=64)),
                (
                    "level",
                    zhitong.kernel.areas.models.PlainField(
                        choices=[
                            ("province", "Province"),
                            ("city", "City"),
                            ("county", "County"),
                            ("township", "Township"),
                            ("village", "Village"),
                        ],
                        max_length=8,
                    ),
                ),
                ("path", zhitong.kernel.areas.models.PlainField(max_length=20)),
                (
                    "pinyin",
                    zhitong.kernel.areas.models.PlainField(blank=True, default="", max_length=400),
                ),
                (
                    "initials",
                    zhitong.kernel.areas.models.PlainField(blank=True, default="", max_length=64),
                ),
                (
                    "tokens",
                    zhitong.kernel.search.fields.TokensField(
                        blank=True, default="", editable=False
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["level", "pinyin", "number"], name="areas_by_pinyin"),
                    models.Index(fields=["level", "initials", "number"], name="areas_by_initials"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="areas_code"),
                    models.UniqueConstraint(fields=("path",), name="areas_path"),
                ],
            },
        ),
        CreateSearchIndex("Area", singles=True),
    ]

"""What lies open to everybody: public copies of released matters, and how they moved."""

import django.db.models.deletion
import zhitong.kernel.areas.models
import zhitong.kernel.ids
import zhitong.kernel.search.fields
from django.db import migrations, models

from zhitong.kernel.search.schema import CreateSearchIndex


class Migration(migrations.Migration):

    dependencies = [
        ('loop', '0013_emptied_matters'),
    ]

    operations = [
        migrations.AddField(
            model_name='summary',
            name='answer',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', zhitong.kernel.areas.models.PlainField(max_length=16, unique=True)),
                ('matter', models.UUIDField(unique=True)),
                ('words', models.TextField()),
                ('answer', models.TextField(blank=True, default='')),
                ('pictures', models.JSONField(default=list)),
                ('category', models.CharField(max_length=32)),
                ('town', zhitong.kernel.areas.models.PlainField(max_length=20)),
                ('owner', models.CharField(max_length=80)),
                ('stage', models.CharField(max_length=12)),
                ('outcome', models.CharField(blank=True, default='', max_length=16)),
                ('open', models.BooleanField()),
                ('requested_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('updated_at', models.DateTimeField()),
                ('tokens', zhitong.kernel.search.fields.TokensField(blank=True, default='', editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['requested_at', 'id'], name='loop_public_asked'), models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['answered_at', 'id'], name='loop_public_answered')],
            },
        ),
        CreateSearchIndex("Publication"),
        migrations.CreateModel(
            name='PublicUpdate',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(max_length=12)),
                ('outcome', models.CharField(blank=True, default='', max_length=16)),
                ('at', models.DateTimeField()),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='loop.publication')),
            ],
            options={
                'indexes': [models.Index(fields=['at', 'id'], name='loop_public_update')],
            },
        ),
    ]

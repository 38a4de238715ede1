"""Sheets of warnings, the messages that went out, and the certificate; a permit and the wall."""

import zhitong.kernel.areas.models
import zhitong.kernel.ids
from django.db import migrations, models

from zhitong.kernel.guarded import Guard
from zhitong.kernel.identity.grants import grants
from zhitong.kernel.walls import RaiseWall


class Migration(migrations.Migration):

    initial = True

    dependencies = [("desk", "0001_initial"), ("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('pem', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('note', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('type', models.CharField(choices=[('Alert', 'Alert'), ('Update', 'Update'), ('Cancel', 'Cancel'), ('Ack', 'Ack'), ('Error', 'Error')], max_length=8)),
                ('identifier', models.CharField(max_length=120, unique=True)),
                ('sender', models.CharField(max_length=120)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('title', models.CharField(max_length=80)),
                ('title_en', models.CharField(blank=True, default='', max_length=160)),
                ('instruction', models.CharField(blank=True, default='', max_length=300)),
                ('instruction_en', models.CharField(blank=True, default='', max_length=600)),
                ('severity', models.CharField(blank=True, default='', max_length=12)),
                ('where', models.CharField(blank=True, default='', max_length=200)),
                ('document', models.TextField()),
                ('latest', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-sent_at', '-id'], name='alerts_sent'), models.Index(condition=models.Q(('latest', True)), fields=['expires_at'], name='alerts_in_force')],
                'constraints': [models.UniqueConstraint(fields=('note', 'number', 'type'), name='alerts_message_once')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('note', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('area_path', zhitong.kernel.areas.models.PlainField(max_length=20)),
                ('event', models.CharField(max_length=30)),
                ('event_en', models.CharField(max_length=60)),
                ('category', models.CharField(choices=[('Geo', 'Geo'), ('Met', 'Met'), ('Safety', 'Safety'), ('Security', 'Security'), ('Rescue', 'Rescue'), ('Fire', 'Fire'), ('Health', 'Health'), ('Env', 'Env'), ('Transport', 'Transport'), ('Infra', 'Infra'), ('CBRNE', 'CBRNE'), ('Other', 'Other')], max_length=12)),
                ('urgency', models.CharField(choices=[('Immediate', 'Immediate'), ('Expected', 'Expected'), ('Future', 'Future'), ('Past', 'Past'), ('Unknown', 'Unknown')], max_length=12)),
                ('severity', models.CharField(choices=[('Extreme', 'Extreme'), ('Severe', 'Severe'), ('Moderate', 'Moderate'), ('Minor', 'Minor'), ('Unknown', 'Unknown')], max_length=12)),
                ('certainty', models.CharField(choices=[('Observed', 'Observed'), ('Likely', 'Likely'), ('Possible', 'Possible'), ('Unlikely', 'Unlikely'), ('Unknown', 'Unknown')], max_length=12)),
                ('response', models.CharField(choices=[('Shelter', 'Shelter'), ('Evacuate', 'Evacuate'), ('Prepare', 'Prepare'), ('Execute', 'Execute'), ('Avoid', 'Avoid'), ('Monitor', 'Monitor'), ('Assess', 'Assess'), ('AllClear', 'AllClear'), ('None', 'None')], max_length=12)),
                ('instruction', models.CharField(max_length=300)),
                ('instruction_en', models.CharField(blank=True, default='', max_length=600)),
                ('places', models.JSONField(default=list)),
                ('hours', models.PositiveSmallIntegerField()),
                ('by', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('note', 'number'), name='alerts_sheet_once')],
            },
        ),
        RaiseWall("Sheet", Guard(path="area_path")),
        grants({"alerts.describe": "desk.write"}),
    ]

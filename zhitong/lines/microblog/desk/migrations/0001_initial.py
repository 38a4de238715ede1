"""Notes of the desk, their versions and steps, what the public reads; permits and the wall."""

import django.db.models.deletion
import zhitong.kernel.areas.models
import zhitong.kernel.ids
import zhitong.lines.microblog.desk.domain
from django.db import migrations, models

from zhitong.kernel.guarded import Guard
from zhitong.kernel.identity.grants import grants
from zhitong.kernel.walls import RaiseWall

PERMITS = (
    "desk.write", "desk.submit", "desk.review", "desk.schedule", "desk.hold", "desk.confirm",
    "desk.withdraw",
)  # fmt: skip


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0001_initial'),
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('area_path', zhitong.kernel.areas.models.PlainField(max_length=20)),
                ('category', models.CharField(max_length=20)),
                ('stage', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in_review'), ('changes', 'changes'), ('approved', 'approved'), ('scheduled', 'scheduled'), ('held', 'held'), ('published', 'published'), ('withdrawn', 'withdrawn')], default=zhitong.lines.microblog.desk.domain.Stage['DRAFT'], max_length=12)),
                ('urgent', models.BooleanField(default=False)),
                ('latest', models.PositiveIntegerField(default=1)),
                ('out', models.PositiveIntegerField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('look_again_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('verb', models.CharField(choices=[('write', 'write'), ('submit', 'submit'), ('approve', 'approve'), ('send_back', 'send_back'), ('schedule', 'schedule'), ('hold', 'hold'), ('resume', 'resume'), ('publish', 'publish'), ('confirm', 'confirm'), ('withdraw', 'withdraw')], max_length=12)),
                ('actor', models.CharField(max_length=120)),
                ('label', models.CharField(blank=True, default='', max_length=120)),
                ('words', models.CharField(blank=True, default='', max_length=500)),
                ('at', models.DateTimeField()),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deeds', to='desk.note')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, default='', max_length=80)),
                ('words', models.TextField(blank=True, default='')),
                ('title_en', models.CharField(blank=True, default='', max_length=160)),
                ('words_en', models.TextField(blank=True, default='')),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('published_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=80)),
                ('words', models.TextField()),
                ('title_en', models.CharField(blank=True, default='', max_length=160)),
                ('words_en', models.TextField(blank=True, default='')),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('author', models.CharField(max_length=120)),
                ('label', models.CharField(blank=True, default='', max_length=120)),
                ('at', models.DateTimeField()),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='desk.note')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['area_path', '-changed_at', '-id'], name='desk_changed'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(condition=models.Q(('stage', 'scheduled')), fields=['due_at'], name='desk_due'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'scheduled'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='desk_scheduled'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['note', 'id'], name='desk_deeds'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['-published_at', '-id'], name='desk_published'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['category', '-published_at', '-id'], name='desk_published_kind'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('note', 'number'), name='desk_version_once'),
        ),
        RaiseWall("Note", Guard(path="area_path")),
        RaiseWall("Version", Guard(path="note__area_path")),
        RaiseWall("Deed", Guard(path="note__area_path")),
        grants({}, also=dict.fromkeys(PERMITS, "editor")),
        grants({}, also=dict.fromkeys(PERMITS, "supervisor")),
    ]

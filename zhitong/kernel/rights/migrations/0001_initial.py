"""Requests about one's own data, and who may decide them."""

import zhitong.kernel.areas.models
import zhitong.kernel.ids
from django.db import migrations, models

from zhitong.kernel.guarded import Guard
from zhitong.kernel.identity.grants import grants
from zhitong.kernel.walls import RaiseWall


class Migration(migrations.Migration):

    initial = True

    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('erase', 'erase'), ('correct', 'correct')], max_length=8)),
                ('target', models.CharField(max_length=80)),
                ('path', zhitong.kernel.areas.models.PlainField(max_length=64)),
                ('resident_key', models.CharField(blank=True, default='', max_length=36)),
                ('tracking_digest', models.CharField(blank=True, default='', max_length=64)),
                ('words', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('granted', 'granted'), ('refused', 'refused'), ('taken_back', 'taken_back'), ('done', 'done')], max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=120)),
                ('decided_label', models.CharField(blank=True, default='', max_length=120)),
                ('answer', models.TextField(blank=True, default='')),
                ('carry_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['target', 'id'], name='rights_target'), models.Index(fields=['resident_key', 'id'], name='rights_resident'), models.Index(condition=models.Q(('state', 'asked')), fields=['due_at', 'id'], name='rights_due'), models.Index(condition=models.Q(('state', 'granted')), fields=['carry_at'], name='rights_carry')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'granted'])), fields=('target', 'kind'), name='rights_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), ('carry_at__isnull', False), _connector='OR'), name='rights_granted_has_a_day')],
            },
        ),
        RaiseWall("DataRequest", Guard(path="path", own="resident_key", link="tracking_digest")),
        grants(
            {"rights.decide": "loop.decide_exclusion", "retention.watch": "bus.retry"},
            also={"retention.watch": "supervisor"},
        ),
    ]

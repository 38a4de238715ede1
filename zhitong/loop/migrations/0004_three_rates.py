"""The three rates: what they are counted from, what is left out of them, and the permits."""

from typing import Any

import django.db.models.deletion
import zhitong.kernel.areas.models
import zhitong.kernel.ids
from django.db import migrations, models

from zhitong.kernel.guarded import Guard
from zhitong.kernel.walls import RaiseWall

OF_MATTER = Guard(path="matter__area_path")
NEW = {
    "loop.rates": "identity.break_glass",
    "loop.decide_exclusion": "identity.break_glass",
    "loop.propose_exclusion": "loop.close",
}
"""The new permit goes to every role, also a county's own, that holds the other one."""


def grant(apps: Any, schema_editor: Any) -> None:
    """Give the new permits."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        wanted = {new for new, held in NEW.items() if held in role.permits} - set(role.permits)
        if wanted:
            role.permits = sorted([*role.permits, *wanted])
            role.save(update_fields=["permits"])


def withdraw(apps: Any, schema_editor: Any) -> None:
    """Take them away again: a permit that does not exist would stop its role from being saved."""
    for role in apps.get_model("identity", "Role").objects.using(schema_editor.connection.alias):
        if set(NEW) & set(role.permits):
            role.permits = [name for name in role.permits if name not in NEW]
            role.save(update_fields=["permits"])


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0001_initial'),
        ('loop', '0003_promises'),
    ]

    operations = [
        migrations.CreateModel(
            name='RateProgress',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('seen', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='OpenRate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('town', zhitong.kernel.areas.models.PlainField(blank=True, max_length=20)),
                ('matters', models.PositiveIntegerField(null=True)),
                ('excluded', models.PositiveIntegerField(null=True)),
                ('answers', models.PositiveIntegerField(null=True)),
                ('response', models.PositiveSmallIntegerField(null=True)),
                ('ended', models.PositiveIntegerField(null=True)),
                ('resolution', models.PositiveSmallIntegerField(null=True)),
                ('rated', models.PositiveIntegerField(null=True)),
                ('satisfaction', models.PositiveSmallIntegerField(null=True)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'town'), name='loop_open_rate_once')],
            },
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counted', serialize=False, to='loop.matter')),
                ('month', models.DateField()),
                ('town', zhitong.kernel.areas.models.PlainField(max_length=20)),
                ('category', models.CharField(max_length=32)),
                ('response', models.CharField(choices=[('good', 'good'), ('bad', 'bad'), ('open', 'open'), ('out', 'out')], max_length=4)),
                ('resolution', models.CharField(choices=[('good', 'good'), ('bad', 'bad'), ('open', 'open'), ('out', 'out')], max_length=4)),
                ('stars', models.PositiveSmallIntegerField(default=0)),
                ('weight', models.PositiveSmallIntegerField(null=True)),
                ('rated_at', models.DateTimeField(null=True)),
                ('hasty', models.BooleanField(default=False)),
                ('excluded', models.BooleanField(default=False)),
                ('turns_at', models.DateTimeField(null=True)),
                ('scheme', models.CharField(max_length=40)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.post')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['month', 'town', 'matter'], name='loop_counted_town'), models.Index(fields=['month', 'category', 'matter'], name='loop_counted_category'), models.Index(fields=['month', 'post', 'matter'], name='loop_counted_post'), models.Index(condition=models.Q(('turns_at__isnull', False)), fields=['turns_at'], name='loop_counted_turns')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.UUIDField(default=zhitong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('proposed_by', models.CharField(max_length=120)),
                ('proposed_label', models.CharField(blank=True, default='', max_length=120)),
                ('proposed_at', models.DateTimeField()),
                ('accepted', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True, default='')),
                ('decided_by', models.CharField(blank=True, default='', max_length=120)),
                ('decided_label', models.CharField(blank=True, default='', max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='loop.matter')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['accepted', 'id'], name='loop_excluded_line')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted', None), ('accepted', True), _connector='OR'), fields=('matter',), name='loop_excluded_once'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='loop_excluded_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('decided_at', None)), models.Q(('accepted__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='loop_excluded_decided')],
            },
        ),
        migrations.CreateModel(
            name='RateCell',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('town', zhitong.kernel.areas.models.PlainField(max_length=20)),
                ('category', models.CharField(max_length=32)),
                ('matters', models.PositiveIntegerField()),
                ('excluded', models.PositiveIntegerField()),
                ('in_time', models.PositiveIntegerField()),
                ('answers', models.PositiveIntegerField()),
                ('resolved', models.PositiveIntegerField()),
                ('ended', models.PositiveIntegerField()),
                ('points', models.PositiveBigIntegerField()),
                ('rated', models.PositiveIntegerField()),
                ('hasty', models.PositiveIntegerField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.post')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('month', 'town', 'category', 'post'), name='loop_rate_cell_once')],
            },
        ),
        RaiseWall("Exclusion", OF_MATTER),
        RaiseWall("Counted", Guard(path="town")),
        RaiseWall("RateCell", Guard(path="town")),
        migrations.RunPython(grant, withdraw),
    ]

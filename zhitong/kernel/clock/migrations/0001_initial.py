
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DayException',
            fields=[
                ('day', models.DateField(help_text="The day, in the county's zone.", primary_key=True, serialize=False)),
                ('working', models.BooleanField(help_text='Whether it is worked.')),
                ('name', models.CharField(help_text='The occasion, as people call it.', max_length=60)),
                ('source', models.CharField(help_text='Who decided, and in which notice.', max_length=200)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
    ]

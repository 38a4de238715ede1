"""A message is split into several matters: who may."""

from django.db import migrations

from zhitong.kernel.identity.grants import grants


class Migration(migrations.Migration):
    dependencies = [("loop", "0019_merging"), ("identity", "0001_initial")]

    operations = [grants({"loop.split": "loop.merge"})]

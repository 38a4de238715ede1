from django.db import migrations

from zhitong.kernel.guarded import Guard
from zhitong.kernel.walls import RaiseWall


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]
    operations = [RaiseWall("Resident", Guard(path="path", own="key", link="phone_index"))]

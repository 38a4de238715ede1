"""A table with sealed columns that exists only while a test runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models
from django.test.utils import isolate_apps

from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.ids import uuid7


@contextmanager
def people_table() -> Iterator[tuple[Any, Apps]]:
    """The model and the registry that knows nothing but this model."""
    with isolate_apps("zhitong.kernel.clock") as registry:
        assert registry is not None

        class Person(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid7)
            note = models.CharField(max_length=20, default="")
            phone = SealedField(kind="phone", null=True)
            id_number = SealedField(kind="id_number", null=True)
            name = SealedField(kind="name", null=True)
            story = SealedField(null=True)

            class Meta:
                app_label = "clock"
                db_table = "crypto_test_person"

        with connection.schema_editor() as editor:
            editor.create_model(Person)
        try:
            yield Person, registry
        finally:
            with connection.schema_editor() as editor:
                editor.delete_model(Person)

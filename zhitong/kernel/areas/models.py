"""The administrative areas of the country: public, unguarded, never deleted."""

from typing import Any, cast

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.codes import Level, short_name
from zhitong.kernel.search.fields import TokensField

LEVEL_NAMES = [
    (Level.PROVINCE.value, _("Province")),
    (Level.CITY.value, _("City")),
    (Level.COUNTY.value, _("County")),
    (Level.TOWNSHIP.value, _("Township")),
    (Level.VILLAGE.value, _("Village")),
]


class PlainField(models.CharField[str, str]):
    """Text compared byte by byte on both databases, so that prefixes are index ranges."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = cast("dict[str, Any]", super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class Area(models.Model):
    """A province, city, county, township or village.

    The primary key is the code read as a number, so it is the same in every installation,
    sorting by it puts higher levels first, and its beginning is the area above. A retired area
    stays for the rows that point to it but is no longer found or offered.
    """

    number = models.BigIntegerField(primary_key=True)
    code = PlainField(max_length=12)
    name = models.CharField(max_length=64)
    level = PlainField(max_length=8, choices=LEVEL_NAMES)
    path = PlainField(max_length=20)
    pinyin = PlainField(max_length=400, default="", blank=True)
    initials = PlainField(max_length=64, default="", blank=True)
    tokens = TokensField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="areas_code"),
            models.UniqueConstraint(fields=["path"], name="areas_path"),
        ]
        indexes = [
            models.Index(fields=["level", "pinyin", "number"], name="areas_by_pinyin"),
            models.Index(fields=["level", "initials", "number"], name="areas_by_initials"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """The name as people say it."""
        return short_name(self.name)

"""Changing the key reaches every sealed value of the real tables, past both walls."""

from pathlib import Path

from django.test import override_settings

from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.keyring import keyring
from zhitong.kernel.rotation import GRACE, ROTATE, keys_in_use, rotate, sealed_columns
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County, said

OPERATOR = Scope("system:keys", Reach(), frozenset({ROTATE}), "test")


def test_no_sealed_value_is_left_behind(county: County, tmp_path: Path):
    with override_settings(DATA=tmp_path):
        old = keyring().active
        matter = said("井盖丢了", "n1", name="赵小云", phone="13800005678")
        with acting(OPERATOR):
            first = rotate()
            with clock_at(now() + GRACE):
                second = rotate()
        assert first.resealed >= 2
        assert second.retired == [old]
        with acting(county.clerk):
            kept = Matter.objects.get(pk=matter.pk)
        assert str(kept.resident_phone) == "138****5678"
        assert str(kept.resident_name) == "赵**"
        assert kept.resident_phone is not None
        assert kept.resident_phone.key == first.active
        assert keys_in_use() <= {first.active}


def test_every_module_with_sealed_fields_is_known():
    tables = {model._meta.label for model, _ in sealed_columns()}
    assert {"loop.Matter", "identity.Account", "identity.Resident", "sms.SmsMessage"} <= tables

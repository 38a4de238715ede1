import copy
import json
import logging
import pickle
import sys
import traceback

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F
from django.forms.models import model_to_dict
from django.template import Context, Engine
from django.test.utils import isolate_apps
from django.views.debug import ExceptionReporter

from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.crypto.keyring import add_seal_key, keyring
from zhitong.kernel.crypto.sealed import Sealed, unsealed
from zhitong.kernel.crypto.tests.people import people_table

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, NUMBER, NAME, STORY = "13800005678", "371403199901017890", "赵小云", "住在安德街"
SECRETS = (PHONE, NUMBER, NAME, STORY, PHONE[3:7], NUMBER[3:16], NAME[1:])


@pytest.fixture
def person(keys):
    with people_table() as (model, _registry):
        yield model


@pytest.fixture
def zhao(person):
    return person.objects.create(phone=PHONE, id_number=NUMBER, name=NAME, story=STORY)


def raw(table_row) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, id_number, name, story FROM crypto_test_person")
        return b"".join(bytes(value) for row in cursor.fetchall() for value in row)


def hidden(text: str) -> bool:
    return not any(secret in text for secret in SECRETS)


def test_the_database_sees_boxes_and_the_reader_a_mask(person, zhao):
    stored = raw(zhao)
    assert not any(secret.encode() in stored for secret in SECRETS)
    read = person.objects.get()
    shown = [str(read.phone), str(read.id_number), str(read.name), str(read.story)]
    assert shown == ["138****5678", "371*************90", "赵**", "****"]
    assert [unsealed(v) for v in (read.phone, read.id_number, read.name, read.story)] == [
        PHONE, NUMBER, NAME, STORY,
    ]  # fmt: skip
    assert read.phone.key == keyring().active


@pytest.mark.parametrize("fresh", [True, False])
def test_nothing_shows_the_text(person, zhao, fresh, caplog):
    row = zhao if fresh else person.objects.get()
    phone = row.phone
    template = Engine().from_string("{{ row.phone }} {{ row.name|upper }} {{ row }} {% debug %}")
    logging.getLogger("zhitong").warning("%s %r %s", phone, row.__dict__, [row.name])
    shown = [
        str(phone), repr(phone), f"{phone:>20}", f"{phone!r}", f"{phone!s}", repr([phone]),
        repr({"phone": phone}), repr(row.__dict__), str(model_to_dict(row)), caplog.text,
        template.render(Context({"row": row})), ascii(phone), str(vars(row)),
    ]  # fmt: skip
    assert all(hidden(text) for text in shown), shown
    assert "138****5678" in shown[0]


@pytest.mark.parametrize("fresh", [True, False])
def test_nothing_serialises_the_text(person, zhao, fresh):
    row = zhao if fresh else person.objects.get()
    for encode in (
        lambda: json.dumps(row.phone),
        lambda: json.dumps({"a": row.phone}, cls=DjangoJSONEncoder),
        lambda: pickle.dumps(row.phone),
        lambda: pickle.dumps(row),
        lambda: serializers.serialize("json", [row]),
        row.phone.__getstate__,
    ):
        with pytest.raises(TypeError):
            encode()
    phone = row.phone
    assert copy.deepcopy([phone])[0] is copy.copy(phone) is phone


def test_an_error_page_with_all_local_variables_shows_no_text(person, zhao, rf, settings):
    settings.DEBUG = True
    row = person.objects.get()
    phone = row.phone
    keep = [phone, {"phone": phone}]
    stored = bytearray(phone.boxed())
    stored[-1] ^= 1
    broken = Sealed(kind="phone", box=bytes(stored), place=phone.place)
    assert str(broken) == "****"
    try:
        unsealed(broken)
    except Unreadable:
        kind, error, trace = sys.exc_info()
        page = ExceptionReporter(rf.get("/"), kind, error, trace).get_traceback_html()
        assert not any(secret in page for secret in (PHONE, NUMBER, NAME, STORY))
        assert "test_an_error_page" in page
        assert hidden(traceback.format_exc())
    assert keep


def test_a_box_moved_to_another_row_does_not_open(person, zhao):
    other = person.objects.create(phone="13911112222")
    box = zhao.phone.boxed() if zhao.phone.key else person.objects.get(pk=zhao.pk).phone.boxed()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE crypto_test_person SET phone = %s, story = %s WHERE note = %s",
            [box, box, ""],
        )
    assert unsealed(person.objects.get(pk=zhao.pk).phone) == PHONE
    for moved in (person.objects.get(pk=other.pk).phone, person.objects.get(pk=zhao.pk).story):
        assert str(moved) == "****"
        with pytest.raises(Unreadable):
            unsealed(moved)


def test_a_value_is_not_copied_between_rows(person, zhao):
    other = person(phone=person.objects.get(pk=zhao.pk).phone)
    with pytest.raises(TypeError, match="reveal"):
        other.save()
    clone = person.objects.get(pk=zhao.pk)
    clone.pk = other.pk
    with pytest.raises(Unreadable):
        clone.save(force_insert=True)
    assert person.objects.count() == 1


def test_saving_again_keeps_the_box_and_changing_replaces_it(person, zhao):
    read = person.objects.get()
    before = read.phone.boxed()
    read.note = "x"
    read.save()
    assert person.objects.get().phone.boxed() == before
    read.phone = "13911112222"
    read.save(update_fields=["phone"])
    assert str(person.objects.get().phone) == "139****2222"
    read.refresh_from_db()
    assert str(read.phone) == "139****2222"
    read.phone = ""
    read.save()
    assert person.objects.get().phone is None
    assert person.objects.filter(phone__isnull=True).count() == 1


def test_bulk_writes_and_deferred_reads(person):
    rows = [person(phone=f"1380000{number:04}") for number in range(20)]
    person.objects.bulk_create(rows)
    assert str(person.objects.only("note").get(pk=rows[3].pk).phone) == "138****0003"
    for row in rows:
        row.phone = "13911112222"
    person.objects.bulk_update(rows, ["phone"])
    assert {unsealed(row.phone) for row in person.objects.all()} == {"13911112222"}
    assert len({row.phone.boxed() for row in person.objects.all()}) == 20


def test_a_value_without_its_row_does_not_open(person, zhao):
    (loose,) = person.objects.values_list("phone", flat=True)
    assert str(loose) == "****"
    with pytest.raises(Unreadable):
        unsealed(loose)


@pytest.mark.parametrize("value", [PHONE, b"raw", Sealed(kind="phone", text=PHONE), 1])
def test_update_by_query_is_refused(person, zhao, value):
    with pytest.raises(TypeError):
        person.objects.update(phone=value)


def test_sealed_columns_cannot_be_searched_or_copied_in_sql(person, zhao):
    for lookup in ("phone", "phone__contains", "phone__gt", "phone__in", "phone__startswith"):
        with pytest.raises(FieldError):
            person.objects.filter(**{lookup: PHONE}).exists()
    person.objects.update(phone=F("story"))
    with pytest.raises(Unreadable):
        unsealed(person.objects.get().phone)


@pytest.mark.parametrize("value", [1, b"raw", ["x"]])
def test_only_text_is_taken(person, value):
    with pytest.raises(TypeError):
        person(phone=value)


def test_an_old_key_still_opens_and_new_values_use_the_new_one(person, zhao, keys):
    before = person.objects.get().phone.key
    added = add_seal_key(keys)
    row = person.objects.get()
    assert (unsealed(row.phone), row.phone.key) == (PHONE, before)
    row.phone = PHONE
    row.save()
    assert person.objects.get().phone.key == added


@isolate_apps("zhitong.kernel.clock")
def test_a_row_without_an_early_id_is_an_error():
    class Numbered(models.Model):
        phone = SealedField(kind="phone")

        class Meta:
            app_label = "clock"

    (found,) = Numbered._meta.get_field("phone").check()
    assert "binds to its row's id" in found.msg
    with pytest.raises(TypeError):
        Numbered._meta.get_field("phone").get_prep_value(Numbered(phone=PHONE).phone)


def test_the_field_describes_itself_for_migrations():
    field = SealedField(kind="phone", null=True)
    _name, path, args, kwargs = field.deconstruct()
    assert path == "zhitong.kernel.crypto.fields.SealedField"
    assert (args, kwargs) == ([], {"null": True, "kind": "phone"})
    with pytest.raises(ValueError, match="no mask"):
        SealedField(kind="shoe size")

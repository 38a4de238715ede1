"""A table of areas is applied whole or not at all, as often as one likes."""

import re

import pytest
from django.db import connection

from zhitong.kernel.areas import actions, domain
from zhitong.kernel.areas.actions import Imported, import_areas
from zhitong.kernel.areas.finding import search
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.refusals import BadTable
from zhitong.kernel.areas.tests.county import CLERK, ROWS, load, table
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.errors import Denied
from zhitong.kernel.scope import Reach, Scope, acting

pytestmark = pytest.mark.django_db


def stored():
    return list(Area.objects.values_list("code", "name", "path", "retired_at"))


def test_every_row_becomes_an_area():
    assert load() == Imported(rows=8, created=8, changed=0, returned=0, retired=0)
    village = Area.objects.get(code="371403001201")
    assert (village.number, village.level) == (371403001201, "village")
    assert village.path == "37/14/03/001/201/"
    assert (village.pinyin, village.initials) == ("sunjiawacunweihui", "sjwcwh")


def test_the_same_again_changes_nothing():
    load()
    before = stored()
    assert load() == Imported(rows=8, created=0, changed=0, returned=0, retired=0)
    assert stored() == before


def test_batches_make_no_difference(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    assert load() == Imported(rows=8, created=8, changed=0, returned=0, retired=0)
    assert load(*ROWS[:4], "371403001201,新名村委会,village,371403001", ROWS[6]).retired == 2
    assert load() == Imported(rows=8, created=0, changed=1, returned=2, retired=0)
    assert [area.code for area in search("孙家洼")] == ["371403001201"]


def test_postgresql_knows_at_once_what_was_loaded():
    load()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'areas_area'")
            assert cursor.fetchone() == (8,)


def test_a_new_name_replaces_the_old_one():
    load()
    assert load(*ROWS[:4], "371403001201,新名村委会,village,371403001", *ROWS[5:]).changed == 1
    assert [area.code for area in search("新名")] == ["371403001201"]
    assert search("孙家洼") == []


def test_what_is_left_out_is_retired_and_returns():
    load()
    assert load(*ROWS[:5], *ROWS[6:]).retired == 1
    gone = Area.objects.get(code="371403001202")
    assert gone.retired_at is not None
    assert search("吕家") == search("lvjia") == search("ljc") == search("371403001202") == []
    assert load() == Imported(rows=8, created=0, changed=0, returned=1, retired=0)
    assert [area.code for area in search("吕家")] == ["371403001202"]


def test_one_county_leaves_its_neighbours_alone():
    load()
    neighbour = [*ROWS[:2], "371422,宁津县,county,3714", "371422001,津城街道,township,371422"]
    load(*neighbour)
    assert not Area.objects.exclude(retired_at=None).exists()
    assert load() == Imported(rows=8, created=0, changed=0, returned=0, retired=0)
    assert Area.objects.count() == 10


def test_a_part_may_stand_on_what_is_known():
    load()
    new = "371403001203,雨淋店村委会,village,371403001"
    assert load(new) == Imported(rows=1, created=1, changed=0, returned=0, retired=0)
    assert load(*ROWS[3:5], new) == Imported(rows=3, created=0, changed=0, returned=0, retired=1)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_usual_ways_to_save_a_table(charset, end):
    load(files={"x.csv": table(*ROWS, end=end).encode(charset)})
    assert Area.objects.get(code="371403").name == "陵城区"


BAD = {
    "code": "3714O3001,街道,,",
    "level": "371403003,糜镇,village,371403",
    "above": "371403003,糜镇,township,371404",
    "orphan": "371499001,糜镇,,",
    "twice": "371403001,安德街道,township,371403",
    "unnamed": "371403003, ,,",
    "long": f"371403003,{'长' * 61},,",
    "cells": "371403003,糜镇",
    "quotes": '371403003,"糜镇,,',
}
SIGNS = [
    *("=1+1", "-1+cmd", "@SUM(A1)", "+1", "<b>x</b>", "安德'--", 'say ""hi""', "安;德", "$(id)"),
    *("a\u202eb", "安\u200b德", "安\x07德", "安\ufeff德", "a\tb", "{{7*7}}", "%00"),
]


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_row_is_named_and_nothing_is_imported(kind):
    load()
    before = stored()
    rows = [*ROWS, "371403004,宋家镇,township,371403", BAD[kind]]
    with pytest.raises(BadTable) as refused:
        load(*rows)
    assert any({"areas.csv", str(len(rows) + 1)} <= parts(line) for line in refused.value.lines)
    assert stored() == before


@pytest.mark.parametrize("name", SIGNS)
def test_names_that_are_no_names(name):
    with pytest.raises(BadTable) as refused:
        load(f'37,"{name}",,')
    assert not Area.objects.exists()
    assert not any(sign in str(refused.value) for sign in "\u202e\u200b\x07\t\ufeff")


FILES = [
    *(b"", b"\n\n", b"code,name\n", b"a,b,c\n1,2,3\n", b"code,code,name\n", b"\xff\xfe\x00"),
    *(b"\x89PNG\r\n\x1a\n", b"\x00" * 100, b'"' * 1001, b"code,name\n" + b"3" * 200_000),
    *("code,name\n37,山东省".encode("utf-16"), b"code,name\n37,\xff\xff\xff"),
    b"PK\x03\x04" + b"\x80\x81" * 500,
]


@pytest.mark.parametrize("data", FILES)
def test_files_that_are_no_tables(data):
    with pytest.raises(BadTable):
        load(files={"x.csv": data})
    assert not Area.objects.exists()


def test_at_most_a_hundred_mistakes_are_told():
    with pytest.raises(BadTable) as refused:
        load(*(f"{number},x,," for number in range(500)))
    assert len(refused.value.lines) == domain.MOST_PROBLEMS


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(domain, "MOST_ROWS", 5)
    with pytest.raises(BadTable):
        load()
    assert not Area.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    def fail(done, total):
        raise RuntimeError

    with acting(CLERK), pytest.raises(RuntimeError):
        import_areas(files={"a.csv": table(*ROWS).encode()}, progress=fail)
    assert not Area.objects.exists()


def test_one_audit_entry_tells_the_numbers():
    before = AuditEntry.objects.count()
    load()
    assert AuditEntry.objects.count() == before + 1
    assert "areas.Area:37" in str(AuditEntry.objects.order_by("pk").last().__dict__)


def test_only_with_the_permit():
    nobody = Scope("staff:2", Reach(subtrees=("37/",)), frozenset(), "test")
    with acting(nobody), pytest.raises(Denied):
        import_areas(files={"a.csv": table(*ROWS).encode()})


def parts(line):
    """The Latin and numeric parts of a sentence in any language."""
    return set(re.findall(r"[a-z.]+|\d+", line))

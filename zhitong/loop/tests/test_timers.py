"""What the loop does by the clock."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from zhitong.kernel.ids import uuid7
from zhitong.kernel.media.photos import Photo as Picture
from zhitong.kernel.scope import acting
from zhitong.loop import photos
from zhitong.loop.models import Photo
from zhitong.loop.tests.county import County, said
from zhitong.loop.timers import SWEEP_AFTER, sweep_photos


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Pictures of this test only: what other tests left behind would be swept and counted."""
    settings.MEDIA_ROOT = tmp_path


def test_only_old_files_without_a_row_are_swept(county: County) -> None:
    """A picture with a row stays, a fresh stray may still get one, an old stray goes."""
    said("看图", "n1", pictures=[Picture(b"jpeg", 1, 1, "0" * 64)])
    with acting(county.officer):
        kept = Photo.objects.get().pk
    old, fresh = uuid7(), uuid7()
    for one in (old, fresh):
        photos.store(one, b"stray")
    long_ago = time.time() - SWEEP_AFTER - 60
    for one in (kept, old):
        os.utime(photos.path_of(one), (long_ago, long_ago))
    assert sweep_photos() == 1
    assert photos.path_of(kept).is_file()
    assert photos.path_of(fresh).is_file()
    assert not photos.path_of(old).exists()


def test_a_picture_of_elsewhere_and_a_strange_file_stay(county: County, settings: Any) -> None:
    """Neither a county set wrongly nor a file that somebody else put there costs a picture."""
    said("看图", "n1", pictures=[Picture(b"jpeg", 1, 1, "0" * 64)])
    with acting(county.officer):
        kept = photos.path_of(Photo.objects.get().pk)
    strange = kept.with_name(".DS_Store")
    strange.touch()
    long_ago = time.time() - SWEEP_AFTER - 60
    for one in (kept, strange):
        os.utime(one, (long_ago, long_ago))
    settings.COUNTY = "110101"
    sweep_photos()
    assert kept.is_file()
    assert strange.is_file()
    strange.unlink()

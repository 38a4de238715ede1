"""Keys of its own for every test, in a folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture
def keys(tmp_path: Path, settings) -> Path:
    """An empty data folder; the keys folder in it is made by whoever asks for keys first."""
    settings.DATA = tmp_path
    return tmp_path / "keys"

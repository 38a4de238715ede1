"""Every obstacle on the way to a running system is one line that says what to do."""

import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools import debian, setup
from tools.obstacle import Obstacle


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder without an environment."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "STAMPS", tmp_path / ".venv" / "stamps")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


def test_a_missing_venv_is_named(project, monkeypatch):
    monkeypatch.setattr("tools.setup.importlib.util.find_spec", lambda name: None)
    with pytest.raises(Obstacle, match="apt-get install python3-venv"):
        setup.make_environment()


def test_a_full_disk_is_named_before_anything_is_made(project, monkeypatch):
    monkeypatch.setattr(setup, "ROOM", 2**62)
    with pytest.raises(Obstacle, match="disk is too full"):
        setup.make_environment()
    assert list(project.iterdir()) == []


def test_a_disk_that_fills_up_is_named(project):
    with pytest.raises(Obstacle, match="disk is full"):
        setup.run(["sh", "-c", "echo 'No space left on device'; exit 1"], "other")


def test_a_missing_compiler_is_named(project, monkeypatch):
    monkeypatch.setattr("tools.setup.shutil.which", lambda name: None)
    with pytest.raises(Obstacle, match="apt-get install gcc"):
        setup.run(["/bin/sh", "-c", "echo 'Failed building wheel'; exit 1"], "other")


def test_a_read_only_folder_is_named(project, monkeypatch):
    monkeypatch.setattr("tools.setup.os.access", lambda path, mode: False)
    with pytest.raises(Obstacle, match="read-only"):
        setup.prepare(for_tests=False)


def test_what_was_done_is_not_done_again(project):
    done: list[str] = []
    setup.STAMPS.mkdir(parents=True)
    source = project / "source"
    for text in ("one", "one", "two"):
        source.write_text(text)
        setup.step("work", [source], lambda: done.append("once"), result=source)
    assert len(done) == 2


def test_missing_system_packages_are_named(monkeypatch):
    monkeypatch.setattr(debian, "NEEDED", {"chromium": lambda: False})
    monkeypatch.setattr(debian, "_privilege", lambda: None)
    with pytest.raises(Obstacle, match="apt-get install chromium"):
        debian.install_missing()


@pytest.mark.parametrize(("python", "told"), [("no-such-python", "missing"), ("false", "3.11")])
def test_make_names_a_missing_or_old_python(python, told):
    command = ["make", "setup", f"PYTHON={python}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert told in done.stderr

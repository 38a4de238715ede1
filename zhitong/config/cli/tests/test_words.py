"""What a stranger sees: help for everything, one clear line for every failure."""

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.instances import environment, zhitong
from zhitong.config.cli.main import COMMANDS, main, parser
from zhitong.config.obstacles import Obstacle


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """The command line speaks the terminal's language; the next test shall not."""
    with translation.override("en"):
        yield


def verbs(top: ArgumentParser) -> dict[str, ArgumentParser]:
    (found,) = [one for one in top._actions if isinstance(one, _SubParsersAction)]
    return dict(found.choices)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command, capsys) -> None:
    with pytest.raises(SystemExit) as leaving:
        parser().parse_args([command.name, "--help"])
    printed = capsys.readouterr().out
    assert leaving.value.code == 0
    assert command.summary in printed
    assert command.summary.endswith(".")
    assert len(command.text) > 80


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_argument_has_words(command) -> None:
    silent = [one.dest for one in verbs(parser())[command.name]._actions if not one.help]
    assert [name for name in silent if name != "what"] == []


def test_help_needs_no_data_folder(tmp_path) -> None:
    done = zhitong(environment(tmp_path / "never"), "serve", "--help")
    assert done.returncode == 0
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "COMMAND"),
        (("fly",), 2, "invalid choice: 'fly'"),
        (("act",), 1, "act --list"),
        (("act", "loop.answer", "x"), 1, "does not fit"),
        (("act", "bus.retry", "delivery=1", "reason=x"), 1, "--purpose"),
        (("act", "bus.retry", "delivery=x", "reason=x"), 1, "delivery='x' does not fit"),
        (("areas", "import", "/nowhere.csv"), 1, "/nowhere.csv"),
        (("restore", "/nowhere.tar.gz"), 1, "/nowhere.tar.gz does not exist"),
        (("audit", "prove", "17"), 1, "not the id of an entry"),
        (("outbox", "backfill", "x", "--reason", "y"), 1, "no listener is called 'x'"),
    ],
)
@pytest.mark.django_db
def test_a_failure_is_one_line_and_an_exit_code(capsys, words, code, says) -> None:
    found: object
    try:
        found = main(words)
    except SystemExit as leaving:
        found = leaving.code
    printed = capsys.readouterr().err
    assert found == code
    assert says in printed
    assert "Traceback" not in printed
    if code == 1:
        assert len(printed.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("demo", "load", "--database", "mysql://x"), 2, "ZHITONG_DATABASE_URL"),
        (("migrate", "--database", "postgresql://a:secret@127.0.0.1:1/b"), 1, "does not answer"),
    ],
)
def test_wrong_settings_are_one_line_too(tmp_path, words, code, says) -> None:
    done = zhitong(environment(tmp_path), *words)
    assert done.returncode == code
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr


def test_debug_shows_where_it_failed() -> None:
    with pytest.raises(Obstacle):
        main(["act", "--debug"])

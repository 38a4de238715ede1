"""Any action from the command line: typed values, a given scope, on the record."""

import json
from datetime import date
from uuid import UUID, uuid4

import pytest

from zhitong.config.cli.main import main
from zhitong.config.jobs.act import arguments
from zhitong.config.obstacles import Obstacle
from zhitong.kernel.actions import ACTIONS
from zhitong.kernel.audit.models import AuditEntry


def test_values_become_what_the_action_asks_for(tmp_path) -> None:
    (tmp_path / "reason").write_text("长长的理由")
    account, post = uuid4(), uuid4()
    found = arguments(
        ACTIONS["identity.appoint"],
        [
            f"account={account}",
            f"post={post}",
            "role=editor",
            "starts_on=2026-01-31",
            "deputy=true",
            f"reason=@{tmp_path / 'reason'}",
        ],
    )
    assert found["account"] == UUID(str(account))
    assert found["starts_on"] == date(2026, 1, 31)
    assert found["deputy"] is True
    assert found["reason"] == "长长的理由"
    assert arguments(ACTIONS["identity.set_role"], ["role=x", 'permits=["loop.read"]']) == {
        "role": "x",
        "permits": ["loop.read"],
    }


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense=1"], "does not fit"),
        (["delivery"], "does not fit"),
        (["delivery=1"], "missing: reason"),
        (["delivery=one", "reason=x"], "delivery='one' does not fit"),
    ],
)
def test_what_does_not_fit_is_named(words, says) -> None:
    with pytest.raises(Obstacle, match=says):
        arguments(ACTIONS["bus.retry"], words)


@pytest.mark.django_db
def test_the_command_line_acts_with_one_permit_and_is_recorded(capsys) -> None:
    words = ["act", "identity.ensure_roles", "--reach", "37/14/03", "--purpose", "set-up"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out) > 0
    entry = AuditEntry.objects.get()
    assert entry.actor.startswith("system:cli:")
    assert entry.purpose == "set-up"


@pytest.mark.django_db
def test_an_account_that_is_not_there(capsys) -> None:
    words = ["act", "identity.ensure_roles", "--as", "nobody", "--purpose", "x"]
    assert main(words) == 1
    assert "there is no account 'nobody'" in capsys.readouterr().err


def test_every_action_is_listed(capsys) -> None:
    assert main(["act", "--list"]) == 0
    printed = capsys.readouterr().out
    assert all(f"\n{name}" in f"\n{printed}" for name in ACTIONS)

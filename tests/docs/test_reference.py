"""The pages that are made from the code are fresh, and everything in the code is described."""

import subprocess
import sys

import pytest
from django.apps import apps
from django.utils import translation

from tests.architecture.source import ROOT, listed
from tools.reference import map as code_map
from tools.reference import privacy
from zhitong.kernel.actions import ACTIONS
from zhitong.kernel.identity.roles import DOOR, LINK, PROGRAM, PUBLIC, RESIDENT, ROLES, STAFF
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.timers import TIMERS


def test_the_pages_are_fresh():
    """In a process of its own: tests register actions and facts that are not the product's."""
    command = [sys.executable, "-m", "tools.reference", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_permit_is_described_in_words():
    with translation.override("en"):
        silent = [name for name, one in PERMITS.items() if " " not in str(one.describe)]
    assert not silent, listed(silent)


def test_every_action_and_timer_says_what_it_does():
    functions = [one.run for one in ACTIONS.values()] + [one.run for one in TIMERS.values()]
    ours = [one for one in functions if "tests" not in one.__module__.split(".")]
    silent = [one.__qualname__ for one in ours if not one.__doc__]
    assert len(ours) > 30
    assert not silent, listed(silent)


def test_every_fact_is_described_and_named_in_the_past():
    kinds = code_map.fact_classes()
    assert len(kinds) >= 12
    silent = [kind.__name__ for kind in kinds if not kind.__doc__ or "(" in kind.__doc__[:20]]
    assert not silent, listed(silent)


def test_roles_hold_only_permits_that_exist():
    held = frozenset().union(
        DOOR, LINK, PROGRAM, PUBLIC, RESIDENT, STAFF, *(seed.permits for seed in ROLES)
    )
    assert held <= PERMITS.keys(), listed(held - PERMITS.keys())


def test_an_unclassified_field_stops_the_page(monkeypatch: pytest.MonkeyPatch):
    known = privacy.classified()
    del known["loop.Matter"]["words"]
    monkeypatch.setattr(privacy, "classified", lambda: known)
    with pytest.raises(ValueError, match=r"loop\.Matter\.words: not classified"):
        privacy.page()


@pytest.mark.parametrize(
    ("field", "said", "fault"),
    [
        ("resident_phone", ("personal", "to call back"), "the field is sealed"),
        ("words", ("sealed", "what was said"), "the field is not sealed"),
        ("words", ("secret", "what was said"), "'class: purpose'"),
        ("words", ("personal", ""), "'class: purpose'"),
        ("colour", ("personal", "favourite"), "there is no such field"),
    ],
)
def test_what_contradicts_the_code_is_named(field: str, said: tuple[str, str], fault: str):
    known = privacy.classified()
    known["loop.Matter"][field] = said
    named = privacy.problems(known, apps.get_models())
    assert [line for line in named if line.startswith(f"loop.Matter.{field}: ") and fault in line]
    assert len(named) == 1

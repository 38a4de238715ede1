"""Rules about permits that no role, and no county, may bend."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import pytest
from django.utils import translation

import zhitong
from tests.permits.addresses import pages
from zhitong.kernel.actions import ACTIONS
from zhitong.kernel.identity import roles
from zhitong.kernel.permits import PERMITS

RESIDENTS_ALONE = {"loop.rate", "loop.add", "loop.reopen", "loop.withdraw", "loop.follow"}
STAFF = {seed.name: seed.permits | roles.STAFF for seed in roles.ROLES}
SENT_ALONG = {"str", "int", "bool", "str | None", "int | None", "list[str]", "list[int]"}


def facts() -> list[type]:
    """Every fact of every module: the dataclasses of its ``events.py``."""
    names = [
        module.name
        for module in pkgutil.walk_packages(zhitong.__path__, "zhitong.")
        if module.name.endswith(".events")
    ]
    found = [value for name in names for value in vars(importlib.import_module(name)).values()]
    return [one for one in found if isinstance(one, type) and is_dataclass(one)]


def test_only_residents_and_links_rate() -> None:
    """No verdict by somebody who serves, by a program, or by whoever comes along."""
    assert "loop.rate" in roles.LINK & roles.RESIDENT
    for name, held in {**STAFF, "public": roles.PUBLIC, "program": roles.PROGRAM}.items():
        assert held & RESIDENTS_ALONE == set(), name


def test_every_permit_of_a_role_exists() -> None:
    """A misspelt permit would silently be none."""
    fixed = {"public": roles.PUBLIC, "link": roles.LINK, "resident": roles.RESIDENT}
    fixed |= {"program": roles.PROGRAM, "door": roles.DOOR}
    for name, held in {**STAFF, **fixed}.items():
        assert held <= set(PERMITS), name


def test_every_permit_of_a_page_exists_and_somebody_holds_it() -> None:
    """A page that nobody may open is a mistake."""
    held = frozenset().union(*STAFF.values(), roles.RESIDENT)
    asked = {one.rule.permit for one in pages() if one.rule and one.rule.permit}
    assert asked <= set(PERMITS)
    assert asked <= held


def test_nobody_who_hands_out_power_reads_the_words() -> None:
    """Administrators and auditors see who did what, never what residents said."""
    for name in ("administrator", "auditor"):
        assert not any(one.startswith(("loop.", "sealed.")) for one in STAFF[name]), name


@pytest.mark.parametrize("name", sorted(PERMITS))
def test_every_permit_is_described_in_both_languages(name: str) -> None:
    """Administrators choose by these sentences."""
    told = PERMITS[name].describe
    with translation.override("en"):
        english = str(told)
    with translation.override("zh-hans"):
        chinese = str(told)
    assert english.isascii()
    assert len(english) > 5
    assert not chinese.isascii()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_says_what_it_does(name: str) -> None:
    """Its name is its permit; its docstring is what ``zhitong act`` shows."""
    action = ACTIONS[name]
    assert name in PERMITS
    assert (action.run.__doc__ or "").strip().endswith("."), name
    assert all(one.annotation is not one.empty for one in action.signature.parameters.values())
    assert action.lends <= set(PERMITS)


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.__name__)
def test_every_fact_says_what_happened(fact: type) -> None:
    """Past tense cannot be tested; a description, an aggregate and plain fields can."""
    assert (fact.__doc__ or "").strip().endswith(".")
    assert not (fact.__doc__ or "").startswith(f"{fact.__name__}(")
    names = {one.name: one.type for one in fields(fact)}
    assert fact.AGGREGATE in names  # type: ignore[attr-defined]
    for name, kind in names.items():
        shown = kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind))
        assert {shown, str(kind)} & SENT_ALONG, f"{name}: {kind} does not travel as JSON"
